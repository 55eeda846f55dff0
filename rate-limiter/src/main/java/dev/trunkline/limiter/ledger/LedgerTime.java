package dev.trunkline.limiter.ledger;

import java.time.Clock;

/**
 * Whose clock the ledger goes by. Redis's own is the one that all replicas share: leases and windows stay exact when
 * the clocks of the machines that limiters run on do not agree. A clock of one's own is for those who must move time.
 */
public sealed interface LedgerTime {

    /** Redis's {@code TIME}, read inside the script. */
    record OfRedis() implements LedgerTime {}

    /** A clock in this process. */
    record Of(Clock clock) implements LedgerTime {}

    /** What scripts take as the time: milliseconds since 1970, or nothing for Redis's own. */
    default String argument() {
        return switch (this) {
            case OfRedis() -> "";
            case Of(Clock clock) -> Long.toString(clock.millis());
        };
    }
}
