package dev.trunkline.sip.message;

import java.util.Optional;

/**
 * Checks a request before its content is considered: finds what RFC 4475 says must be rejected. The first flaw is reported, in
 * this order: request line, lines, required fields, CSeq, Max-Forwards, Content-Length, addresses, Via, counts.
 */
final class RequestRules {
    private static final long LAST_SEQUENCE = (1L << 31) - 1;
    private static final int MOST_FORWARDS = 255;
    private static final int[] ONCE = {Head.FROM, Head.TO, Head.CALL_ID, Head.CSEQ};
    private static final String[] ONCE_NAMES = {"From", "To", "Call-ID", "CSeq"};

    private static final Flaw LINE_END = Flaw.bad("a line does not end in CR LF");
    private static final Flaw REQUEST_LINE =
            Flaw.bad("the request line is not method, one space, URI, one space, version");
    private static final Flaw NO_URI = Flaw.bad("the Request-URI is not a URI");

    private final Head head;
    private final byte[] octets;
    /** Positions in the request line; known once {@link #startLine} found it valid. */
    private int methodTo;
    private int uriTo;
    private long cseq;

    RequestRules(Head head) {
        this.head = head;
        this.octets = head.octets();
    }

    /** @return empty for a valid request; then the positions below are known */
    Optional<Flaw> flaw() {
        Flaw flaw = startLine();
        if (flaw == null && head.flaw().isPresent() && head.flaw().get().status() != 400) {
            return head.flaw();
        }
        if (flaw == null && !head.ended()) {
            flaw = octets.length - head.begin() > MessageLimits.MESSAGE
                    ? tooLarge()
                    : Flaw.bad("the header section has no end");
        }
        if (flaw == null && head.flaw().isPresent()) {
            return head.flaw();
        }
        if (flaw == null) {
            flaw = fields();
        }
        return Optional.ofNullable(flaw);
    }

    int methodTo() {
        return methodTo;
    }

    int uriFrom() {
        return methodTo + 1;
    }

    int uriTo() {
        return uriTo;
    }

    long cseq() {
        return cseq;
    }

    private Flaw fields() {
        Flaw flaw = present();
        flaw = flaw == null ? sequence() : flaw;
        flaw = flaw == null ? forwards() : flaw;
        flaw = flaw == null ? length() : flaw;
        flaw = flaw == null ? addresses() : flaw;
        flaw = flaw == null ? vias() : flaw;
        flaw = flaw == null ? routes(Head.ROUTE, "Route") : flaw;
        return flaw == null ? routes(Head.RECORD_ROUTE, "Record-Route") : flaw;
    }

    private Flaw startLine() {
        int from = head.begin();
        int to = head.lineEnd();
        int firstBlank = Scan.indexOf(octets, from, to, ' ');
        int secondBlank = firstBlank < 0 ? -1 : Scan.indexOf(octets, firstBlank + 1, to, ' ');
        int lastBlank = to - 1;
        while (lastBlank >= from && octets[lastBlank] != ' ') {
            lastBlank--;
        }
        if (Scan.indexOf(octets, from, to, '\r') >= 0 || Scan.indexOf(octets, from, to, '\n') >= 0) {
            return LINE_END;
        }
        if (secondBlank < 0 || secondBlank != lastBlank || secondBlank == firstBlank + 1
                || !Scan.isToken(octets, from, firstBlank)) {
            return REQUEST_LINE;
        }
        Flaw version = version(secondBlank + 1, to);
        if (version != null) {
            return version;
        }
        methodTo = firstBlank;
        uriTo = secondBlank;
        return uri(firstBlank + 1, secondBlank);
    }

    private Flaw version(int from, int to) {
        if (Scan.same(octets, from, to, "SIP/2.0")) {
            return null;
        }
        int dot = Scan.indexOf(octets, from, to, '.');
        boolean another = Scan.starts(octets, from, to, "SIP/") && digits(from + 4, dot) && digits(dot + 1, to);
        return another ? new Flaw(505, "only SIP/2.0 is supported") : Flaw.bad("the request line does not end in a version");
    }

    private boolean digits(int from, int to) {
        for (int i = from; i < to; i++) {
            if (!Scan.isDigit(octets[i])) {
                return false;
            }
        }
        return from < to;
    }

