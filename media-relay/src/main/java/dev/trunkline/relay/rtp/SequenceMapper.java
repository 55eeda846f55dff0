package dev.trunkline.relay.rtp;

/**
 * Puts the packets of changing senders on one continuous numbering. Within a sender the distances stay, so a lost packet
 * stays a gap and a late one comes late; a new sender (another SSRC, or the same after a restart) goes on where the last
 * one stopped. Packets that are taken out of the stream, such as telephone-events, leave no gap in the sequence.
 *
 * <p>Not thread-safe; allocates nothing.
 */
public final class SequenceMapper {
    /** RFC 3550 appendix A.1: a greater jump ahead is a restart rather than loss. */
    static final int MAX_DROPOUT = 3_000;
    /** RFC 3550 appendix A.1: a packet that is older than this is a restart rather than late. */
    static final int MAX_MISORDER = 100;

    /** 20 ms at 8000 Hz. */
    private static final int LEAST_STEP = 160;

    /** What became of a packet. */
    public enum Outcome {
        /** In order: {@link #sequence()} and {@link #timestamp()} are its numbers. */
        FORWARD,
        /** The first of a new sender: as {@code FORWARD}, and the marker should be set. */
        RESTARTED,
        /** Older than others that went out, with numbers of its own. */
        LATE,
        /** Not to be sent: a repetition, too old, or the first after a jump that may yet be damage. */
        DROP
    }

    private boolean started;
    private long ssrc;
    private int highestIn;
    private int sequenceOffset;
    private long timestampOffset;
    /** What the offset was before the last run of removed packets, for packets that are older than the run. */
    private int offsetBeforeRun;
    private int runStart;
    private boolean runs;
    private boolean inRun;
    private int afterJump = -1;
    private long lastArrival;
    private int lastOut;
    private long lastTimestampOut;
    private int sequence;
    private long timestamp;

    /**
     * @param firstSequence the number of the first packet, random
     * @param firstTimestamp likewise
     */
    public SequenceMapper(int firstSequence, long firstTimestamp) {
        lastOut = firstSequence - 1 & 0xffff;
        lastTimestampOut = firstTimestamp & 0xffffffffL;
    }

    /**
     * Maps a packet that is to be sent.
     *
     * @param arrivalUnits a clock in units of the timestamp, to bridge the time between two senders
     */
    public Outcome map(long packetSsrc, int in, long timestampIn, long arrivalUnits) {
        if (!started || packetSsrc != ssrc) {
            return restart(packetSsrc, in, timestampIn, arrivalUnits);
        }
        int ahead = Octets.sequenceDistance(in, highestIn);
        if (ahead > MAX_DROPOUT || ahead < -MAX_MISORDER) {
            return afterJump(packetSsrc, in, timestampIn, arrivalUnits);
        }
        afterJump = -1;
        if (ahead == 0) {
            return Outcome.DROP;
        }
        if (ahead < 0) {
            return late(in, timestampIn);
        }
        highestIn = in;
        return emit(in + sequenceOffset & 0xffff, timestampIn, arrivalUnits, Outcome.FORWARD);
    }

    /** Takes a packet out of the stream: those after it move up. */
    public void remove(long packetSsrc, int in) {
        if (!started || packetSsrc != ssrc) {
            return;
        }
        int ahead = Octets.sequenceDistance(in, highestIn);
        if (ahead <= 0 || ahead > MAX_DROPOUT) {
            return;
        }
        if (!inRun) {
            inRun = true;
            runs = true;
            runStart = in;
            offsetBeforeRun = sequenceOffset;
        }
        highestIn = in;
        sequenceOffset--;
    }

    /** What comes next is another sender, counted by another clock, even if its SSRC is the same. */
    public void anew() {
        if (started) {
            started = false;
            lastTimestampOut = lastTimestampOut + LEAST_STEP & 0xffffffffL;
        }
    }

    private Outcome restart(long packetSsrc, int in, long timestampIn, long arrivalUnits) {
        boolean first = !started;
        // At least one packet's time on, so that no two packets have one timestamp.
        long passed = first ? 0 : Math.clamp(arrivalUnits - lastArrival, LEAST_STEP, 0x3fffffff);
        started = true;
        ssrc = packetSsrc;
        highestIn = in;
        runs = false;
        afterJump = -1;
        sequenceOffset = lastOut + 1 - in;
        timestampOffset = lastTimestampOut + passed - timestampIn;
        return emit(in + sequenceOffset & 0xffff, timestampIn, arrivalUnits, Outcome.RESTARTED);
    }

    /** RFC 3550 appendix A.1: two packets in a row past a jump mean that the sender restarted without saying so. */
    private Outcome afterJump(long packetSsrc, int in, long timestampIn, long arrivalUnits) {
        if (in == afterJump) {
            return restart(packetSsrc, in, timestampIn, arrivalUnits);
        }
        afterJump = in + 1 & 0xffff;
        return Outcome.DROP;
    }

    private Outcome late(int in, long timestampIn) {
        boolean beforeRun = runs && Octets.sequenceDistance(in, runStart) < 0;
        int offset = beforeRun ? offsetBeforeRun : sequenceOffset;
        sequence = in + offset & 0xffff;
        timestamp = timestampIn + timestampOffset & 0xffffffffL;
        return Outcome.LATE;
    }

    private Outcome emit(int out, long timestampIn, long arrivalUnits, Outcome outcome) {
        sequence = out;
        timestamp = timestampIn + timestampOffset & 0xffffffffL;
        lastOut = sequence;
        lastTimestampOut = timestamp;
        lastArrival = arrivalUnits;
        inRun = false;
        return outcome;
    }

    /** Of the packet mapped last, 16 bits. */
    public int sequence() {
        return sequence;
    }

    /** Of the packet mapped last, 32 bits. */
    public long timestamp() {
        return timestamp;
    }
}
