package dev.trunkline.phone.rtp;

import dev.trunkline.phone.AudioSource;
import dev.trunkline.phone.Codec;
import dev.trunkline.phone.MediaReport;
import dev.trunkline.phone.ReceivedDigit;
import dev.trunkline.phone.audio.EchoDetector;
import dev.trunkline.phone.audio.ToneMeter;
import dev.trunkline.phone.loop.EventLoop;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;

/** One call's RTP: a socket that sends and receives (symmetric RTP, RFC 4961), an {@link Ear} and a {@link Mouth}. */
public final class RtpSession implements Pacer.Paced {

    private static final int PORT_ATTEMPTS = 64;
    private static final int LARGEST = 2_048;

    /** Where packets go, and the payload type of digits; {@code eventType} below zero means no digits. */
    private record Far(InetSocketAddress address, int eventType, boolean sending) {}

    /** Receives events of the incoming audio, on the RTP thread. */
    public interface Listener {
        void firstPacket();

        void digit(ReceivedDigit digit);

        void echo(double delayMillis);
    }

    private final EventLoop loop;
    private final Pacer pacer;
    private final DatagramChannel channel;
    private final InetSocketAddress local;
    private final Ear ear;
    private final Mouth mouth;
    private final ByteBuffer incoming = ByteBuffer.allocate(LARGEST);
    private final AtomicLong sent = new AtomicLong();
    private volatile Optional<Far> far = Optional.empty();
    private final ByteBuffer outgoing = ByteBuffer.allocate(LARGEST);
    private final EchoPace echoPace = new EchoPace();
    private volatile boolean echoing;
    private volatile boolean transmitting = true;
    private volatile OptionalLong closedAt = OptionalLong.empty();

    /** Opens a socket on an even port of this address. */
    public RtpSession(EventLoop loop, Pacer pacer, InetAddress address, AudioSource source, List<Integer> frequencies, boolean record, RandomGenerator random, Listener listener)
            throws IOException {
        this.loop = loop;
        this.pacer = pacer;
        ear = new Ear(metered(source, frequencies), record, listener);
        mouth = new Mouth(source, Codec.PCMU, detector(source), random);
        echoing = source instanceof AudioSource.Echo;
        channel = openEven(address);
        local = (InetSocketAddress) channel.getLocalAddress();
        loop.watch(channel, this::receive);
    }

    /** Returns the address at which RTP is received. */
    public InetSocketAddress local() {
        return local;
    }

    /** Sends to this address from now on, if {@code sending}. */
    public void talkTo(InetSocketAddress address, Codec codec, OptionalInt eventType, boolean sending) {
        mouth.speak(codec);
        boolean first = far.isEmpty();
        far = Optional.of(new Far(address, eventType.orElse(-1), sending));
        if (first) {
            pacer.add(this);
        }
    }

    public void say(AudioSource source) {
        echoing = source instanceof AudioSource.Echo;
        mouth.say(source, detector(source));
    }

    public void key(char digit, Duration held) {
        mouth.key(digit, held);
    }

    public void transmit(boolean on) {
        transmitting = on;
    }

    public MediaReport report() {
        return ear.report(mouth.codec(), sent.get(), closedAt.orElseGet(System::nanoTime));
    }

    public OptionalInt toneNow() {
        return ToneMeter.strongest(ear.recent());
    }

    public short[] recording() {
        return ear.recording();
    }

    /** Stops and frees the port; reports stay readable. */
    public void close() {
        if (closedAt.isEmpty()) {
            closedAt = OptionalLong.of(System.nanoTime());
        }
        pacer.remove(this);
        loop.close(channel);
    }

    @Override
    public void tick(ByteBuffer scratch) {
        Far to = far.orElseThrow();
        echoPace.tick();
        if (!to.sending || !transmitting || echoing && !mouth.keying()) {
            mouth.skip();
            return;
        }
        scratch.clear();
        mouth.next(scratch, to.eventType);
        mouth.sentAt(System.nanoTime());
        send(scratch.flip(), to);
    }

    private void send(ByteBuffer packet, Far to) {
        try {
            if (channel.isOpen() && channel.send(packet, to.address) > 0) {
                sent.incrementAndGet();
            }
        } catch (IOException e) {
            // UDP guarantees nothing: a packet that cannot be sent counts as lost in transit. A socket that was just closed ends up here
            // too.
            if (!channel.isOpen()) {
                transmitting = false;
            }
        }
    }

    private void receive() {
        try {
            while (channel.isOpen() && channel.receive(incoming.clear()) != null) {
                long now = System.nanoTime();
                int eventType = far.map(Far::eventType).orElse(-1);
                incoming.flip();
                RtpPacket.read(incoming).ifPresent(packet -> {
                    if (echoing) {
                        echo(packet);
                    }
                    ear.accept(packet, incoming, eventType, now);
                });
            }
        } catch (IOException e) {
            loop.close(channel);
        }
    }

    /** Echoes only speech: an echoed digit would look like one that was never keyed. */
    private void echo(RtpPacket packet) {
        boolean speech = packet.payloadType() == Codec.PCMU.payloadType() || packet.payloadType() == Codec.PCMA.payloadType();
        Optional<Far> to = far.filter(known -> known.sending && transmitting);
        if (speech && to.isPresent() && echoPace.takes(incoming.remaining())) {
            mouth.echo(packet, incoming.duplicate(), outgoing.clear());
            send(outgoing.flip(), to.get());
        }
    }

    private Optional<EchoDetector> detector(AudioSource source) {
        return source instanceof AudioSource.EchoProbe probe ? Optional.of(ear.expect(probe)) : Optional.empty();
    }

    private static List<Integer> metered(AudioSource source, List<Integer> frequencies) {
        List<Integer> all = new ArrayList<>(frequencies);
        switch (source) {
            case AudioSource.Tone tone -> all.add(tone.hertz());
            case AudioSource.EchoProbe probe -> all.add(probe.hertz());
            case AudioSource.Silence _, AudioSource.Samples _, AudioSource.Echo _ -> { }
        }
        return all;
    }

    /** Opens an even port: RTP uses even ports and leaves the next one to RTCP (RFC 3550 11). */
    private static DatagramChannel openEven(InetAddress address) throws IOException {
        for (int attempt = 0; attempt < PORT_ATTEMPTS; attempt++) {
            DatagramChannel candidate = DatagramChannel.open();
            candidate.bind(new InetSocketAddress(address, 0));
            if (((InetSocketAddress) candidate.getLocalAddress()).getPort() % 2 == 0) {
                candidate.configureBlocking(false);
                return candidate;
            }
            candidate.close();
        }
        throw new IOException("no even UDP port is free on " + address.getHostAddress());
    }
}
