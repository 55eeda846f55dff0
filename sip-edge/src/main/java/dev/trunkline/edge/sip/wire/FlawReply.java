package dev.trunkline.edge.sip.wire;

import dev.trunkline.edge.sip.HostPort;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** The answer to a request that cannot be parsed, made of its own lines (RFC 3261 section 8.2.6). Pure. */
public final class FlawReply {
    private FlawReply() {}

    /**
     * @param source that it came from, where the answer goes
     * @return empty where none must be sent
     */
    public static Optional<byte[]> to(WireMessage request, Flaw flaw, HostPort source) {
        // An ACK is never answered, and what has no Via did not come from a SIP element.
        if (request.method().equals("ACK") || request.values("via").isEmpty()) {
            return Optional.empty();
        }
        var reply = new StringBuilder(512)
                .append("SIP/2.0 ").append(flaw.status())
                .append(flaw.status() == 505 ? " Version Not Supported" : " Bad Request").append("\r\n");
        List<String> vias = request.values("via");
        line(reply, "Via", received(vias.getFirst(), source));
        vias.stream().skip(1).forEach(via -> line(reply, "Via", via));
        copy(reply, request, "from", "From");
        request.values("to").stream().findFirst().ifPresent(to -> line(reply, "To", tagged(to, request)));
        copy(reply, request, "call-id", "Call-ID");
        copy(reply, request, "cseq", "CSeq");
        line(reply, "Warning", "399 trunkline \"" + flaw.text() + "\"");
        line(reply, "Content-Length", "0");
        return Optional.of(reply.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
    }

    private static void copy(StringBuilder reply, WireMessage request, String name, String written) {
        request.values(name).stream().findFirst().ifPresent(value -> line(reply, written, value));
    }

    private static void line(StringBuilder reply, String name, String value) {
        reply.append(name).append(": ").append(value).append("\r\n");
    }

    /** Sections 18.2.1 and RFC 3581, as far as a damaged Via allows. */
    private static String received(String via, HostPort source) {
        int comma = via.indexOf(',');
        String first = comma < 0 ? via : via.substring(0, comma);
        String rest = comma < 0 ? "" : via.substring(comma);
        return first.replaceFirst("(?i);\\s*rport\\s*(?=;|$)", ";rport=" + source.port())
                + ";received=" + source.host() + rest;
    }

    /** The same request gets the same tag, for there is no transaction (section 8.2.7). */
    private static String tagged(String to, WireMessage request) {
        return to.contains("tag=") || to.contains("tag ") ? to : to + ";tag=" + Integer.toHexString(request.hashCode());
    }
}
