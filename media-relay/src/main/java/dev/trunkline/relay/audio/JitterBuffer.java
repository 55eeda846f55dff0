package dev.trunkline.relay.audio;

import dev.trunkline.rtc.rtp.Octets;

/**
 * Restores the order and timing of one sender's packets. The delay follows the observed jitter, 20 to 60 ms.
 *
 * <pre>
 *   FILLING --oldest packet has waited for the delay--> PLAYING
 *      ^                                                   |
 *      +---- nothing came for a while, or a pause ---------+
 * </pre>
 *
 * Not thread-safe; allocates only until its slots have grown to the packets' size.
 */
public final class JitterBuffer {
    static final int LEAST_DELAY_MILLIS = 20;
    static final int MOST_DELAY_MILLIS = 60;
    private static final int SLOTS = 32;
    /** Nobody takes a repetition longer than this for speech; but one packet is always filled in. */
    private static final int MOST_CONCEALED_MILLIS = 60;
    /** After this much audio the buffer checks whether it holds more than it needs. */
    private static final int REVIEW_MILLIS = 1_000;

    /** The outcome of putting a packet. */
    public enum Put {
        STORED, LATE, DUPLICATE
    }

    /** What to play next. */
    public enum Next {
        /** {@link #payload()} and {@link #payloadLength()}. */
        PACKET,
        /** One packet is missing: conceal it, with {@link #payload()} of the next packet if {@link #nextIsThere()}. */
        LOST,
        /** Nothing now. */
        NOTHING
    }

    private final int unitsAMilli;
    private final byte[][] payloads = new byte[SLOTS][];
    private final int[] lengths = new int[SLOTS];
    private final int[] sequences = new int[SLOTS];
    private final long[] timestamps = new long[SLOTS];
    private final long[] arrivals = new long[SLOTS];
    private final boolean[] present = new boolean[SLOTS];
    private final DelayEstimate delay = new DelayEstimate();
    private boolean started;
    private boolean playing;
    private int nextSequence;
    private int newestSequence;
    private int count;
    private long nextTimestamp;
    private int concealed;
    private int packetMillis = 20;
    private int reviewedMillis;
    private int leastCount = SLOTS;
    private int current;
    private boolean nextIsThere;

    /** @param clockRate of the timestamps in Hz */
    public JitterBuffer(int clockRate) {
        this.unitsAMilli = clockRate / 1_000;
    }

    public Put put(int sequence, long timestamp, byte[] buffer, int offset, int length, long nowNanos) {
        int ahead = started ? Octets.sequenceDistance(sequence, nextSequence) : 0;
        if (!started || Math.abs(ahead) >= SLOTS) {
            // The first packet, or a sender that jumped: the packets held are obsolete.
            clear();
            started = true;
            nextSequence = sequence;
            newestSequence = sequence;
        } else if (ahead < 0 && (playing || count > 0 && Octets.sequenceDistance(newestSequence, sequence) >= SLOTS)) {
            return Put.LATE;
        } else if (ahead < 0) {
            nextSequence = sequence;
        }
        int slot = slot(sequence);
        if (present[slot] && sequences[slot] == sequence) {
            return Put.DUPLICATE;
        }
        store(slot, sequence, timestamp, buffer, offset, length, nowNanos);
        delay.arrived(nowNanos / 1e6, timestamp, unitsAMilli);
        return Put.STORED;
    }

    private void store(int slot, int sequence, long timestamp, byte[] buffer, int offset, int length, long nowNanos) {
        if (payloads[slot] == null || payloads[slot].length < length) {
            payloads[slot] = new byte[Math.max(length, 256)];
        }
        System.arraycopy(buffer, offset, payloads[slot], 0, length);
        lengths[slot] = length;
        sequences[slot] = sequence;
        timestamps[slot] = timestamp;
        arrivals[slot] = nowNanos;
        if (!present[slot]) {
            present[slot] = true;
            count++;
        }
        if (Octets.sequenceDistance(sequence, newestSequence) > 0) {
            newestSequence = sequence;
        }
    }

