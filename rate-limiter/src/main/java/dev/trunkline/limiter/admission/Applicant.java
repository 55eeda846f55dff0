package dev.trunkline.limiter.admission;

import dev.trunkline.events.CallId;
import dev.trunkline.events.CallRouted;
import dev.trunkline.events.Envelope.Owners;
import dev.trunkline.events.Limits;

/**
 * A call that asks to be let in.
 *
 * @param pseudonym the caller's, never the number
 * @param edge who holds the dialog, so that the call's end can be told if the edge is lost; empty if unknown
 */
public record Applicant(
        CallId callId, String pseudonym, String organisationId, String number, Limits limits, String edge) {

    public static Applicant of(CallRouted routed, Owners owners) {
        return new Applicant(
                routed.callId(),
                routed.invite().caller().pseudonym(),
                routed.organisation().id(),
                routed.number(),
                routed.limits(),
                owners.edge().orElse(""));
    }
}
