package dev.trunkline.edge.sip;

import java.util.Map;
import java.util.Optional;

/**
 * A final response to a request of ours.
 *
 * @param fromTag our tag
 * @param contact the URI of its Contact
 * @param sdp its session description, if it has one
 */
public record SipAnswer(
        int status,
        String method,
        long cseq,
        String callId,
        String fromTag,
        String toTag,
        Optional<String> contact,
        SipHeaders headers,
        Optional<String> sdp) {

    /** What a transaction without a response comes to: 408 if none came in time, 503 if it could not be sent. */
    public static SipAnswer missing(OutgoingRequest request, int status) {
        return new SipAnswer(status, request.method(), request.cseq(), request.callId(), request.fromTag(),
                request.toTag(), Optional.empty(), SipHeaders.of(Map.of()), Optional.empty());
    }

    public boolean accepts() {
        return status / 100 == 2;
    }

    /** Says nothing of the person. */
    @Override
    public String toString() {
        return status + " to " + method + " " + cseq;
    }
}
