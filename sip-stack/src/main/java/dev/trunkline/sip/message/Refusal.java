package dev.trunkline.sip.message;

import dev.trunkline.sip.net.PacketSource;
import java.util.Optional;

/** Builds the response to a request that cannot be accepted, from its own lines. */
final class Refusal {
    private Refusal() {}

    static Parsed of(Head head, Flaw flaw, PacketSource source) {
        int via = head.first(Head.VIA);
        // An ACK is never answered, and a message without a Via did not come from a SIP element.
        if (Scan.starts(head.octets(), head.begin(), head.lineEnd(), "ACK ")) {
            return new Parsed.Ignored("an ACK with a flaw: " + flaw.text());
        }
        if (via < 0 || head.to(via) - head.from(via) > MessageLimits.HEADER_FIELD) {
            return new Parsed.Ignored("a request without a Via to answer to: " + flaw.text());
        }
        var out = new Octets(768);
        new Echo(head).write(out, flaw.status(), source, Optional.of(tag(head)));
        out.field("Warning", "399 sip-stack \"" + flaw.text() + "\"");
        return new Parsed.Refused(flaw, out.withBody(""));
    }

    /** Derives the tag from the request: the same request gets the same tag, because no state is kept (RFC 3261 section 8.2.7). */
    private static String tag(Head head) {
        byte[] octets = head.octets();
        int hash = 1;
        for (int i = head.begin(); i < head.bodyFrom(); i++) {
            hash = 31 * hash + octets[i];
        }
        return Integer.toHexString(hash);
    }
}
