package dev.trunkline.rtc.sctp;

import java.util.ArrayList;
import java.util.List;

/** Decides when to send a SACK, and what it contains (RFC 9260 section 6.2). */
final class Acknowledger {
    private static final long DELAY_NANOS = 200_000_000;
    private static final int MAX_GAPS = 128;
    private static final int MAX_DUPLICATES = 32;

    private final List<Integer> duplicates = new ArrayList<>();
    private final Timer delay = new Timer();
    private boolean newPacket;
    private boolean due;

    /** A packet with DATA begins: every second one is acknowledged at once. */
    void onPacket() {
        newPacket = true;
    }

    void onData(boolean immediate, long now) {
        if (!newPacket) {
            due |= immediate;
            return;
        }
        newPacket = false;
        if (immediate || delay.isRunning()) {
            due = true;
        } else if (!due) {
            delay.start(now, DELAY_NANOS);
        }
    }

    void onDuplicate(int tsn) {
        if (duplicates.size() < MAX_DUPLICATES) {
            duplicates.add(tsn);
        }
        due = true;
    }

    /** Has the SACK sent with the next packet. */
    void now() {
        due = true;
    }

    boolean isDue() {
        return due;
    }

    Timer timer() {
        return delay;
    }

    Chunk.Sack sack(ReceivedTsns received, long window) {
        due = false;
        delay.stop();
        Chunk.Sack sack = new Chunk.Sack(
                (int) received.cumulative(), window, received.gaps(MAX_GAPS), List.copyOf(duplicates));
        duplicates.clear();
        return sack;
    }
}
