package dev.trunkline.sip.fuzz;

import dev.trunkline.sip.torture.TortureMessages;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The messages to damage: those of RFC 4475, and valid ones of every method with a body and headers such as trunks send. */
public final class Corpus {
    private static final List<String> METHODS = List.of("INVITE", "ACK", "BYE", "CANCEL", "OPTIONS", "UPDATE", "INFO",
            "NOTIFY", "REFER", "PRACK", "REGISTER", "MESSAGE", "SUBSCRIBE", "PUBLISH");
    private static final String SDP = """
            v=0\r
            o=- 20518 0 IN IP4 203.0.113.1\r
            s= \r
            c=IN IP4 203.0.113.1\r
            b=AS:64\r
            t=0 0\r
            m=audio 54609 RTP/SAVP 8 0 9 101\r
            a=rtpmap:8 PCMA/8000\r
            a=rtpmap:101 telephone-event/8000\r
            a=fmtp:101 0-16\r
            a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:PS1uQCVeeCFCanVmcjkpPywjNWhcYD0mXXtxaVBR|2^20|1:32\r
            a=ptime:20\r
            a=sendrecv\r
            """;

    private Corpus() {}

    /** @param port to which responses go */
    public static List<byte[]> all(int port) {
        var all = new ArrayList<byte[]>();
        TortureMessages.NAMES.forEach(name -> all.add(TortureMessages.of(name, port)));
        for (int i = 0; i < 3; i++) {
            for (String method : METHODS) {
                all.add(request(method, i, port).getBytes(StandardCharsets.ISO_8859_1));
            }
        }
        all.add(("SIP/2.0 200 OK\r\nVia: SIP/2.0/UDP 127.0.0.1:" + port + ";branch=z9hG4bKr;rport=5060;received=127.0.0.1\r\n"
                + "From: <sip:a@b>;tag=1\r\nTo: <sip:c@d>;tag=2\r\nCall-ID: r\r\nCSeq: 1 BYE\r\nContent-Length: 0\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
        // Messages that once revealed a defect are kept here.
        Stream.of("ACK sip:a@b SIP/2.0\r\nVia: SIP/2.0/UDP 127.0.0.1:" + port + "\r\n~Contact: <sip:a@b>\r\n",
                        "INVITE sip:a@b SIP/2.0\r\nVia: SIP/2.0/UDP 127.0.0.1:" + port + ";branch=z9hG4bKa\r\n~Contact: *\r\n",
                        "INVITE sip:a@b SIP/2.0\r\nVia: SIP/2.0/UDP 127.0.0.1:" + port + ";branch=z9hG4bKb\r\n~X: a\n\n\r\n",
                        "INVITE sip:a@b SIP/2.0\r\nVia: SIP/2.0/UDP 127.0.0.1:" + port + ";branch=z9hG4bKc\r\n~ \r\n \r\nX: y\r\n",
                        "OPTIONS sip:a@b SIP/2.0\r\nVia: SIP/2.0/UDP 127.0.0.1:" + port + ";branch=z9hG4bKd\r\n~Contact: "
                                + "a ".repeat(3000) + "\u0001<sip:a@b>\r\n")
                .map(text -> text.replace("~", "From: <sip:a@b>;tag=1\r\nTo: <sip:c@d>\r\nCall-ID: found\r\nCSeq: 1 "
                        + text.substring(0, text.indexOf(' ')) + "\r\nMax-Forwards: 70\r\n") + "\r\n")
                .forEach(text -> all.add(text.getBytes(StandardCharsets.ISO_8859_1)));
        all.add("\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        all.add(new byte[] {0, 1, 0, 0, 0x21, 0x12, (byte) 0xa4, 0x42, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12});
        return all;
    }

    private static String request(String method, int kind, int port) {
        boolean offers = List.of("INVITE", "UPDATE", "ACK", "PRACK").contains(method);
        String body = offers ? SDP : method.equals("INFO") ? "Signal=5\r\nDuration=160\r\n" : "";
        String type = offers ? "application/sdp" : "application/dtmf-relay";
        return method + " " + List.of("sip:+3225550100@127.0.0.1:5060;user=phone", "sips:+32;phone-context=be@[::1]",
                        "tel:+3225550100;isub=1").get(kind) + " SIP/2.0\r\n"
                + "Via: SIP/2.0/UDP 127.0.0.1:" + port + ";branch=z9hG4bK" + method + kind + ";rport\r\n"
                + "Record-Route: <sip:proxy.example;lr>, <sip:203.0.113.7;transport=tcp;lr>\r\n"
                + "Max-Forwards: 70\r\n"
                + "From: \"Anna, \\\"A\\\"\" <sip:+32475112233@pbx.example;user=phone>;tag=f" + kind + "\r\n"
                + "To: <sip:+3225550100@127.0.0.1>" + (kind == 1 ? ";tag=us" : "") + "\r\n"
                + "Call-ID: " + method + kind + "@203.0.113.5\r\n"
                + "CSeq: 1 " + method + "\r\n"
                + "Contact: <sip:anna@127.0.0.1:" + port + ";transport=udp>;expires=60\r\n"
                + "P-Asserted-Identity: \"Anna\" <sip:+32475112233@pbx.example>, <tel:+32475112233>\r\n"
                + "Diversion: <sip:+3225550199@pbx.example>;reason=unconditional;counter=1\r\n"
                + "History-Info: <sip:+3225550198@pbx.example?Reason=SIP%3Bcause%3D302>;index=1\r\n"
                + "Privacy: id;header\r\nSupported: timer, 100rel, replaces\r\nSession-Expires: 1800;refresher=uac\r\n"
                + "Min-SE: 90\r\nX-Ticket: 42\r\nSubscription-State: active\r\nEvent: refer\r\nRAck: 1 1 INVITE\r\n"
                + "Authorization: Digest username=\"a\", realm=\"b\", nonce=\"c\", uri=\"sip:d\", response=\"e\", qop=auth, nc=1\r\n"
                + "Identity: eyJhbGciOiJFUzI1NiJ9.e30.sig;info=<https://x.example/c>;alg=ES256;ppt=shaken\r\n"
                + (body.isEmpty() ? "" : "Content-Type: " + type + "\r\n")
                + "Content-Length: " + body.length() + "\r\n\r\n" + body;
    }
}
