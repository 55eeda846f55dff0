package dev.trunkline.dispatcher.calls;

import dev.trunkline.bus.CallLabel;
import dev.trunkline.dispatcher.watch.Plan;
import dev.trunkline.events.AgentLeft;
import dev.trunkline.events.AgentWanted;
import dev.trunkline.events.CallAdmitted;
import dev.trunkline.events.CallRouted;
import dev.trunkline.events.Envelope;
import java.util.Optional;

/**
 * Somebody is wanted for a call.
 *
 * @param cause the event that says so: an admission, a departure, or a person who gives the caller back
 * @param left who had answered before, where everybody left
 */
record Wanted(Envelope cause, CallRouted route, Plan plan, Optional<String> left) {

    static Wanted of(Envelope cause, CallAdmitted admitted) {
        return new Wanted(cause, admitted.route(), Plan.of(admitted.route()), Optional.empty());
    }

    static Wanted of(Envelope cause, AgentLeft left, CallRouted route) {
        return new Wanted(cause, route, Plan.of(route).afterLeaving(), Optional.of(left.agent()));
    }

    static Wanted of(Envelope cause, AgentWanted back, CallRouted route) {
        return new Wanted(cause, route, Plan.of(route).backToAgents(back.agent()), Optional.empty());
    }

    /** Whether somebody is with the caller, and stays where nobody comes. */
    boolean isAttended() {
        return cause.record() instanceof AgentWanted;
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
