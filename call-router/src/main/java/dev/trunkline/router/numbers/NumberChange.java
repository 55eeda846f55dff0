package dev.trunkline.router.numbers;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trunkline.router.directory.AnnouncementChoice;
import java.util.Optional;
import java.util.OptionalInt;

/** The requested changes of a number; empty fields stay unchanged. */
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

    /** Returns true if only an admin may make the change. */
    boolean needsAdmin() {
        return maxConcurrentCalls.isPresent() || callerRate.isPresent() || agentInstance.isPresent() || announcement.isPresent();
    }

    /**
     * Keeps the tenant's own limits within what the admin grants, including a limit that was within them until the
     * admin granted less.
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
