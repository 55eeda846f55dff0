package dev.trunkline.bench;

import java.net.InetSocketAddress;

/** One INVITE as text, and the ACK to its refusal (RFC 3261 sections 7 and 17.1.1.3). */
final class RefusedInvite {
    private static final String SDP = String.join("\r\n",
            "v=0", "o=- 1 1 IN IP4 127.0.0.1", "s=-", "c=IN IP4 127.0.0.1", "t=0 0", "m=audio 40000 RTP/AVP 0 8",
            "a=rtpmap:0 PCMU/8000", "a=rtpmap:8 PCMA/8000", "");

    private final String callId;
    private final String start;
    private final String via;
    private final String from;
    private final String to;
    private final String contact;

    RefusedInvite(InetSocketAddress local, InetSocketAddress edge, String number, int index) {
        String own = local.getHostString() + ":" + local.getPort();
        String target = "sip:" + number + "@" + edge.getHostString() + ":" + edge.getPort();
        String caller = "+3247%07d".formatted(index % 10_000_000);
        callId = "bench-" + local.getPort() + "-" + index + "-" + Long.toHexString(System.nanoTime());
        start = " " + target + " SIP/2.0";
        via = "Via: SIP/2.0/UDP " + own + ";branch=z9hG4bK" + callId + ";rport";
        from = "From: <sip:" + caller + "@" + own + ">;tag=b" + index;
        to = "To: <" + target + ">";
        contact = "Contact: <sip:bench@" + own + ">";
    }

    String callId() {
        return callId;
    }

    String request() {
        return String.join("\r\n",
                "INVITE" + start, via, "Max-Forwards: 70", from, to, "Call-ID: " + callId, "CSeq: 1 INVITE", contact,
                "Content-Type: application/sdp", "Content-Length: " + SDP.length(), "", SDP);
    }

    String ack(String refusal) {
        return String.join("\r\n",
                "ACK" + start, via, "Max-Forwards: 70", from, "To: " + header(refusal, "To"), "Call-ID: " + callId,
                "CSeq: 1 ACK", "Content-Length: 0", "", "");
    }

    /** Returns the status; 0 for a request. */
    static int status(String message) {
        return message.startsWith("SIP/2.0 ") ? Integer.parseInt(message.substring(8, 11)) : 0;
    }

    /** Returns the first header of this name; empty if there is none. */
    static String header(String message, String name) {
        return message.lines()
                .filter(line -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1))
                .map(line -> line.substring(name.length() + 1).strip())
                .findFirst()
                .orElse("");
    }
}
