package dev.trunkline.sip.message;

import dev.trunkline.sip.net.PacketSource;
import java.util.Optional;

/** Copies what a response repeats of its request (RFC 3261 section 8.2.6), from the request's own octets. */
final class Echo {
    private final Head head;
    private final byte[] octets;

    Echo(Head head) {
        this.head = head;
        this.octets = head.octets();
    }

    /** Writes status line, Via, From, To, Call-ID and CSeq, as far as the request has them. */
    void write(Octets out, int status, PacketSource source, Optional<String> toTag) {
        out.text("SIP/2.0 ").number(status).text(" ").text(ReasonPhrases.of(status)).endLine();
        vias(out, source);
        copy(out, Head.FROM, "From");
        to(out, toTag);
        copy(out, Head.CALL_ID, "Call-ID");
        copy(out, Head.CSEQ, "CSeq");
    }

    /** Writes the request line and the fields that {@link #write} repeats, unchanged. */
    void request(Octets out, String toTag) {
        out.raw(octets, head.begin(), head.lineEnd()).endLine();
        copyAll(out, Head.VIA, "Via");
        copy(out, Head.FROM, "From");
        to(out, Optional.of(toTag));
        copy(out, Head.CALL_ID, "Call-ID");
        copy(out, Head.CSEQ, "CSeq");
    }

    /** Copies all fields of a kind, in order. */
    void copyAll(Octets out, int kind, String name) {
        for (int field = head.first(kind); field >= 0; field = head.next(kind, field)) {
            out.field(name, octets, head.from(field), head.to(field));
        }
    }

    private void copy(Octets out, int kind, String name) {
        int field = echoed(kind);
        if (field >= 0) {
            out.field(name, octets, head.from(field), head.to(field));
        }
    }

    /** Returns the first field of a kind, -1 if there is none or it is too long: echoing long fields would amplify a flood. */
    private int echoed(int kind) {
        int field = head.first(kind);
        return field >= 0 && isShort(field) ? field : -1;
    }

    private boolean isShort(int field) {
        return head.to(field) - head.from(field) <= MessageLimits.HEADER_FIELD;
    }

    private void vias(Octets out, PacketSource source) {
        int top = head.first(Head.VIA);
        if (top < 0) {
            return;
        }
        topmost(out, head.from(top), head.to(top), source);
        for (int field = head.next(Head.VIA, top); field >= 0; field = head.next(Head.VIA, field)) {
            if (isShort(field)) {
                out.field("Via", octets, head.from(field), head.to(field));
            }
        }
    }

    /**
     * Writes the topmost Via with {@code received} and {@code rport} as seen on the socket (RFC 3261 section 18.2.1, RFC 3581
     * section 4), and without the sender's own values.
     */
    private void topmost(Octets out, int from, int to, PacketSource source) {
        int cut = Scan.pieceEnd(octets, from, to, ',');
        int comma = cut < 0 ? Scan.indexOf(octets, from, to, ',') : cut;
        int end = comma < 0 ? to : comma;
        int semicolon = Scan.indexOf(octets, from, end, ';');
        int first = semicolon < 0 ? end : semicolon;
        out.text("Via: ").raw(octets, from, Scan.trimEnd(octets, from, first));
        boolean answered = false;
        var parameters = new Parameters(octets, first, end);
        while (parameters.next()) {
            if (parameters.named("rport")) {
                out.text(answered ? "" : ";rport=").text(answered ? "" : Integer.toString(source.port()));
                answered = true;
            } else if (!parameters.named("received")) {
                out.raw(octets, parameters.begin, Scan.trimEnd(octets, parameters.begin, parameters.end));
            }
        }
        String address = address(source);
        var via = new ViaReader(octets);
        if (answered || !via.read(from, end) || !via.host().equals(address)) {
            out.text(";received=").text(address);
        }
        if (end < to) {
            out.text(", ").raw(octets, Scan.skipBlanks(octets, end + 1, to), to);
        }
        out.endLine();
    }

    /** Returns the address without the zone of a link-local address, which means nothing to the peer. */
    private static String address(PacketSource source) {
        String text = source.address().getHostAddress();
        int zone = text.indexOf('%');
        return zone < 0 ? text : text.substring(0, zone);
    }

    private void to(Octets out, Optional<String> tag) {
        int field = echoed(Head.TO);
        if (field < 0) {
            return;
        }
        int from = head.from(field);
        int to = head.to(field);
        out.text("To: ").raw(octets, from, to);
        if (tag.isPresent() && !isTagged(from, to)) {
            out.text(";tag=").text(tag.get());
        }
        out.endLine();
    }

    private boolean isTagged(int from, int to) {
        int first = Scan.pieceEnd(octets, from, to, ';');
        var parameters = new Parameters(octets, first < 0 ? to : first, to);
        while (parameters.next()) {
            if (parameters.named("tag")) {
                return true;
            }
        }
        return false;
    }
}
