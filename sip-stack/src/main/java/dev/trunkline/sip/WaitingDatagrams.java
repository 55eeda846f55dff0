package dev.trunkline.sip;

import dev.trunkline.sip.lane.Lane;
import dev.trunkline.sip.transport.Arrival;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToLongFunction;

/**
 * Knows the datagrams that wait to be read. Whoever hears nothing sends the same octets again after 500 ms, and again (RFC 3261
 * section 17.1.1.2): to read them twice would only make the next ones wait longer. While nothing waits it knows nothing, and
 * costs nothing. Thread-safe.
 */
final class WaitingDatagrams {
    private final ToLongFunction<Arrival> hash;
    private final Set<Long> waiting = ConcurrentHashMap.newKeySet();

    /** @param hash of octets and sender; nobody outside can find two that have the same */
    WaitingDatagrams(ToLongFunction<Arrival> hash) {
        this.hash = hash;
    }

    /** @return whether the same from the same sender waits already; if not, this one does from now on */
    boolean repeats(Arrival arrival, Lane<Arrival> lane) {
        return arrival.connection().isEmpty() && lane.waiting() > 0 && !waiting.add(hash.applyAsLong(arrival));
    }

    /** It is being read, or was given up. */
    void forget(Arrival arrival) {
        if (!waiting.isEmpty()) {
            waiting.remove(hash.applyAsLong(arrival));
        }
    }
}
