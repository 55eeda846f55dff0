package dev.trunkline.sip.message;

import java.util.Optional;

/** Checks whether a response can belong to one of our requests. */
final class ResponseRules {
    private static final String VERSION = "SIP/2.0";
    private static final long LAST_SEQUENCE = (1L << 31) - 1;

    private final Head head;
    private final byte[] octets;
    private int status;
    private long cseq;
    private int methodFrom;

    ResponseRules(Head head) {
        this.head = head;
        this.octets = head.octets();
    }

    /** @return empty for a valid response, otherwise what is wrong with it */
    Optional<String> fault() {
        if (!statusLine()) {
            return Optional.of("no SIP/2.0 status line");
        }
        if (head.flaw().isPresent()) {
            return head.flaw().map(Flaw::text);
        }
        if (!head.ended()) {
            return Optional.of("the header section has no end");
        }
        if (!once(Head.FROM) || !once(Head.TO) || !once(Head.CALL_ID) || !once(Head.CSEQ)) {
            return Optional.of("From, To, Call-ID or CSeq does not occur exactly once");
        }
        if (!sequence()) {
            return Optional.of("CSeq is not a number below 2^31 and a method");
        }
        if (!address(Head.FROM) || !address(Head.TO)) {
            return Optional.of("From or To is not an address");
        }
        if (!via()) {
            return Optional.of("there is not exactly one Via, or it is damaged");
        }
        if (!Routes.areFew(head, Head.RECORD_ROUTE)) {
            return Optional.of("there are more than " + MessageLimits.ROUTES + " Record-Route values");
        }
        return length() ? Optional.empty() : Optional.of("the body is not as long as Content-Length says");
    }

    int status() {
        return status;
    }

    long cseq() {
        return cseq;
    }

    /** Returns the position of the method in CSeq. */
    int methodFrom() {
        return methodFrom;
    }

    int methodTo() {
        return head.to(head.first(Head.CSEQ));
    }

    /** Checks {@code SIP/2.0 status reason}; the reason may be empty, and its blank missing. */
    private boolean statusLine() {
        int from = head.begin();
        int to = head.lineEnd();
        int code = from + VERSION.length() + 1;
        if (!Scan.starts(octets, from, to, VERSION + " ") || code + 3 > to || code + 3 < to && octets[code + 3] != ' ') {
            return false;
        }
        status = (int) Scan.number(octets, code, code + 3);
        return status >= 100 && status < 700;
    }

    private boolean once(int kind) {
        int field = head.first(kind);
        return field >= 0 && head.from(field) < head.to(field) && head.next(kind, field) < 0;
    }

    private boolean sequence() {
        int field = head.first(Head.CSEQ);
        int digits = head.from(field);
        while (digits < head.to(field) && Scan.isDigit(octets[digits])) {
            digits++;
        }
        methodFrom = Scan.skipBlanks(octets, digits, head.to(field));
        cseq = Scan.number(octets, head.from(field), digits);
        return cseq >= 0 && cseq <= LAST_SEQUENCE && methodFrom > digits
                && Scan.isToken(octets, methodFrom, head.to(field));
    }

    private boolean address(int kind) {
        int field = head.first(kind);
        return Addresses.isSound(octets, head.from(field), head.to(field));
    }

    /** Checks that our Via is the only one: a response with more was misrouted (RFC 3261 section 8.1.3.3). */
    private boolean via() {
        int field = head.first(Head.VIA);
        return field >= 0
                && head.next(Head.VIA, field) < 0
                && new ViaReader(octets).readAll(head.from(field), head.to(field)) == 1;
    }

    private boolean length() {
        long said = BodyLength.said(head);
        return said != BodyLength.DAMAGED
                && said <= octets.length - head.bodyFrom()
                && BodyLength.end(head) - head.begin() <= MessageLimits.MESSAGE;
    }
}
