package dev.trunkline.sip.message;

import dev.trunkline.sip.net.SipTransportKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An outgoing request, already routed: within a dialog (RFC 3261 section 12.2.1.1), or outside a dialog, without a tag in To.
 *
 * @param routes the Route values, in order
 * @param sdp its body, if any
 * @param contact whether it carries our Contact: an INVITE, UPDATE or REGISTER must have one
 * @param transport of its dialog, used if its next hop names none. Outside a dialog DNS may give another
 * @param hop where to send it instead of to the first route or the Request-URI
 * @param contactUser the user part of that Contact; empty for the stack's
 * @param fromName the display name in From; empty for none
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
        Optional<Hop> hop,
        Optional<String> contactUser,
        String fromName) {

    public OutgoingRequest {
        routes = List.copyOf(routes);
        headers = List.copyOf(headers);
    }

    /** Creates a request with the stack's Contact, if it has one, and without a name in From. */
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
            Optional<String> sdp,
            boolean contact,
            SipTransportKind transport,
            Optional<Hop> hop) {
        this(method, requestUri, routes, callId, fromUri, fromTag, toUri, toTag, cseq, headers, sdp, contact, transport, hop,
                Optional.empty(), "");
    }

    /** Creates a request without a body and a Contact. */
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

    /** Returns a copy with our Contact and, if given, a session description. */
    public OutgoingRequest refreshing(Optional<String> description) {
        return new OutgoingRequest(method, requestUri, routes, callId, fromUri, fromTag, toUri, toTag, cseq, headers,
                description, true, transport, hop, contactUser, fromName);
    }

    /** Returns a copy with a Contact that has this user part, which identifies the purpose of requests sent to it. */
    public OutgoingRequest reachedAs(String user) {
        return new OutgoingRequest(method, requestUri, routes, callId, fromUri, fromTag, toUri, toTag, cseq, headers, sdp,
                true, transport, hop, Optional.of(user), fromName);
    }

    /** Returns a copy with another CSeq number and additional headers. */
    public OutgoingRequest again(long number, List<SipHeader> more) {
        var all = new ArrayList<>(headers);
        all.addAll(more);
        return new OutgoingRequest(method, requestUri, routes, callId, fromUri, fromTag, toUri, toTag, number, all, sdp,
                contact, transport, hop, contactUser, fromName);
    }

    /** Returns a copy with a name in From. */
    public OutgoingRequest named(String name) {
        return new OutgoingRequest(method, requestUri, routes, callId, fromUri, fromTag, toUri, toTag, cseq, headers, sdp, contact,
                transport, hop, contactUser, name);
    }

    /** Returns the ACK of its 2xx (RFC 3261 section 13.2.2.4). */
    public OutgoingRequest ack() {
        return new OutgoingRequest(SipRequest.ACK, requestUri, routes, callId, fromUri, fromTag, toUri, toTag, cseq,
                List.of(), Optional.empty(), false, transport, hop);
    }

    @Override
    public String toString() {
        return method + " " + cseq;
    }
}
