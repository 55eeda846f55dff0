package dev.trunkline.phone.rtp;

import dev.trunkline.phone.AudioSource;
import dev.trunkline.phone.Codec;
import dev.trunkline.phone.audio.EchoDetector;
import dev.trunkline.phone.audio.Waveform;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * The sending side of a call, packet by packet: audio, or a digit instead.
 *
 * <pre>
 *   audio ──digit queued──► event packets, each 20 ms, one timestamp, rising duration
 *     ▲                        │ held long enough
 *     └────────────────────────┴── three end packets, one a tick (RFC 4733 2.5.1.4)
 * </pre>
 */
final class Mouth {

    private static final int END_PACKETS = 3;

    private record Keyed(int code, int duration) {}

    private final byte[] frame = new byte[Waveform.FRAME];
    private final Deque<Keyed> keyed = new ArrayDeque<>();
    private final int ssrc;
    private int sequence;
    private long timestamp;
    private boolean spoke;
    private Waveform waveform;
    private Optional<EchoDetector> echo;
    private long position;
    private Codec codec;
    private AudioSource source;
    private int eventElapsed;
    private int endsLeft;
    private long eventTimestamp;
    /** Whether the last packet written begins a burst of the echo probe. */
    private boolean burst;

    Mouth(AudioSource source, Codec codec, Optional<EchoDetector> echo, RandomGenerator random) {
        this.source = source;
        this.codec = codec;
        this.echo = echo;
        waveform = Waveform.of(source, codec);
        ssrc = random.nextInt();
        sequence = random.nextInt(0x1_0000);
        timestamp = random.nextInt() & 0xffff_ffffL;
    }

    synchronized void say(AudioSource next, Optional<EchoDetector> detector) {
        source = next;
        echo = detector;
        waveform = Waveform.of(next, codec);
        position = 0;
    }

    synchronized void speak(Codec next) {
        if (next != codec) {
            codec = next;
            waveform = Waveform.of(source, next);
        }
    }

    synchronized Codec codec() {
        return codec;
    }

    synchronized void key(char digit, Duration held) {
        int code = DtmfEvents.code(digit);
        if (held.isNegative() || held.isZero() || held.toMillis() > 8_000) {
            throw new IllegalArgumentException("a digit is held for up to 8 s, not " + held);
        }
        keyed.addLast(new Keyed(code, Math.max(Waveform.FRAME, Waveform.samples(held))));
    }

    /** Returns whether a digit is being sent. */
    synchronized boolean keying() {
        return !keyed.isEmpty();
    }

    /** Writes received audio as one of our packets: its timestamps advance as those of the far end. */
    synchronized void echo(RtpPacket heard, ByteBuffer payload, ByteBuffer into) {
        new RtpPacket(heard.payloadType(), heard.marker(), sequence, heard.timestamp(), ssrc).write(into);
        into.put(payload);
        sequence = sequence + 1 & 0xffff;
    }

    /** Advances the time without a packet. */
    synchronized void skip() {
        timestamp = timestamp + Waveform.FRAME & 0xffff_ffffL;
        spoke = false;
    }

    /** Writes the next packet. {@code eventType} below zero: digits cannot be sent and are dropped. */
    synchronized void next(ByteBuffer into, int eventType) {
        if (eventType < 0) {
            keyed.clear();
        }
        if (keyed.isEmpty()) {
            audio(into);
        } else {
            event(into, keyed.peekFirst(), eventType);
        }
        sequence = sequence + 1 & 0xffff;
        timestamp = timestamp + Waveform.FRAME & 0xffff_ffffL;
        position += Waveform.FRAME;
    }

    private void audio(ByteBuffer into) {
        new RtpPacket(codec.payloadType(), !spoke, sequence, timestamp, ssrc).write(into);
        spoke = true;
        burst = waveform.burstBeginsAt(position);
        waveform.read(position, frame);
        into.put(frame);
    }

    private void event(ByteBuffer into, Keyed digit, int eventType) {
        burst = false;
        boolean first = eventElapsed == 0;
        if (first) {
            eventTimestamp = timestamp;
            endsLeft = END_PACKETS;
        }
        eventElapsed = Math.min(eventElapsed + Waveform.FRAME, digit.duration);
        boolean end = eventElapsed >= digit.duration && !first;
        new RtpPacket(eventType, first, sequence, eventTimestamp, ssrc).write(into);
        DtmfEvents.write(into, digit.code, end, eventElapsed);
        if (end && --endsLeft == 0) {
            keyed.removeFirst();
            eventElapsed = 0;
            spoke = false;
        }
    }

    /** Records that the packet was sent. */
    synchronized void sentAt(long nanos) {
        if (burst) {
            echo.ifPresent(detector -> detector.sent(nanos));
        }
    }
}