    /** Asks for the next packet's worth of audio. */
    public Next next(long nowNanos) {
        if (!started || !playing && !ripe(nowNanos)) {
            return Next.NOTHING;
        }
        playing = true;
        if (count == 0) {
            return starving();
        }
        shrink();
        int slot = slot(nextSequence);
        if (isThere(nextSequence)) {
            boolean pause = concealed == 0 && nextTimestamp >= 0
                    && Octets.timestampDistance(timestamps[slot], nextTimestamp) > MOST_DELAY_MILLIS * unitsAMilli;
            if (pause && !waited(slot, nowNanos)) {
                return refill();
            }
            return take(slot);
        }
        nextSequence = nextSequence + 1 & 0xffff;
        concealed++;
        nextIsThere = isThere(nextSequence);
        current = slot(nextSequence);
        return Next.LOST;
    }

    /** Reports how much audio the last packet held, so that a pause can be told from the next packet. */
    public void played(int millis) {
        packetMillis = Math.max(1, millis);
        nextTimestamp = timestamps[current] + (long) millis * unitsAMilli & 0xffffffffL;
    }

    /** Returns whether the oldest packet has waited for the delay. */
    private boolean ripe(long nowNanos) {
        for (int i = 0; i < SLOTS && count > 0; i++) {
            int sequence = nextSequence + i & 0xffff;
            if (isThere(sequence)) {
                nextSequence = sequence;
                return waited(slot(sequence), nowNanos);
            }
        }
        return false;
    }

    private boolean waited(int slot, long nowNanos) {
        // Two milliseconds less, because timers that draw from here are never exact.
        return nowNanos - arrivals[slot] >= (delay.targetMillis() - 2) * 1_000_000L;
    }

    /** Either the sender paused or its packets are late; late packets are still played, which lengthens the delay. */
    private Next starving() {
        if (concealed > 0 && (concealed + 1) * packetMillis > MOST_CONCEALED_MILLIS) {
            return refill();
        }
        concealed++;
        nextIsThere = false;
        return Next.LOST;
    }

    private Next refill() {
        playing = false;
        concealed = 0;
        nextTimestamp = -1;
        return Next.NOTHING;
    }

    private Next take(int slot) {
        present[slot] = false;
        count--;
        current = slot;
        concealed = 0;
        nextSequence = nextSequence + 1 & 0xffff;
        return Next.PACKET;
    }

    /** If the buffer always held more than the delay requires for a second, one packet is dropped. */
    private void shrink() {
        leastCount = Math.min(leastCount, count);
        reviewedMillis += packetMillis;
        if (reviewedMillis < REVIEW_MILLIS) {
            return;
        }
        int needed = 1 + delay.targetMillis() / packetMillis;
        if (leastCount > needed && isThere(nextSequence)) {
            take(slot(nextSequence));
            concealed = 1;
        }
        reviewedMillis = 0;
        leastCount = SLOTS;
    }

    /** Drops all packets; the next packet starts anew. */
    public void clear() {
        java.util.Arrays.fill(present, false);
        count = 0;
        started = false;
        reviewedMillis = 0;
        leastCount = SLOTS;
        refill();
    }

    private boolean isThere(int sequence) {
        int slot = slot(sequence);
        return present[slot] && sequences[slot] == sequence;
    }

    private static int slot(int sequence) {
        return sequence & SLOTS - 1;
    }

    /** Returns the number of packets held. */
    public int size() {
        return count;
    }

    public int targetDelayMillis() {
        return delay.targetMillis();
    }

    /** After {@link Next#LOST}: whether {@link #payload()} is that of the packet after the missing one. */
    public boolean nextIsThere() {
        return nextIsThere;
    }

    /** Returns an array that belongs to the buffer; valid until the next {@link #put}. */
    public byte[] payload() {
        return payloads[current];
    }

    public int payloadLength() {
        return lengths[current];
    }
}
