package dev.trunkline.demoagent.echo;

/**
 * RTP sequence numbers and timestamps of the packets we send, continuous across the greeting and the echo (RFC 3550 section
 * 5.1). Echoed packets keep their original distances, so that what was lost or reordered on the way here is lost or reordered
 * for the caller too, and nothing else is.
 */
final class Numbering {
    /** A larger jump is a new stream, not loss: RFC 3550 appendix A.1, MAX_DROPOUT. */
    private static final int MAX_DROPOUT = 3_000;

    private final int clockRate;
    private final int frameSamples;
    private int sequence;
    private long timestamp;
    private long sentNanos;
    private boolean begun;

    private long source = -1;
    private int sourceSequence;
    private long sourceTimestamp;

    /** @param marker the first packet after silence (RFC 3551 section 4.1) */
    record Stamp(int sequence, long timestamp, boolean marker) {}

    /**
     * @param clockRate of the packets we send, in Hz
     * @param frameSamples usual length of a packet
     * @param firstSequence random, 16 bits
     * @param firstTimestamp random, 32 bits
     */
    Numbering(int clockRate, int frameSamples, int firstSequence, long firstTimestamp) {
        this.clockRate = clockRate;
        this.frameSamples = frameSamples;
        this.sequence = firstSequence;
        this.timestamp = firstTimestamp;
    }

    /** Numbers a packet of our own. */
    Stamp own(long nowNanos) {
        boolean first = source != -1 || !begun;
        source = -1;
        return first ? restart(nowNanos) : stamp(1, frameSamples, false, nowNanos);
    }

    /**
     * Numbers an echoed packet.
     *
     * @param ssrc its source, 32 bits unsigned
     * @param rate clock rate of its timestamp, in Hz
     */
    Stamp echoed(long ssrc, int itsSequence, long itsTimestamp, int rate, long nowNanos) {
        int ahead = (short) (itsSequence - sourceSequence);
        if (ssrc != source || Math.abs(ahead) > MAX_DROPOUT) {
            source = ssrc;
            sourceSequence = itsSequence;
            sourceTimestamp = itsTimestamp;
            return restart(nowNanos);
        }
        long samples = (long) (int) (itsTimestamp - sourceTimestamp) * clockRate / rate;
        if (ahead <= 0) {
            // Late or repeated: it takes its old position, and the following packets are numbered from the newest.
            return new Stamp(sequence + ahead & 0xffff, timestamp + samples & 0xffffffffL, false);
        }
        sourceSequence = itsSequence;
        sourceTimestamp = itsTimestamp;
        return stamp(ahead, samples, samples > (long) ahead * frameSamples * 2, nowNanos);
    }

    /** Continues the sequence numbers for a new stream; its timestamps advance by the time that has passed. */
    private Stamp restart(long nowNanos) {
        if (!begun) {
            begun = true;
            sentNanos = nowNanos;
            return new Stamp(sequence, timestamp, true);
        }
        long elapsed = (nowNanos - sentNanos) / 1_000 * clockRate / 1_000_000;
        return stamp(1, Math.max(frameSamples, elapsed), true, nowNanos);
    }

    private Stamp stamp(int packets, long samples, boolean marker, long nowNanos) {
        sequence = sequence + packets & 0xffff;
        timestamp = timestamp + samples & 0xffffffffL;
        sentNanos = nowNanos;
        return new Stamp(sequence, timestamp, marker);
    }
}
