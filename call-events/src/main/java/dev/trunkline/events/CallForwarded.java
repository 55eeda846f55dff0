package dev.trunkline.events;

import java.util.List;

/**
 * The router's decision: the call is forwarded to another SIP address instead of a room.
 *
 * @param number the organisation's number that was called, E.164
 * @param target SIP URI
 * @param why one sentence: the rule or the webhook that decided it
 * @param trace each step of the decision, in order
 */
public record CallForwarded(
        CallId callId,
        InviteReceived invite,
        OrganisationRef organisation,
        String number,
        RuleRef rule,
        String target,
        String why,
        List<TraceStep> trace)
        implements CallEvent {

    public CallForwarded {
        trace = List.copyOf(trace);
    }
}
