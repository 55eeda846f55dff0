package dev.trunkline.dispatcher.calls;

import dev.trunkline.bus.CallLabel;
import dev.trunkline.dispatcher.watch.Plan;
import dev.trunkline.events.AgentLeft;
import dev.trunkline.events.CallAdmitted;
import dev.trunkline.events.CallRouted;
import dev.trunkline.events.Envelope;
import java.util.Optional;

/**
 * Somebody is wanted for a call.
 *
 * @param cause the event that says so: an admission, or a departure
 * @param left who had answered before, where everybody left
 */
record Wanted(Envelope cause, CallRouted route, Plan plan, Optional<String> left) {

    static Wanted of(Envelope cause, CallAdmitted admitted) {
        return new Wanted(cause, admitted.route(), Plan.of(admitted.route()), Optional.empty());
    }

    static Wanted of(Envelope cause, AgentLeft left, CallRouted route) {
        return new Wanted(cause, route, Plan.of(route).afterLeaving(), Optional.of(left.agent()));
    }

    /** The same for a call that is in another room than its route's. */
    Wanted in(String room) {
        return new Wanted(cause, route.in(room), plan, left);
    }

    /** For lines of the log. */
    CallLabel label() {
        return CallLabel.of(route);
    }
}
