package dev.trunkline.phone.rtp;

import dev.trunkline.phone.AudioSource.EchoProbe;
import dev.trunkline.phone.Codec;
import dev.trunkline.phone.MediaReport;
import dev.trunkline.phone.ReceivedDigit;
import dev.trunkline.phone.audio.EchoDetector;
import dev.trunkline.phone.audio.G711;
import dev.trunkline.phone.audio.SilenceMeter;
import dev.trunkline.phone.audio.ToneMeter;
import dev.trunkline.phone.audio.Waveform;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The receiving side of a call: statistics, tones, digits, echoes, and optionally a recording. Written by the RTP thread, read
 * by any.
 */
final class Ear {

    /** A longer gap in the timestamps counts as a restart of the stream, not as loss. */
    private static final long MOST_FILLED = Waveform.SAMPLE_RATE;
    private static final int MAX_PAYLOAD = 2_048;

    private final RtpSession.Listener listener;
    private final boolean record;
    private final ReceptionStats stats = new ReceptionStats();
    private final DtmfEvents events = new DtmfEvents();
    private final ToneMeter tones;
    private final SilenceMeter silence = new SilenceMeter();
    private final short[] samples = new short[MAX_PAYLOAD];
    private final short[] quiet = new short[Waveform.FRAME];
    private Optional<EchoDetector> echo = Optional.empty();
    private boolean heardAny;
    private long nextTimestamp = -1;
    private short[] recording = new short[0];
    private int recorded;

    Ear(List<Integer> frequencies, boolean record, RtpSession.Listener listener) {
        tones = new ToneMeter(frequencies);
        this.record = record;
        this.listener = listener;
    }

    /** Detects this probe's bursts from now on. */
    synchronized EchoDetector expect(EchoProbe probe) {
        EchoDetector detector = new EchoDetector(probe);
        echo = Optional.of(detector);
        return detector;
    }

    /** Takes a packet with its payload in the buffer. */
    void accept(RtpPacket packet, ByteBuffer payload, int eventType, long arrivedNanos) {
        boolean first;
        Optional<ReceivedDigit> digit = Optional.empty();
        OptionalDouble delay = OptionalDouble.empty();
        synchronized (this) {
            first = !heardAny;
            heardAny = true;
            boolean inOrder = stats.accept(packet, arrivedNanos);
            // The far end uses the event payload type of our offer; some use that of their own answer (RFC 3264 5.1).
            if (packet.payloadType() == eventType || packet.payloadType() == Codec.TELEPHONE_EVENT.payloadType()) {
                digit = events.accept(packet.timestamp(), payload);
            } else if (inOrder && packet.payloadType() == Codec.PCMU.payloadType()) {
                delay = hear(Codec.PCMU, packet.timestamp(), payload, arrivedNanos);
            } else if (inOrder && packet.payloadType() == Codec.PCMA.payloadType()) {
                delay = hear(Codec.PCMA, packet.timestamp(), payload, arrivedNanos);
            }
        }
        if (first) {
            listener.firstPacket();
        }
        digit.ifPresent(listener::digit);
        delay.ifPresent(listener::echo);
    }

    private OptionalDouble hear(Codec codec, long timestamp, ByteBuffer payload, long arrivedNanos) {
        fillGap(timestamp, arrivedNanos);
        int count = Math.min(payload.remaining(), MAX_PAYLOAD);
        for (int i = 0; i < count; i++) {
            samples[i] = G711.decode(codec, payload.get());
        }
        nextTimestamp = timestamp + count & 0xffff_ffffL;
        return take(samples, count, arrivedNanos);
    }

    private void fillGap(long timestamp, long arrivedNanos) {
        long gap = nextTimestamp < 0 ? 0 : timestamp - nextTimestamp & 0xffff_ffffL;
        if (gap > MOST_FILLED) {
            return;
        }
        for (long left = gap; left > 0; left -= Waveform.FRAME) {
            take(quiet, (int) Math.min(left, Waveform.FRAME), arrivedNanos - left * 1_000_000_000L / Waveform.SAMPLE_RATE);
        }
    }

    private OptionalDouble take(short[] heard, int count, long arrivedNanos) {
        tones.accept(heard, count);
        silence.heard(heard, count, arrivedNanos);
        if (record) {
            if (recorded + count > recording.length) {
                recording = Arrays.copyOf(recording, Math.max(recording.length * 2, 16_000 + count));
            }
            System.arraycopy(heard, 0, recording, recorded, count);
            recorded += count;
        }
        return echo.isPresent() ? echo.get().heard(heard, count, arrivedNanos) : OptionalDouble.empty();
    }

    synchronized short[] recording() {
        return Arrays.copyOf(recording, recorded);
    }

    synchronized short[] recent() {
        return tones.recent();
    }

    /** @param untilNanos the moment up to which a current silence is counted */
    synchronized MediaReport report(Codec codec, long packetsSent, long untilNanos) {
        return new MediaReport(
                codec,
                packetsSent,
                stats.received(),
                stats.lost(),
                stats.late(),
                stats.jitterMillis(),
                stats.maxGapMillis(),
                silence.longestNanos(untilNanos) / 1e6,
                tones.levelDbfs(),
                tones.heard(),
                events.digits(),
                echo.map(EchoDetector::probes).orElse(0),
                echo.map(EchoDetector::delays).orElse(List.of()));
    }
}
