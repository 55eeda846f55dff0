package dev.trunkline.relay.service;

import dev.trunkline.relay.PhonePacket;
import dev.trunkline.relay.sdp.PhoneCodec;
import dev.trunkline.rtc.codec.G711;
import dev.trunkline.rtc.rtp.RtpView;
import dev.trunkline.rtc.srtp.SrtpSession;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A phone's media: sends a tone, keeps what it receives. */
final class FakePhone implements AutoCloseable {
    static final int DTMF = 101;

    /** A packet that the phone received. */
    record Heard(int payloadType, boolean marker, int sequence, long timestamp, byte[] payload) {}

    final PhoneVoice voice;
    final List<Heard> heard = new CopyOnWriteArrayList<>();
    private final PhoneCodec codec;
    private final int ptime;
    private final DatagramSocket socket;
    private final PhonePacket packet;
    private volatile Optional<SrtpSession> srtp = Optional.empty();
    private volatile InetSocketAddress relay;
    /** Received packets that were not encrypted with the agreed key. */
    final AtomicInteger unreadable = new AtomicInteger();
    private volatile byte[] last = {};
    private volatile double hertz;
    /** Length of the packets that it sends, in ms. */
    private volatile int sends;
    private volatile long once;
    private volatile InetSocketAddress described;
    private volatile double second;
    private volatile boolean closed;
    private volatile boolean sending;
    private int sequence = 1_000;
    private volatile long timestamp = 400_000;

    FakePhone(G711 law, long ssrc) throws IOException {
        this(law == G711.PCMU ? PhoneCodec.PCMU : PhoneCodec.PCMA, 20, ssrc);
    }

    /** @param ptime length of its packets, and of those that it asks for, in ms */
    FakePhone(PhoneCodec codec, int ptime, long ssrc) throws IOException {
        this(codec, ptime, ssrc, InetAddress.getLoopbackAddress());
    }

    /** @param address address from which it sends */
    FakePhone(PhoneCodec codec, int ptime, long ssrc, InetAddress address) throws IOException {
        this.codec = codec;
        this.ptime = ptime;
        this.voice = new PhoneVoice(codec);
        this.packet = new PhonePacket(ssrc);
        this.sends = ptime;
        this.socket = new DatagramSocket(0, address);
        this.described = (InetSocketAddress) socket.getLocalSocketAddress();
        Thread.ofVirtual().start(this::listen);
        Thread.ofVirtual().start(this::speak);
    }

    int port() {
        return socket.getLocalPort();
    }

    String offer() {
        return offer("sendrecv");
    }

    String offer(String direction) {
        int type = voice.payloadType();
        return String.join("\r\n",
                "v=0", "o=- 1 1 IN IP4 127.0.0.1", "s=-", "c=IN IP4 " + described.getAddress().getHostAddress(), "t=0 0",
                "m=audio " + described.getPort() + " RTP/AVP " + type + " 101 13",
                "a=rtpmap:" + type + " " + codec.rtpmap(), "a=rtpmap:101 telephone-event/8000",
                "a=fmtp:101 0-15", "a=ptime:" + ptime, "a=" + direction, "");
    }

    /**
     * Sets the address and port in its description, regardless of where it sends from, as for a phone that is behind NAT
     * or not symmetric.
     */
    void describedAs(String address, int port) {
        described = new InetSocketAddress(InetAddress.ofLiteral(address), port);
    }

    /** Sets the length of its packets from now on, in ms. */
    void packetsOf(int millis) {
        sends = millis;
    }

    /** Moves its clock permanently, ahead or back. */
    void jump(long units) {
        timestamp += units;
    }

    /** Shifts the timestamp of the next packet only. */
    void stumble(long units) {
        once = units;
    }

    void answered(String sdp) {
        relay = new InetSocketAddress(InetAddress.getLoopbackAddress(), portOf(sdp));
    }

    static int portOf(String sdp) {
        Matcher matcher = Pattern.compile("m=audio (\\d+) ").matcher(sdp);
        if (!matcher.find()) {
            throw new AssertionError("no audio in " + sdp);
        }
        return Integer.parseInt(matcher.group(1));
    }

    void hum(double frequency) {
        hertz = frequency;
        sending = true;
    }

