package dev.trunkline.sip.message;

import dev.trunkline.sip.net.SipTransportKind;
import java.util.List;
import java.util.Optional;

/**
 * A request of ours within a dialog, routed already (RFC 3261 section 12.2.1.1).
 *
 * @param routes the Route values, in order
 * @param sdp its body, if any
 * @param contact whether our Contact goes with it: an INVITE or UPDATE must have one
 * @param hop where to send it if not where the first route or the Request-URI says
 */
public record OutgoingRequest(
        String method,
        String requestUri,
        List<String> routes,
        String callId,
        String fromUri,
        String fromTag,
        String toUri,
        String toTag,
        long cseq,
        List<SipHeader> headers,
        Optional<String> sdp,
        boolean contact,
        SipTransportKind transport,
        Optional<Hop> hop) {

    public OutgoingRequest {
        routes = List.copyOf(routes);
        headers = List.copyOf(headers);
    }

    /** Without a body and a Contact. */
    public OutgoingRequest(
            String method,
            String requestUri,
            List<String> routes,
            String callId,
            String fromUri,
            String fromTag,
            String toUri,
            String toTag,
            long cseq,
            List<SipHeader> headers,
            SipTransportKind transport,
            Optional<Hop> hop) {
        this(method, requestUri, routes, callId, fromUri, fromTag, toUri, toTag, cseq, headers, Optional.empty(), false,
                transport, hop);
    }

    /** An address to send to. */
    public record Hop(String host, int port) {}

    /** With our Contact and, where there is one, a session description. */
    public OutgoingRequest refreshing(Optional<String> description) {
        return new OutgoingRequest(method, requestUri, routes, callId, fromUri, fromTag, toUri, toTag, cseq, headers,
                description, true, transport, hop);
    }

    /** The ACK of its 2xx (RFC 3261 section 13.2.2.4). */
    public OutgoingRequest ack() {
        return new OutgoingRequest(SipRequest.ACK, requestUri, routes, callId, fromUri, fromTag, toUri, toTag, cseq,
                List.of(), Optional.empty(), false, transport, hop);
    }

    @Override
    public String toString() {
        return method + " " + cseq;
    }
}
