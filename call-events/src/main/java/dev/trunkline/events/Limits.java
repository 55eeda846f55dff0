package dev.trunkline.events;

import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The limits that the limiter applies to a call. The suite's own cap is a setting of the limiter and not included here.
 *
 * @param callerRate maximum number of calls of one pseudonym in a window
 * @param numberConcurrency maximum number of concurrent calls to the number, empty for no limit
 * @param organisationConcurrency maximum number of concurrent calls of the organisation, empty for no limit
 * @param agentPool the pool whose session the call takes, empty for none
 * @param outgoing further limits for an outbound call; empty for an inbound call
 */
public record Limits(
        CallerRate callerRate,
        OptionalInt numberConcurrency,
        OptionalInt organisationConcurrency,
        Optional<AgentPool> agentPool,
        Optional<OutgoingLimits> outgoing) {

    public Limits {
        Objects.requireNonNull(callerRate, "callerRate");
        numberConcurrency = numberConcurrency == null ? OptionalInt.empty() : numberConcurrency;
        organisationConcurrency = organisationConcurrency == null ? OptionalInt.empty() : organisationConcurrency;
        agentPool = agentPool == null ? Optional.empty() : agentPool;
        outgoing = outgoing == null ? Optional.empty() : outgoing;
    }

    /** Limits of an inbound call. */
    public Limits(
            CallerRate callerRate, OptionalInt numberConcurrency, OptionalInt organisationConcurrency, Optional<AgentPool> agentPool) {
        this(callerRate, numberConcurrency, organisationConcurrency, agentPool, Optional.empty());
    }

    /** Limits without an agent pool. */
    public Limits(CallerRate callerRate, OptionalInt numberConcurrency, OptionalInt organisationConcurrency) {
        this(callerRate, numberConcurrency, organisationConcurrency, Optional.empty());
    }

    /**
     * @param calls maximum number of calls in the window, 1 or more
     * @param windowSeconds length of the sliding window
     * @param scope what the window counts: a number that sets its own rate has its own window
     */
    public record CallerRate(int calls, int windowSeconds, RateScope scope) {}
}
