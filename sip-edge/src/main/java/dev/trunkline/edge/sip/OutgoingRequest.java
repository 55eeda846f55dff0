package dev.trunkline.edge.sip;

import java.util.List;
import java.util.Optional;

/**
 * A request of ours within a dialog, routed already (RFC 3261 section 12.2.1.1).
 *
 * @param routes the Route values, in order
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
        SipTransportKind transport,
        Optional<Hop> hop) {

    public OutgoingRequest {
        routes = List.copyOf(routes);
        headers = List.copyOf(headers);
    }

    /** An address to send to. */
    public record Hop(String host, int port) {}

    @Override
    public String toString() {
        return method + " " + cseq;
    }
}
