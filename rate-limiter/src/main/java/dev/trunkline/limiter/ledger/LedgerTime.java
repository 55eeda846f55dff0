package dev.trunkline.limiter.ledger;

import java.time.Clock;

/**
 * The clock that the ledger uses. Redis's own is shared by all replicas: leases and windows stay exact even if the
 * clocks of the limiters' machines disagree. A clock in the process is for callers that must move time.
 */
public sealed interface LedgerTime {

    /** Redis's {@code TIME}, read inside the script. */
    record OfRedis() implements LedgerTime {}

    /** A clock in this process. */
    record Of(Clock clock) implements LedgerTime {}

    /** Returns what scripts take as the time: milliseconds since 1970, or nothing for Redis's own. */
    default String argument() {
        return switch (this) {
            case OfRedis() -> "";
            case Of(Clock clock) -> Long.toString(clock.millis());
        };
    }
}
