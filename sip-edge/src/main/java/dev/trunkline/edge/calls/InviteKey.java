package dev.trunkline.edge.calls;

import dev.trunkline.sip.message.SipRequest;

/** What an INVITE, its CANCEL and its copies by another path have in common (RFC 3261 section 8.2.2.2). */
record InviteKey(String sipCallId, String fromTag, long cseq) {

    static InviteKey of(SipRequest request) {
        return new InviteKey(request.callId(), request.from().tag().orElse(""), request.cseq());
    }

    /** Hides all fields: a SIP Call-ID can contain the caller's number. */
    @Override
    public String toString() {
        return "InviteKey[…]";
    }
}
