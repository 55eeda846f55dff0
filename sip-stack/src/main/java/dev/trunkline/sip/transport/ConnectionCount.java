package dev.trunkline.sip.transport;

import dev.trunkline.sip.net.ConnectionLimits;
import dev.trunkline.sip.net.TransportWatch.Ending;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts the open connections of a listener: in total, from strangers, and from each source. Thread-safe. */
final class ConnectionCount {
    private static final int IPV6_NETWORK_BYTES = 8;

    private final ConnectionLimits limits;
    private final AtomicInteger all = new AtomicInteger();
    private final AtomicInteger strangers = new AtomicInteger();
    private final Map<InetAddress, Integer> bySource = new ConcurrentHashMap<>();

    ConnectionCount(ConnectionLimits limits) {
        this.limits = limits;
    }

    /** The place of a counted connection, until it is released. */
    final class Place {
        private final InetAddress network;
        private final boolean stranger;

        private Place(InetAddress network, boolean stranger) {
            this.network = network;
            this.stranger = stranger;
            all.incrementAndGet();
            strangers.addAndGet(stranger ? 1 : 0);
            bySource.merge(network, 1, Integer::sum);
        }

        /** Releases the place. Must be called only once. */
        void release() {
            all.decrementAndGet();
            strangers.addAndGet(stranger ? -1 : 0);
            bySource.computeIfPresent(network, (address, count) -> count == 1 ? null : count - 1);
        }
    }

    /** @return why a further connection from there is refused, if it is */
    Optional<Ending> refuses(InetAddress source, boolean stranger) {
        if (all.get() >= limits.connections() || stranger && strangers.get() >= limits.strangers()) {
            return Optional.of(Ending.TOO_MANY);
        }
        return bySource.getOrDefault(network(source), 0) >= limits.perSource()
                ? Optional.of(Ending.TOO_MANY_FROM_SOURCE)
                : Optional.empty();
    }

    Place take(InetAddress source, boolean stranger) {
        return new Place(network(source), stranger);
    }

    /** Masks an address: the owner of one IPv6 address has the 2^64 of its network. */
    private static InetAddress network(InetAddress source) {
        byte[] address = source.getAddress();
        if (address.length <= IPV6_NETWORK_BYTES) {
            return source;
        }
        Arrays.fill(address, IPV6_NETWORK_BYTES, address.length, (byte) 0);
        try {
            return InetAddress.getByAddress(address);
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }
}