    /** Plays two tones at once, as a telephone key does. */
    void hum(double frequency, double another) {
        second = another;
        hum(frequency);
    }

    void hush() {
        sending = false;
    }

    private void speak() {
        for (int frame = 0; !closed; frame++) {
            int millis = sends;
            try {
                if (sending && relay != null) {
                    long off = once;
                    once = 0;
                    send(voice.payloadType(), false, timestamp + off, voice.say(hertz, second, frame, millis));
                }
                timestamp += codec.clockRate() / 1_000 * millis;
                Thread.sleep(millis);
            } catch (IOException | InterruptedException e) {
                return;
            }
        }
    }

    private synchronized void send(int type, boolean marker, long stamp, byte[] payload) throws IOException {
        int length = packet.of(type, marker, sequence++, stamp, payload);
        if (srtp.isPresent()) {
            length = srtp.get().protectRtp(packet.buffer(), length);
        }
        last = Arrays.copyOf(packet.buffer(), length);
        raw(last);
    }

    /** Returns the last packet exactly as it was sent. */
    byte[] lastSent() {
        return last;
    }

    /** Sends these octets unchanged. */
    void raw(byte[] packet) throws IOException {
        socket.send(new DatagramPacket(packet, packet.length, relay));
    }

    /** Encrypts everything with these keys from now on. */
    void secure(SrtpSession keys) {
        srtp = Optional.of(keys);
    }

    /** Presses a key as in RFC 4733: five packets, then three end packets. */
    void press(int event) throws IOException, InterruptedException {
        press(event, 0);
    }

    /** Presses a key and increases the timestamp by this many units from packet to packet. */
    void press(int event, int wandering) throws IOException, InterruptedException {
        long start = timestamp;
        boolean humming = sending;
        // Events replace audio, as on a real phone.
        sending = false;
        for (int i = 0; i < 8; i++) {
            int duration = Math.min(i + 1, 5) * 160;
            byte[] payload = {(byte) event, (byte) (i >= 5 ? 0x8a : 0x0a), (byte) (duration >> 8), (byte) duration};
            send(DTMF, i == 0, start + (long) wandering * i, payload);
            Thread.sleep(i >= 5 ? 1 : 20);
        }
        sending = humming;
    }

    private void listen() {
        byte[] buffer = new byte[2_048];
        var header = new RtpView();
        while (!closed) {
            try {
                var packet = new DatagramPacket(buffer, buffer.length);
                socket.receive(packet);
                int length = srtp.isPresent()
                        ? srtp.get().unprotectRtp(buffer, packet.getLength()) : packet.getLength();
                if (length < 0) {
                    unreadable.incrementAndGet();
                } else if (header.wrap(buffer, length)) {
                    byte[] payload = new byte[header.payloadLength()];
                    System.arraycopy(buffer, header.payloadOffset(), payload, 0, payload.length);
                    heard.add(new Heard(
                            header.payloadType(), header.marker(), header.sequence(), header.timestamp(), payload));
                }
            } catch (IOException e) {
                return;
            }
        }
    }

    /** Returns whether the most recent audio was this tone and little else. */
    boolean hears(double frequency) {
        return share(frequency) > 0.8;
    }

    /** Returns the tone's share in the last 600 ms, 0.0 to 1.0. */
    double share(double frequency) {
        List<byte[]> audio = heard.stream()
                .filter(packet -> packet.payloadType() == voice.payloadType()).map(Heard::payload).toList();
        int packets = 600 / ptime;
        return audio.size() < packets ? 0 : voice.share(audio.subList(audio.size() - packets, audio.size()), frequency);
    }

    /** Returns whether any 300 ms so far were this tone and little else. */
    boolean everHeard(double frequency) {
        List<byte[]> audio = heard.stream()
                .filter(packet -> packet.payloadType() == voice.payloadType()).map(Heard::payload).toList();
        int packets = 300 / ptime;
        for (int from = 0; from + packets <= audio.size(); from += 2) {
            if (voice.share(audio.subList(from, from + packets), frequency) > 0.8) {
                return true;
            }
        }
        return false;
    }

    /** Signals silence with comfort noise (RFC 3389). */
    void comfortNoise() throws IOException {
        send(13, false, timestamp, new byte[] {60});
    }

    @Override
    public void close() {
        closed = true;
        socket.close();
    }
}
