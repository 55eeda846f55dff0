package dev.trunkline.edge.sip.jain;

import dev.trunkline.edge.sip.ConnectionLimits;
import dev.trunkline.edge.sip.TransportWatch.Ending;
import java.net.InetAddress;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** How many connections are open at a listener, in all and of each source. Thread-safe. */
final class ConnectionCount {
    private final ConnectionLimits limits;
    private final AtomicInteger all = new AtomicInteger();
    private final Map<InetAddress, Integer> bySource = new ConcurrentHashMap<>();

    ConnectionCount(ConnectionLimits limits) {
        this.limits = limits;
    }

    /** @return why there must be no further one; empty if it is counted */
    Optional<Ending> take(InetAddress source) {
        if (all.get() >= limits.connections()) {
            return Optional.of(Ending.TOO_MANY);
        }
        if (bySource.getOrDefault(source, 0) >= limits.perSource()) {
            return Optional.of(Ending.TOO_MANY_FROM_SOURCE);
        }
        takeOurs(source);
        return Optional.empty();
    }

    /** Counts one that we made: a call needs it. */
    void takeOurs(InetAddress source) {
        all.incrementAndGet();
        bySource.merge(source, 1, Integer::sum);
    }

    void release(InetAddress source) {
        all.decrementAndGet();
        bySource.computeIfPresent(source, (address, count) -> count == 1 ? null : count - 1);
    }
}
