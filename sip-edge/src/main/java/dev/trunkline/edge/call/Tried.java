package dev.trunkline.edge.call;

import dev.trunkline.events.TransferFailed;
import java.util.HashMap;
import java.util.Map;

/**
 * Those to whom a caller was to go on, and who did not take the call.
 *
 * @param statuses the SIP status of each, by the id of its transfer; 0 where there was none
 */
record Tried(Map<String, Integer> statuses) {
    static final Tried NOBODY = new Tried(Map.of());

    /** More targets than any plan has: what stands above it changes no answer. */
    private static final int MOST = 256;

    Tried {
        statuses = Map.copyOf(statuses);
    }

    /** The same failure twice counts once. */
    Tried and(TransferFailed failure) {
        if (statuses.size() >= MOST) {
            return this;
        }
        var more = new HashMap<>(statuses);
        more.put(failure.transfer(), failure.status().orElse(0));
        return new Tried(more);
    }

    /** Whether somebody was tried, and everybody who was is busy (RFC 3261 sections 21.4.24 and 21.6.1). */
    boolean allBusy() {
        return !statuses.isEmpty() && statuses.values().stream().allMatch(status -> status == 486 || status == 600);
    }
}
