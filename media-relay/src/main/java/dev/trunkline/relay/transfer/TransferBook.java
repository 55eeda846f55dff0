package dev.trunkline.relay.transfer;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * The hand-overs of one call: one at a time, and a limited number per minute. Not thread-safe.
 *
 * <pre>
 *   free --begin--> under way --over--> free
 * </pre>
 */
public final class TransferBook {
    static final int MOST_A_MINUTE = 6;
    /** Requests that get an answer, including refused ones: a sender that asks without end does not get answers without end. */
    static final int MOST_ANSWERED_A_MINUTE = 30;

    private static final long MINUTE = 60_000;
    private static final int MOST_KNOWN = 32;

    private final ArrayDeque<Long> begun = new ArrayDeque<>();
    private final ArrayDeque<Long> heard = new ArrayDeque<>();
    private final Set<String> known = new LinkedHashSet<>();
    private boolean underWay;

    /** Somebody asks. @return whether to answer the request */
    public boolean hear(long nowMillis) {
        return counts(heard, MOST_ANSWERED_A_MINUTE, nowMillis);
    }

    /** Returns whether this one was begun, recently or long ago. */
    public boolean knows(String transfer) {
        return known.contains(transfer);
    }

    /** @throws TransferRefusal if another one is under way, or there were too many */
    public void begin(String transfer, long nowMillis) throws TransferRefusal {
        if (underWay) {
            throw TransferRefusal.notNow("The caller is already being handed over: wait until that has ended.");
        }
        if (!counts(begun, MOST_A_MINUTE, nowMillis)) {
            throw TransferRefusal.tooOften("The caller was handed over " + MOST_A_MINUTE + " times within a minute: wait a while.");
        }
        underWay = true;
        known.add(transfer);
        if (known.size() > MOST_KNOWN) {
            Iterator<String> oldest = known.iterator();
            oldest.next();
            oldest.remove();
        }
    }

    /** The outcome of the one under way is known. */
    public void over() {
        underWay = false;
    }

    private static boolean counts(ArrayDeque<Long> times, int most, long nowMillis) {
        while (!times.isEmpty() && nowMillis - times.peekFirst() >= MINUTE) {
            times.removeFirst();
        }
        if (times.size() >= most) {
            return false;
        }
        times.addLast(nowMillis);
        return true;
    }
}
