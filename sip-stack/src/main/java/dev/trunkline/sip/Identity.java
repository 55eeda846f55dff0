package dev.trunkline.sip;

import dev.trunkline.sip.message.SipRequest;
import java.util.Optional;

/** Identifies copies of a request outside a dialog that arrive by two paths (RFC 3261 section 8.2.2.2). */
record Identity(String callId, String fromTag, long cseq, String method) {

    /** @return empty for a request that is never merged: one in a dialog, or a CANCEL, which has its INVITE's CSeq number */
    static Optional<Identity> of(SipRequest request) {
        return request.inDialog() || request.method().equals(SipRequest.CANCEL)
                ? Optional.empty()
                : Optional.of(new Identity(
                        request.callId(), request.from().tag().orElse(""), request.cseq(), request.method()));
    }
}
