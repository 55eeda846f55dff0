package dev.trunkline.sip.message;

import dev.trunkline.sip.net.PacketSource;
import java.util.Optional;

/** Parses octets into messages: one pass, no regular expression, no recursion; {@link MessageLimits} limits every length and count. */
public final class MessageParser {
    private static final Parsed KEEP_ALIVE = new Parsed.Ignored("only line ends: a keep-alive");
    private static final Parsed NOT_SIP = new Parsed.Ignored("not SIP");

    private MessageParser() {}

    /**
     * @param octets one whole message, kept by the result; must not be changed afterwards
     * @param source where it came from
     * @return never null; never throws because of the octets
     */
    public static Parsed parse(byte[] octets, PacketSource source) {
        int begin = 0;
        while (begin < octets.length && (octets[begin] == '\r' || octets[begin] == '\n')) {
            begin++;
        }
        if (begin == octets.length) {
            return KEEP_ALIVE;
        }
        // STUN (RFC 8489: begins with 00 or 01), RTP, or TLS on the wrong port: no method begins like this.
        if (!Scan.isToken(octets[begin])) {
            return NOT_SIP;
        }
        Head head = Head.of(octets, begin);
        if (Scan.starts(octets, begin, head.lineEnd(), "SIP/")) {
            return response(head, source);
        }
        if (Scan.indexOf(octets, begin, head.lineEnd(), ' ') < 0) {
            return NOT_SIP;
        }
        return request(head, source);
    }

    private static Parsed request(Head head, PacketSource source) {
        var rules = new RequestRules(head);
        Optional<Flaw> flaw = rules.flaw();
        return flaw.isPresent()
                ? Refusal.of(head, flaw.get(), source)
                : new Parsed.Request(new SipRequest(head, source, rules));
    }

    /** Parses a response. A damaged one is ignored (RFC 4475 sections 3.1.2.5 and 3.1.2.19). */
    private static Parsed response(Head head, PacketSource source) {
        var rules = new ResponseRules(head);
        Optional<String> fault = rules.fault();
        return fault.isPresent()
                ? new Parsed.Ignored("a damaged response: " + fault.get())
                : new Parsed.Response(new SipResponse(head, source, rules));
    }
}
