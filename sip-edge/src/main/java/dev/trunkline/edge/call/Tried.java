package dev.trunkline.edge.call;

import dev.trunkline.events.TransferFailed;
import java.util.HashMap;
import java.util.Map;

/**
 * The targets to whom a caller was to be forwarded, and who did not take the call.
 *
 * @param statuses the SIP status of each, by the id of its transfer; 0 if there was none
 */
record Tried(Map<String, Integer> statuses) {
    static final Tried NOBODY = new Tried(Map.of());

    /** More targets than any plan has: entries beyond it change no answer. */
    private static final int MOST = 256;

    Tried {
        statuses = Map.copyOf(statuses);
    }

    /** Returns these and a failure; the same failure counts once. */
    Tried and(TransferFailed failure) {
        if (statuses.size() >= MOST) {
            return this;
        }
        var more = new HashMap<>(statuses);
        more.put(failure.transfer(), failure.status().orElse(0));
        return new Tried(more);
    }

    /** Whether at least one target was tried, and all that were are busy (RFC 3261 sections 21.4.24 and 21.6.1). */
    boolean allBusy() {
        return !statuses.isEmpty() && statuses.values().stream().allMatch(status -> status == 486 || status == 600);
    }
}
