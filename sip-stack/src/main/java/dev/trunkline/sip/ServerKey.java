package dev.trunkline.sip;

import dev.trunkline.sip.message.SipRequest;

/**
 * The key of a server transaction (RFC 3261 section 17.2.3).
 *
 * @param branch of the topmost Via; for a client older than RFC 3261, whose branch is not unique, the other fields that
 *     identify its request
 * @param sentBy of the topmost Via
 * @param method of the request that began it: an ACK belongs to its INVITE
 */
record ServerKey(String branch, String sentBy, String method) {
    private static final String MAGIC_COOKIE = "z9hG4bK";

    /** Returns the key of the transaction that a request begins or belongs to. */
    static ServerKey of(SipRequest request) {
        return of(request, request.method().equals(SipRequest.ACK) ? SipRequest.INVITE : request.method());
    }

    /** Returns the key of the INVITE that a CANCEL refers to (RFC 3261 section 9.2). */
    static ServerKey ofCancelled(SipRequest cancel) {
        return of(cancel, SipRequest.INVITE);
    }

    private static ServerKey of(SipRequest request, String method) {
        String branch = request.branch();
        boolean names = branch.regionMatches(true, 0, MAGIC_COOKIE, 0, MAGIC_COOKIE.length());
        return new ServerKey(names ? branch : older(request), request.via().sentBy(), method);
    }

    /** Leaves out the To tag, which an INVITE lacks and its ACK has. */
    private static String older(SipRequest request) {
        return String.join("\n", request.branch(), request.callId(), request.from().tag().orElse(""),
                Long.toString(request.cseq()), request.requestUri());
    }
}
