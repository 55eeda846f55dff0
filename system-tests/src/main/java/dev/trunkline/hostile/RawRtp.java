package dev.trunkline.hostile;

import dev.trunkline.phone.Codec;
import dev.trunkline.phone.audio.G711;
import dev.trunkline.phone.audio.ToneMeter;
import dev.trunkline.phone.rtp.RtpPacket;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;

/**
 * A socket that sends a tone as RTP (PCMU, 20 ms a packet) and listens for another. Every header field can have any value: the
 * next sequence number, a timestamp far ahead, somebody else's SSRC. Thread-safe.
 */
public final class RawRtp implements AutoCloseable {
    private static final int SAMPLES = 160;
    private static final long PACKET_NANOS = 20_000_000;
    private static final int LONGEST = 2_048;

    private final DatagramSocket socket;
    private final ToneMeter ear;
    private final int listeningFor;
    private final AtomicLong received = new AtomicLong();
    private int ssrc;
    private int sequence;
    private long timestamp;
    private long phase;
    private volatile UnaryOperator<byte[]> damage = UnaryOperator.identity();
    private volatile boolean open = true;
    private volatile boolean saying;

    private RawRtp(DatagramSocket socket, int listeningFor, Random random) {
        this.socket = socket;
        this.listeningFor = listeningFor;
        this.ear = new ToneMeter(List.of(listeningFor));
        ssrc = random.nextInt();
        sequence = random.nextInt(1 << 15);
        timestamp = random.nextInt() & 0x7fff_ffffL;
    }

    /**
     * @param port 0 for any
     * @param hertz the tone that it listens for
     */
    public static RawRtp open(String address, int port, int hertz, Random random) throws IOException {
        DatagramSocket socket = new DatagramSocket(new InetSocketAddress(InetAddress.getByName(address), port));
        RawRtp rtp = new RawRtp(socket, hertz, random);
        Thread.ofVirtual().name("raw-rtp-ear").start(rtp::listen);
        return rtp;
    }

    public int port() {
        return socket.getLocalPort();
    }

    public String address() {
        return socket.getLocalAddress().getHostAddress();
    }

    /** Sends an endless tone, a packet each 20 ms, until the socket is closed or {@link #hush} is called. */
    public void say(InetSocketAddress to, int hertz) {
        saying = true;
        Thread.ofVirtual().name("raw-rtp-mouth").start(() -> {
            long next = System.nanoTime();
            while (open && saying) {
                send(to, hertz);
                next += PACKET_NANOS;
                sleepUntil(next);
            }
        });
    }

    public void hush() {
        saying = false;
    }

    /** Sends one packet of a tone, the next in order. */
    public synchronized void send(InetSocketAddress to, int hertz) {
        byte[] payload = new byte[SAMPLES];
        for (int i = 0; i < SAMPLES; i++, phase++) {
            payload[i] = G711.encode(Codec.PCMU, (short) (9_000 * Math.sin(2 * Math.PI * hertz * phase / 8_000)));
        }
        sendRaw(to, damage.apply(packet(payload)));
    }

    /** Returns the next packet in order, with this payload, without sending it. */
    public synchronized byte[] packet(byte[] payload) {
        ByteBuffer buffer = ByteBuffer.allocate(RtpPacket.HEADER_BYTES + payload.length);
        new RtpPacket(0, false, sequence++ & 0xffff, timestamp & 0xffff_ffffL, ssrc).write(buffer);
        timestamp += SAMPLES;
        return buffer.put(payload).array();
    }

    /** Sends one packet whose timestamp is this many samples ahead. Later packets continue as if it had not been sent. */
    public synchronized void sendAhead(InetSocketAddress to, int samples) {
        timestamp += samples;
        byte[] silence = new byte[SAMPLES];
        java.util.Arrays.fill(silence, G711.silence(Codec.PCMU));
        sendRaw(to, packet(silence));
        timestamp -= samples + SAMPLES;
    }

    /** Shifts the timestamps of all further packets by this many samples. */
    public synchronized void jump(int samples) {
        timestamp += samples;
    }

    /** Sends as another source from now on, with its SSRC and the sequence number after its last. */
    public synchronized void impersonate(RawRtp other) {
        ssrc = other.ssrc;
        sequence = other.sequence;
        timestamp = other.timestamp;
    }

    /** Sets what is done to each packet before it is sent. */
    public void damaging(UnaryOperator<byte[]> how) {
        damage = how;
    }

    public void sendRaw(InetSocketAddress to, byte[] octets) {
        try {
            socket.send(new DatagramPacket(octets, octets.length, to));
        } catch (IOException e) {
            if (open) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Returns for how long it has heard the tone that it listens for, in ms. */
    public long heardMillis() {
        synchronized (ear) {
            return ear.heard().getFirst().heardMillis();
        }
    }

    /** Returns the number of RTP packets received. */
    public long received() {
        return received.get();
    }

    public int listeningFor() {
        return listeningFor;
    }

    private void listen() {
        byte[] datagram = new byte[LONGEST];
        short[] samples = new short[LONGEST];
        while (open) {
            try {
                DatagramPacket packet = new DatagramPacket(datagram, LONGEST);
                socket.receive(packet);
                ByteBuffer buffer = ByteBuffer.wrap(datagram, 0, packet.getLength());
                RtpPacket.read(buffer).filter(rtp -> rtp.payloadType() == 0).ifPresent(rtp -> hear(buffer, samples));
            } catch (SocketException closed) {
                return;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private void hear(ByteBuffer payload, short[] samples) {
        received.incrementAndGet();
        int count = 0;
        while (payload.hasRemaining() && count < 800) {
            samples[count++] = G711.decode(Codec.PCMU, payload.get());
        }
        synchronized (ear) {
            ear.accept(samples, count);
        }
    }

    private static void sleepUntil(long nanos) {
        java.util.concurrent.locks.LockSupport.parkNanos(nanos - System.nanoTime());
    }

    @Override
    public void close() {
        open = false;
        socket.close();
    }
}
