package dev.trunkline.events;

import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What the limiter judges a call by. The suite's own cap is the limiter's setting and not here.
 *
 * @param callerRate most calls of one pseudonym in a window
 * @param numberConcurrency most calls at once to the number, empty for no limit
 * @param organisationConcurrency most calls at once of the organisation, empty for no limit
 * @param agentPool the pool whose session the call takes, empty for none
 * @param outgoing what a call out is judged by further; empty for a call that comes in
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

    /** Limits of a call that comes in. */
    public Limits(
            CallerRate callerRate, OptionalInt numberConcurrency, OptionalInt organisationConcurrency, Optional<AgentPool> agentPool) {
        this(callerRate, numberConcurrency, organisationConcurrency, agentPool, Optional.empty());
    }

    /** Limits without an agent pool. */
    public Limits(CallerRate callerRate, OptionalInt numberConcurrency, OptionalInt organisationConcurrency) {
        this(callerRate, numberConcurrency, organisationConcurrency, Optional.empty());
    }

    /**
     * @param calls most calls in the window, 1 or more
     * @param windowSeconds length of the sliding window
     * @param scope what the window counts: a number that sets its own rate has its own window
     */
    public record CallerRate(int calls, int windowSeconds, RateScope scope) {}
}
