package dev.trunkline.edge.sip.jain;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** How much waits to be parsed, at all listeners together. */
final class UnreadDatagrams {
    private final List<CountedUdpProcessor> processors = new CopyOnWriteArrayList<>();
    private final int most;

    /** @param most how many may wait while new INVITEs are taken */
    UnreadDatagrams(int most) {
        this.most = most;
    }

    void add(CountedUdpProcessor processor) {
        processors.add(processor);
    }

    int count() {
        int count = 0;
        for (CountedUdpProcessor processor : processors) {
            count += processor.unread();
        }
        return count;
    }

    /** Whether new INVITEs are to be dropped. */
    boolean tooMany() {
        return count() >= most;
    }

    /** Whether everything is: what belongs to calls that are up, and is repeated, has room beyond the INVITEs. */
    boolean farTooMany() {
        return count() >= 4 * most;
    }
}
