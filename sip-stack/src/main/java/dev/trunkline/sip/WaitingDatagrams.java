package dev.trunkline.sip;

import dev.trunkline.sip.lane.Lane;
import dev.trunkline.sip.transport.Arrival;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToLongFunction;

/**
 * Knows the datagrams that wait to be read. A client that gets no response sends the same octets again after 500 ms, and again
 * (RFC 3261 section 17.1.1.2). Reading them twice would only make the next ones wait longer. While nothing waits this set is
 * empty and costs nothing. Thread-safe.
 */
final class WaitingDatagrams {
    private final ToLongFunction<Arrival> hash;
    private final Set<Long> waiting = ConcurrentHashMap.newKeySet();

    /** @param hash of octets and sender; a peer cannot construct two with the same value */
    WaitingDatagrams(ToLongFunction<Arrival> hash) {
        this.hash = hash;
    }

    /** @return whether the same octets from the same sender wait already; if not, this datagram is recorded as waiting */
    boolean repeats(Arrival arrival, Lane<Arrival> lane) {
        return arrival.connection().isEmpty() && lane.waiting() > 0 && !waiting.add(hash.applyAsLong(arrival));
    }

    /** Removes a datagram that is being read, or was dropped. */
    void forget(Arrival arrival) {
        if (!waiting.isEmpty()) {
            waiting.remove(hash.applyAsLong(arrival));
        }
    }
}
