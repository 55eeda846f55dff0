package dev.trunkline.router.gateways;

import dev.trunkline.events.OutboundTrunkState;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** The last report of each edge on each trunk. Thread-safe. */
public final class StateTable {
    /** The most entries, edges times trunks; further ones are left out. */
    static final int MOST = 20_000;

    private final ConcurrentMap<String, OutboundTrunkState> states = new ConcurrentHashMap<>();

    void put(String key, OutboundTrunkState state) {
        if (states.size() < MOST || states.containsKey(key)) {
            states.put(key, state);
        }
    }

    void remove(String key) {
        states.remove(key);
    }

    /**
     * Returns which gateways of a trunk answer some edge, under the edges' names for them: host, with port and
     * transport if they are configured.
     *
     * @param since edges whose last report is older are considered gone
     */
    public Map<String, Boolean> up(String trunkId, Instant since) {
        Map<String, Boolean> up = new HashMap<>();
        states.values().stream()
                .filter(state -> state.trunk().id().equals(trunkId) && !state.saidAt().isBefore(since))
                .flatMap(state -> state.gateways().stream())
                .forEach(gateway -> up.merge(gateway.gateway(), gateway.up(), Boolean::logicalOr));
        return up;
    }

    /** Returns all states by trunk, then by edge. */
    List<OutboundTrunkState> all() {
        return states.values().stream()
                .sorted(Comparator.comparing((OutboundTrunkState state) -> state.trunk().name())
                        .thenComparing(OutboundTrunkState::edge))
                .toList();
    }
}
