package dev.trunkline.edge.dialog;

import dev.trunkline.sip.message.SipRequest;

/** A dialog's id (RFC 3261 section 12) from our side. */
public record DialogKey(String sipCallId, String localTag, String remoteTag) {

    /** Returns the dialog that a received request names. */
    public static DialogKey of(SipRequest request) {
        return new DialogKey(
                request.callId(), request.to().tag().orElse(""), request.from().tag().orElse(""));
    }

    /** Hides all fields: a SIP Call-ID can contain the caller's number. */
    @Override
    public String toString() {
        return "DialogKey[…]";
    }
}
