package dev.trunkline.router.gateways;

import dev.trunkline.events.OutboundTrunkState;
import java.util.Comparator;
import java.util.List;
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

    /** By trunk, then by edge. */
    List<OutboundTrunkState> all() {
        return states.values().stream()
                .sorted(Comparator.comparing((OutboundTrunkState state) -> state.trunk().name())
                        .thenComparing(OutboundTrunkState::edge))
                .toList();
    }
}
