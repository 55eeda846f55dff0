package dev.trunkline.sip;

import dev.trunkline.sip.message.SipRequest;
import java.util.Optional;

/**
 * What a request outside a dialog has in common with itself where it comes by two ways (RFC 3261 section 8.2.2.2).
 */
record Identity(String callId, String fromTag, long cseq, String method) {

    /** @return empty for a request that is never merged: in a dialog, or a CANCEL, which has its INVITE's number */
    static Optional<Identity> of(SipRequest request) {
        return request.inDialog() || request.method().equals(SipRequest.CANCEL)
                ? Optional.empty()
                : Optional.of(new Identity(
                        request.callId(), request.from().tag().orElse(""), request.cseq(), request.method()));
    }
}
