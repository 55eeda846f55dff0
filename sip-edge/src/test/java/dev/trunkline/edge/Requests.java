package dev.trunkline.edge;

import dev.trunkline.sip.message.MessageParser;
import dev.trunkline.sip.message.Parsed;
import dev.trunkline.sip.message.Party;
import dev.trunkline.sip.message.SipRequest;
import dev.trunkline.sip.message.SipResponse;
import dev.trunkline.sip.net.PacketSource;
import dev.trunkline.sip.net.SipTransportKind;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Messages as the stack would have read them, made without a wire. */
public final class Requests {
    private static final String URI = "sip:+3225550100@edge";
    private static final PacketSource SOURCE =
            new PacketSource(InetAddress.ofLiteral("203.0.113.5"), 5066, SipTransportKind.UDP);

    private Requests() {}

    public static SipRequest invite(Party from, Map<String, List<String>> headers, List<String> recordRoutes) {
        return invite(URI, from, headers, recordRoutes, "application/sdp", "v=0\r\n");
    }

    /** Returns an empty result if the stack would not let such an INVITE through. */
    public static Optional<SipRequest> anyInvite(Party from, Map<String, List<String>> headers) {
        Parsed parsed = parsed("INVITE", URI, "call@host", from, headers, List.of(), "application/sdp", "v=0\r\n", SOURCE);
        return parsed instanceof Parsed.Request read ? Optional.of(read.request()) : Optional.empty();
    }

    public static SipRequest invite(String callId, Party from, Map<String, List<String>> headers) {
        return request("INVITE", URI, callId, from, headers, List.of(), "application/sdp", "v=0\r\n", SOURCE);
    }

    public static SipRequest invite(
            String uri,
            Party from,
            Map<String, List<String>> headers,
            List<String> recordRoutes,
            String contentType,
            String body) {
        return request("INVITE", uri, "call@host", from, headers, recordRoutes, contentType, body, SOURCE);
    }

    /** A request without a body. */
    public static SipRequest request(
            String method, String uri, Party from, Map<String, List<String>> headers, PacketSource source) {
        return request(method, uri, "call@host", from, headers, List.of(), "", "", source);
    }

    private static SipRequest request(
            String method,
            String uri,
            String callId,
            Party from,
            Map<String, List<String>> headers,
            List<String> recordRoutes,
            String contentType,
            String body,
            PacketSource source) {
        return switch (parsed(method, uri, callId, from, headers, recordRoutes, contentType, body, source)) {
            case Parsed.Request read -> read.request();
            case Parsed.Refused refused -> throw new AssertionError(refused.flaw());
            case Parsed other -> throw new AssertionError(other);
        };
    }

    private static Parsed parsed(
            String method,
            String uri,
            String callId,
            Party from,
            Map<String, List<String>> headers,
            List<String> recordRoutes,
            String contentType,
            String body,
            PacketSource source) {
        var text = new StringBuilder()
                .append(method).append(' ').append(uri).append(" SIP/2.0\r\n")
                .append("Via: SIP/2.0/UDP 203.0.113.5:5066;branch=z9hG4bK1\r\n")
                .append("From: ")
                .append(from.displayName().map(name -> "\"" + name + "\" ").orElse(""))
                .append('<').append(from.uri()).append('>')
                .append(from.tag().map(tag -> ";tag=" + tag).orElse("")).append("\r\n")
                .append("To: <").append(URI).append(">\r\n")
                .append("Call-ID: ").append(callId).append("\r\n")
                .append("CSeq: 7 ").append(method).append("\r\n")
                .append("Contact: <sip:anna@192.0.2.1:5062>\r\n");
        recordRoutes.forEach(route -> text.append("Record-Route: ").append(route).append("\r\n"));
        headers.forEach((name, values) ->
                values.forEach(value -> text.append(name).append(": ").append(value).append("\r\n")));
        if (!contentType.isEmpty()) {
            text.append("Content-Type: ").append(contentType).append("\r\n");
        }
        byte[] octets = text.append("\r\n").append(body).toString().getBytes(StandardCharsets.UTF_8);
        return MessageParser.parse(octets, source);
    }

    /** Returns a response in the dialog of {@code callId}. */
    public static SipResponse response(
            int status, String method, long cseq, String callId, String fromTag, String toTag, String contact,
            Map<String, List<String>> headers) {
        return response(status, method, cseq, callId, fromTag, toTag, contact, headers, Optional.empty());
    }

    /** Returns the same response with a session description. */
    public static SipResponse response(
            int status, String method, long cseq, String callId, String fromTag, String toTag, String contact,
            Map<String, List<String>> headers, Optional<String> description) {
        var text = new StringBuilder("SIP/2.0 " + status + " Said\r\n"
                + "Via: SIP/2.0/UDP 192.0.2.10:5060;branch=z9hG4bKours\r\n"
                + "From: <sip:us@edge>;tag=" + fromTag + "\r\nTo: <sip:them@host>;tag=" + toTag + "\r\n"
                + "Call-ID: " + callId + "\r\nCSeq: " + cseq + " " + method + "\r\nContact: <" + contact + ">\r\n");
        headers.forEach((name, values) ->
                values.forEach(value -> text.append(name).append(": ").append(value).append("\r\n")));
        String body = description.orElse("");
        description.ifPresent(sdp -> text.append("Content-Type: application/sdp\r\n"));
        byte[] octets = text.append("Content-Length: ").append(body.length()).append("\r\n\r\n").append(body).toString().getBytes(StandardCharsets.UTF_8);
        return switch (MessageParser.parse(octets, SOURCE)) {
            case Parsed.Response read -> read.response();
            case Parsed other -> throw new AssertionError(other + " for\n" + text);
        };
    }

    public static Party from(String user, String host, String name) {
        return new Party("sip:" + user + "@" + host, user, host, Optional.of(name).filter(text -> !text.isEmpty()),
                Optional.of("fromtag"));
    }
}
