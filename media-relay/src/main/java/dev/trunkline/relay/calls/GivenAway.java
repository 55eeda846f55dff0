package dev.trunkline.relay.calls;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** Whether, and since when, a relay that drains gives its calls to others; said in its heartbeats, by which edges move the calls. */
final class GivenAway {
    private final boolean wanted;
    private final InstantSource clock;
    private volatile Optional<Instant> since = Optional.empty();

    /** @param wanted as the setting says */
    GivenAway(boolean wanted, InstantSource clock) {
        this.wanted = wanted;
        this.clock = clock;
    }

    /** The relay drains from now on. */
    synchronized void begin() {
        if (wanted && since.isEmpty()) {
            since = Optional.of(clock.instant());
        }
    }

    /** Empty while it keeps its calls. */
    Optional<Instant> since() {
        return since;
    }
}
