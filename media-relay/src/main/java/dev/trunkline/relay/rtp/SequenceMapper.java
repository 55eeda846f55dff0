package dev.trunkline.relay.rtp;

import dev.trunkline.rtc.rtp.Octets;
import dev.trunkline.rtc.rtp.ReceptionStats;

/**
 * Maps the packets of changing senders to one continuous numbering. Within a sender the distances stay, so a lost packet remains a gap and
 * a late packet remains late. A new sender (another SSRC, or the same after a restart) continues where the last one stopped. Packets that
 * are removed from the stream, such as telephone-events, leave no gap in the sequence. Timestamps are accepted as far as {@link Timeline}
 * finds them possible.
 *
 * <p>Not thread-safe; allocates nothing.
 */
public final class SequenceMapper {
    static final int MAX_DROPOUT = ReceptionStats.MOST_DROPOUT;
    static final int MAX_MISORDER = ReceptionStats.MOST_MISORDER;

    /** The outcome of mapping a packet. */
    public enum Outcome {
        /** In order: {@link #sequence()} and {@link #timestamp()} are its numbers. */
        FORWARD,
        /** The first of a new sender: like {@code FORWARD}, and the marker should be set. */
        RESTARTED,
        /** Older than others that went out, with its own sequence number and timestamp. */
        LATE,
        /** Not to be sent: a repetition, too old, or the first after a jump that may turn out to be damage. */
        DROP
    }

    private final Timeline timeline;
    private boolean started;
    private long ssrc;
    private int highestIn;
    /** Sequence number of the last packet that went out; packets removed after it took time too. */
    private int lastIn;
    private int sequenceOffset;
    /** The offset before the last run of removed packets, for packets that are older than the run. */
    private int offsetBeforeRun;
    private int runStart;
    private boolean runs;
    private boolean inRun;
    private int afterJump = -1;
    private int lastOut;
    private int sequence;
    private long timestamp;

    /**
     * @param firstSequence the number of the first packet, random
     * @param firstTimestamp likewise
     * @param clockRate of the timestamps in Hz
     */
    public SequenceMapper(int firstSequence, long firstTimestamp, int clockRate) {
        lastOut = firstSequence - 1 & 0xffff;
        timeline = new Timeline(firstTimestamp & 0xffffffffL, clockRate);
    }

    /**
     * Maps a packet that is to be sent.
     *
     * @param arrivalUnits a clock in units of the timestamp, to bridge the time between two senders
     */
    public Outcome map(long packetSsrc, int in, long timestampIn, long arrivalUnits) {
        return map(packetSsrc, in, timestampIn, arrivalUnits, false);
    }

    /** Does the same for a packet of an event (RFC 4733), whose packets all have the timestamp at which it began. */
    public Outcome mapEvent(long packetSsrc, int in, long timestampIn, long arrivalUnits) {
        return map(packetSsrc, in, timestampIn, arrivalUnits, true);
    }

    private Outcome map(long packetSsrc, int in, long timestampIn, long arrivalUnits, boolean event) {
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
            return late(in, -ahead, timestampIn);
        }
        int packets = Octets.sequenceDistance(in, lastIn);
        highestIn = in;
        lastIn = in;
        long out = event ? timeline.same(timestampIn, arrivalUnits) : timeline.next(packets, timestampIn, arrivalUnits);
        return emit(in + sequenceOffset & 0xffff, out, Outcome.FORWARD);
    }

    /** Removes a packet from the stream: those after it move up. */
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

    /** The next packet comes from another sender, counted by another clock, even if its SSRC is the same. */
    public void anew(int clockRate) {
        timeline.clock(clockRate);
        started = false;
    }

    private Outcome restart(long packetSsrc, int in, long timestampIn, long arrivalUnits) {
        boolean first = !started;
        started = true;
        ssrc = packetSsrc;
        highestIn = in;
        lastIn = in;
        runs = false;
        afterJump = -1;
        sequenceOffset = lastOut + 1 - in;
        return emit(
                in + sequenceOffset & 0xffff, timeline.begin(timestampIn, arrivalUnits, first), Outcome.RESTARTED);
    }

    /** RFC 3550 appendix A.1: two packets in a row past a jump mean that the sender restarted without signalling it. */
    private Outcome afterJump(long packetSsrc, int in, long timestampIn, long arrivalUnits) {
        if (in == afterJump) {
            return restart(packetSsrc, in, timestampIn, arrivalUnits);
        }
        afterJump = in + 1 & 0xffff;
        return Outcome.DROP;
    }

    private Outcome late(int in, int behind, long timestampIn) {
        long out = timeline.earlier(behind, timestampIn);
        if (out < 0) {
            return Outcome.DROP;
        }
        boolean beforeRun = runs && Octets.sequenceDistance(in, runStart) < 0;
        int offset = beforeRun ? offsetBeforeRun : sequenceOffset;
        sequence = in + offset & 0xffff;
        timestamp = out;
        return Outcome.LATE;
    }

    private Outcome emit(int out, long timestampOut, Outcome outcome) {
        sequence = out;
        timestamp = timestampOut;
        lastOut = sequence;
        inRun = false;
        return outcome;
    }

    /** Returns the sequence number of the packet mapped last, 16 bits. */
    public int sequence() {
        return sequence;
    }

    /** Returns the timestamp of the packet mapped last, 32 bits. */
    public long timestamp() {
        return timestamp;
    }
}
