package dev.trunkline.events;

import java.time.Instant;
import java.util.Optional;

/**
 * A relay is alive: its own heartbeat, whatever the number of its calls, every second on {@link Topics#RELAYS} under its id. A consumer
 * that has received none for five seconds, although it continued to read, considers the relay and its calls lost.
 * {@link RelayState#GONE} announces an orderly end.
 *
 * @param calls how many it holds now
 * @param startedAt when the process began, by the relay's clock: calls that a relay of this id had before then are lost, however soon
 *     it was back. Empty from a relay that does not report it
 * @param handsOverSince since when, by its clock, it has been giving its answered calls to other relays while it is
 *     {@link RelayState#DRAINING}; empty if they stay with it
 */
public record RelayHeartbeat(String relay, RelayState state, int calls, Optional<Instant> startedAt, Optional<Instant> handsOverSince) {

    public RelayHeartbeat {
        startedAt = startedAt == null ? Optional.empty() : startedAt;
        handsOverSince = handsOverSince == null ? Optional.empty() : handsOverSince;
    }

    /** Returns the same heartbeat with another state. */
    public RelayHeartbeat in(RelayState other) {
        return new RelayHeartbeat(relay, other, calls, startedAt, handsOverSince);
    }
}
