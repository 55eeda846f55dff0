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
 * A request for somebody to come to a call.
 *
 * @param cause the event that makes it: an admission, a departure, or a person who hands the caller
 *     back
 * @param left who had answered before, if everybody left
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

    /** Whether somebody is with the caller, and stays if nobody comes. */
    boolean isAttended() {
        return cause.record() instanceof AgentWanted;
    }

    /** Returns the same request for a call that is in another room than its route's. */
    Wanted in(String room) {
        return new Wanted(cause, route.in(room), plan, left);
    }

    /** For log lines. */
    CallLabel label() {
        return CallLabel.of(route);
    }
}
