package dev.trunkline.relay.calls;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** Whether, and since when, a draining relay gives its calls to others; its heartbeats say so, and edges move the calls accordingly. */
final class GivenAway {
    private final boolean wanted;
    private final InstantSource clock;
    private volatile Optional<Instant> since = Optional.empty();

    /** @param wanted as set in the configuration */
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

    /** Returns since when; empty while it keeps its calls. */
    Optional<Instant> since() {
        return since;
    }
}
