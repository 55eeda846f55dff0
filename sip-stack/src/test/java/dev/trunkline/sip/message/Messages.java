package dev.trunkline.sip.message;

import dev.trunkline.sip.net.PacketSource;
import dev.trunkline.sip.net.SipTransportKind;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;

/** Messages that the tests of this package read. */
final class Messages {
    static final PacketSource SOURCE =
            new PacketSource(InetAddress.ofLiteral("203.0.113.5"), 4711, SipTransportKind.UDP);

    static final String SOUND = """
            INVITE sip:+3225550100@edge.example SIP/2.0\r
            Via: SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bK1;rport, SIP/2.0/TLS [2001:db8::1]:5061;branch=z9hG4bK0\r
            Max-Forwards: 70\r
            From: "Anna \\"A\\" <x>, B" <sip:+32475112233@pbx.example;user=phone>;tag=1\r
            To: <sip:+3225550100@edge.example>\r
            Call-ID: a@b\r
            CSeq: 7 INVITE\r
            Contact: <sip:anna@[2001:db8::1]:5062;ob>;+sip.instance="<urn:uuid:0>";expires=60\r
            Content-Length: 2\r
            \r
            v=""";

    static final String ANSWER = """
            SIP/2.0 200 OK\r
            Via: SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bK1;rport=5060;received=192.0.2.1\r
            From: <sip:us@edge.example>;tag=us\r
            To: <sip:them@pbx.example>;tag=them\r
            Call-ID: a@b\r
            CSeq: 8 INVITE\r
            Contact: <sip:them@192.0.2.9:5070;transport=tcp>\r
            Content-Length: 0\r
            \r
            """;

    private Messages() {}

    static byte[] octets(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    static String text(byte[] octets) {
        return new String(octets, StandardCharsets.ISO_8859_1);
    }

    static Parsed parse(String text) {
        return MessageParser.parse(octets(text), SOURCE);
    }

    static SipRequest request(String text) {
        return switch (parse(text)) {
            case Parsed.Request request -> request.request();
            case Parsed other -> throw new AssertionError(other + " for\n" + text);
        };
    }

    static SipResponse response(String text) {
        return switch (parse(text)) {
            case Parsed.Response response -> response.response();
            case Parsed other -> throw new AssertionError(other + " for\n" + text);
        };
    }

    /** Returns "taken", the status and text of a rejection, or "ignored". */
    static String outcome(String text) {
        return switch (parse(text)) {
            case Parsed.Request request -> "taken";
            case Parsed.Response response -> "taken";
            case Parsed.Refused refused -> refused.flaw().status() + " " + refused.flaw().text();
            case Parsed.Ignored ignored -> "ignored";
        };
    }

    /** Returns the valid request with another line for this field; an empty line removes the field. */
    static String with(String field, String line) {
        return with(SOUND, field, line);
    }

    static String with(String message, String field, String line) {
        int begin = message.indexOf("\r\n" + field + ": ") + 2;
        int end = message.indexOf("\r\n", begin) + 2;
        return message.substring(0, begin) + (line.isEmpty() ? "" : line + "\r\n") + message.substring(end);
    }
}
