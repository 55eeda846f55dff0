package dev.trunkline.events;

import java.time.Instant;
import java.util.Optional;

/**
 * A relay lives: its own heartbeat, whatever the number of its calls, each second on {@link Topics#RELAYS} under its id. Who
 * has heard none for five seconds, though it went on reading, takes the relay and its calls for lost. An orderly end is said
 * by {@link RelayState#GONE}.
 *
 * @param calls how many it holds now
 * @param startedAt when the process began, by the relay's clock: calls that a relay of this id had before then are lost,
 *     however soon it was back. Empty from a relay that does not say it
 * @param handsOverSince since when it gives its answered calls to other relays, by its clock, while it is {@link RelayState#DRAINING};
 *     empty where they go on with it
 */
public record RelayHeartbeat(String relay, RelayState state, int calls, Optional<Instant> startedAt, Optional<Instant> handsOverSince) {

    public RelayHeartbeat {
        startedAt = startedAt == null ? Optional.empty() : startedAt;
        handsOverSince = handsOverSince == null ? Optional.empty() : handsOverSince;
    }

    /** The same with another state. */
    public RelayHeartbeat in(RelayState other) {
        return new RelayHeartbeat(relay, other, calls, startedAt, handsOverSince);
    }
}
