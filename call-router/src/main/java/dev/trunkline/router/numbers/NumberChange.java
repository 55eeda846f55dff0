package dev.trunkline.router.numbers;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trunkline.router.directory.AnnouncementChoice;
import java.util.Optional;
import java.util.OptionalInt;

/** What shall be different about a number; what is empty stays. */
record NumberChange(
        Optional<String> label,
        Optional<Boolean> active,
        Optional<ObjectNode> configOverride,
        Optional<OptionalInt> ownConcurrentCalls,
        Optional<Optional<NumberView.Rate>> ownCallerRate,
        OptionalInt maxConcurrentCalls,
        Optional<Optional<NumberView.Rate>> callerRate,
        Optional<Optional<String>> agentInstance,
        Optional<Optional<AnnouncementChoice>> announcement) {

    /** True if only the admin may change that. */
    boolean needsAdmin() {
        return maxConcurrentCalls.isPresent() || callerRate.isPresent() || agentInstance.isPresent() || announcement.isPresent();
    }

    /**
     * Keeps the tenant's own limits within what the admin grants: also one that was within until the admin granted less.
     */
    NumberChange within(NumberView number) {
        boolean tooMany = ownConcurrentCalls.isEmpty()
                && number.ownConcurrentCalls().orElse(0) > number.maxConcurrentCalls();
        boolean tooOften = ownCallerRate.isEmpty()
                && number.ownCallerRate().isPresent()
                && number.ownCallerRate().filter(own -> number.callerRate().filter(own::within).isPresent()).isEmpty();
        return new NumberChange(
                label, active, configOverride,
                tooMany ? Optional.of(OptionalInt.empty()) : ownConcurrentCalls,
                tooOften ? Optional.of(Optional.empty()) : ownCallerRate,
                maxConcurrentCalls, callerRate, agentInstance, announcement);
    }
}