    private Flaw uri(int from, int to) {
        if (to - from > MessageLimits.REQUEST_URI) {
            return new Flaw(414, "the Request-URI is longer than " + MessageLimits.REQUEST_URI + " octets");
        }
        if (!Addresses.isUri(octets, from, to)) {
            return NO_URI;
        }
        int hosts = Scan.starts(octets, from, to, "sip:") ? from + 4 : Scan.starts(octets, from, to, "sips:") ? from + 5 : -1;
        if (hosts < 0) {
            return null;
        }
        // RFC 3261 section 19.1.5: headers are not allowed in a Request-URI. A user part may contain a question mark.
        int at = to - 1;
        while (at >= hosts && octets[at] != '@') {
            at--;
        }
        if (Scan.indexOf(octets, Math.max(at, hosts), to, '?') >= 0) {
            return Flaw.bad("the Request-URI has headers");
        }
        int host = Math.max(at + 1, hosts);
        return host == to || octets[host] == ';' || octets[host] == ':' ? Flaw.bad("the Request-URI has no host") : null;
    }

    private Flaw present() {
        for (int i = 0; i < ONCE.length; i++) {
            int field = head.first(ONCE[i]);
            if (field < 0 || head.from(field) == head.to(field) || head.next(ONCE[i], field) >= 0) {
                return Flaw.bad(ONCE_NAMES[i] + " must occur exactly once");
            }
        }
        if (head.first(Head.VIA) < 0) {
            return Flaw.bad("Via is missing");
        }
        return head.count(Head.MAX_FORWARDS) > 1 ? Flaw.bad("Max-Forwards must occur only once") : null;
    }

    private Flaw sequence() {
        int field = head.first(Head.CSEQ);
        int from = head.from(field);
        int to = head.to(field);
        int digits = from;
        while (digits < to && Scan.isDigit(octets[digits])) {
            digits++;
        }
        int method = Scan.skipBlanks(octets, digits, to);
        cseq = Scan.number(octets, from, digits);
        if (cseq < 0 || cseq > LAST_SEQUENCE || method == digits || !Scan.isToken(octets, method, to)) {
            return Flaw.bad("CSeq is not a number below 2^31 and a method");
        }
        boolean same = java.util.Arrays.equals(octets, method, to, octets, head.begin(), methodTo);
        return same ? null : Flaw.bad("CSeq names another method");
    }

    private Flaw forwards() {
        int field = head.first(Head.MAX_FORWARDS);
        if (field < 0) {
            return null;
        }
        int from = head.from(field);
        while (from < head.to(field) - 1 && octets[from] == '0') {
            from++;
        }
        long hops = Scan.number(octets, from, head.to(field));
        return hops < 0 || hops > MOST_FORWARDS ? Flaw.bad("Max-Forwards is not a number from 0 to 255") : null;
    }

    private Flaw length() {
        long length = BodyLength.said(head);
        if (length == BodyLength.DAMAGED) {
            return Flaw.bad("Content-Length is not one number");
        }
        if (length > octets.length - head.bodyFrom()) {
            return length > MessageLimits.MESSAGE
                    ? new Flaw(413, "the body is longer than " + MessageLimits.MESSAGE + " octets")
                    : Flaw.bad("the body is shorter than Content-Length");
        }
        return BodyLength.end(head) - head.begin() > MessageLimits.MESSAGE ? tooLarge() : null;
    }

    private static Flaw tooLarge() {
        return new Flaw(513, "the message is larger than " + MessageLimits.MESSAGE + " octets");
    }

    private Flaw addresses() {
        for (int i = 0; i < 2; i++) {
            int field = head.first(ONCE[i]);
            if (!Addresses.isSound(octets, head.from(field), head.to(field))) {
                return Flaw.bad(ONCE_NAMES[i] + " is not an address");
            }
        }
        boolean registers = Scan.same(octets, head.begin(), methodTo, "REGISTER");
        for (int field = head.first(Head.CONTACT); field >= 0; field = head.next(Head.CONTACT, field)) {
            boolean all = registers && Scan.same(octets, head.from(field), head.to(field), "*");
            if (!all && !Addresses.areSound(octets, head.from(field), head.to(field))) {
                return Flaw.bad("Contact is not an address");
            }
        }
        return null;
    }

    private Flaw vias() {
        var reader = new ViaReader(octets);
        int count = 0;
        for (int field = head.first(Head.VIA); field >= 0; field = head.next(Head.VIA, field)) {
            int read = reader.readAll(head.from(field), head.to(field));
            if (read < 0) {
                return Flaw.bad("Via is damaged");
            }
            count += read;
            if (count > MessageLimits.VIAS) {
                return Flaw.bad("there are more than " + MessageLimits.VIAS + " Via values");
            }
        }
        return null;
    }

    private Flaw routes(int kind, String name) {
        return Routes.areFew(head, kind)
                ? null
                : Flaw.bad("there are more than " + MessageLimits.ROUTES + " " + name + " values");
    }
}
