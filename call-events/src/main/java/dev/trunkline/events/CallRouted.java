package dev.trunkline.events;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * The router's decision: where the call goes, and why. It carries the invite, so that a reader needs no earlier event.
 *
 * @param number the organisation's number that was called, E.164
 * @param room LiveKit room name; a caller in it is a pseudonym, never a number
 * @param agents agents to dispatch explicitly; empty leaves it to LiveKit's automatic dispatch
 * @param config merged configuration: suite, then organisation, then number
 * @param patienceSeconds how long to wait for an agent
 * @param trace each step of the decision, in order
 */
public record CallRouted(
        CallId callId,
        InviteReceived invite,
        OrganisationRef organisation,
        String number,
        RuleRef rule,
        String room,
        List<Agent> agents,
        ObjectNode config,
        Limits limits,
        AnswerPolicy answerPolicy,
        int patienceSeconds,
        List<TraceStep> trace)
        implements CallEvent {

    public CallRouted {
        agents = List.copyOf(agents);
        trace = List.copyOf(trace);
    }
}
