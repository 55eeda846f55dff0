package dev.trunkline.events;

import java.time.Instant;
import java.util.Optional;

/**
 * An INVITE from a known trunk arrived.
 *
 * @param edge id of the edge that owns the dialog
 * @param trunk the trunk that the source address or the credentials belong to
 * @param sipCallId SIP Call-ID; digits of the caller's number in it are masked
 * @param called the dialled number in E.164 if the trunk's number plan knows it, else as received
 * @param calledAsReceived the same before normalisation: the user part of the Request-URI, or of the header that
 *     {@code numbersFrom} names
 * @param caller the pseudonymous caller
 * @param sealed {@link dev.trunkline.events.privacy.CallerSecrets}, sealed: raw number, display name, headers
 * @param sdpOffer the SDP of the INVITE, without the lines that may name a person (RFC 8866 o= user, s=, i=, u=, e=, p=); empty
 *     if it had none: in that case the relay offers, in {@link MediaReady} of revision 0. Keys for SRTP (RFC 4568) are sealed:
 *     {@code a=crypto} has {@code sealed:<key>} in place of the {@code inline:<key>} that the phone wrote
 * @param source packet source, {@code address:port}
 * @param deadline if there is no decision by then, the edge answers 503
 * @param purpose empty for a call by somebody who wants to talk
 * @param numbersFrom where the two numbers were read, if not in the usual places: the dialled one in the Request-URI and the
 *     caller's in From
 * @param sealedHead sealed: the fields of the INVITE that an answer repeats (RFC 3261 section 8.2.6.2), so that the edge's
 *     replacement can answer it; empty for an INVITE that came over a connection, which ended with the edge, and in the events
 *     that repeat this one
 */
public record InviteReceived(
        CallId callId,
        String edge,
        TrunkRef trunk,
        String sipCallId,
        String called,
        String calledAsReceived,
        Caller caller,
        String sealed,
        String sdpOffer,
        String source,
        Instant receivedAt,
        Instant deadline,
        Optional<NumbersFrom> numbersFrom,
        Optional<CallPurpose> purpose,
        Optional<String> sealedHead)
        implements CallEvent {

    public InviteReceived {
        numbersFrom = numbersFrom == null ? Optional.empty() : numbersFrom;
        purpose = purpose == null ? Optional.empty() : purpose;
        sealedHead = sealedHead == null ? Optional.empty() : sealedHead;
    }

    /** An invite by somebody who wants to talk, with its numbers in the usual places, which a replacement of the edge does not answer. */
    public InviteReceived(
            CallId callId,
            String edge,
            TrunkRef trunk,
            String sipCallId,
            String called,
            String calledAsReceived,
            Caller caller,
            String sealed,
            String sdpOffer,
            String source,
            Instant receivedAt,
            Instant deadline) {
        this(callId, edge, trunk, sipCallId, called, calledAsReceived, caller, sealed, sdpOffer, source, receivedAt,
                deadline, Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** Returns the same invite with another session description. */
    public InviteReceived withSdpOffer(String description) {
        return new InviteReceived(
                callId, edge, trunk, sipCallId, called, calledAsReceived, caller, sealed, description, source, receivedAt,
                deadline, numbersFrom, purpose, sealedHead);
    }

    /** Returns the part of the invite that other events repeat. */
    public InviteReceived withoutHead() {
        return sealedHead.isEmpty()
                ? this
                : new InviteReceived(
                        callId, edge, trunk, sipCallId, called, calledAsReceived, caller, sealed, sdpOffer, source, receivedAt,
                        deadline, numbersFrom, purpose, Optional.empty());
    }
}
