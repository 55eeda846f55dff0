package dev.trunkline.router.gateways;

import dev.trunkline.events.OutboundTrunkState;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** The last word of each edge on each trunk. Thread-safe. */
public final class StateTable {
    /** Of edges times trunks; what is beyond is left out. */
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
     * Which gateways of a trunk answer some edge, by what the edges call them: host, with port and transport where they are said.
     *
     * @param since edges that have not said so since then are gone
     */
    public Map<String, Boolean> up(String trunkId, Instant since) {
        Map<String, Boolean> up = new HashMap<>();
        states.values().stream()
                .filter(state -> state.trunk().id().equals(trunkId) && !state.saidAt().isBefore(since))
                .flatMap(state -> state.gateways().stream())
                .forEach(gateway -> up.merge(gateway.gateway(), gateway.up(), Boolean::logicalOr));
        return up;
    }

    /** By trunk, then by edge. */
    List<OutboundTrunkState> all() {
        return states.values().stream()
                .sorted(Comparator.comparing((OutboundTrunkState state) -> state.trunk().name())
                        .thenComparing(OutboundTrunkState::edge))
                .toList();
    }
}
