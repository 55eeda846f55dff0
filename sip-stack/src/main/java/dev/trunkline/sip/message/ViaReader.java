package dev.trunkline.sip.message;

import dev.trunkline.sip.net.SipTransportKind;

/** Reads Via values (RFC 3261 section 20.42) one after another. Not thread-safe. */
final class ViaReader {
    private final byte[] octets;
    private int end;
    private int transportFrom;
    private int transportTo;
    private int hostFrom;
    private int hostTo;
    private int port;
    private int parametersFrom;

    ViaReader(byte[] octets) {
        this.octets = octets;
    }

    /**
     * Reads {@code SIP / 2.0 / transport host : port ; parameters}, with blanks where the RFC allows them.
     *
     * @return false if it is damaged
     */
    boolean read(int from, int to) {
        int at = word(Scan.skipBlanks(octets, from, to), to, "SIP");
        at = separator(at, to);
        at = word(at, to, "2.0");
        at = separator(at, to);
        if (at < 0) {
            return false;
        }
        transportFrom = at;
        transportTo = Scan.skipToken(octets, at, to);
        hostFrom = Scan.skipBlanks(octets, transportTo, to);
        if (transportTo == transportFrom || hostFrom == transportTo) {
            return false;
        }
        hostTo = hostEnd(hostFrom, to);
        if (hostTo <= hostFrom) {
            return false;
        }
        at = Scan.skipBlanks(octets, hostTo, to);
        port = -1;
        if (at < to && octets[at] == ':') {
            int digits = Scan.skipBlanks(octets, at + 1, to);
            at = digits;
            while (at < to && Scan.isDigit(octets[at])) {
                at++;
            }
            port = (int) Math.min(Scan.number(octets, digits, at), 65_536);
            // The response may have to go there.
            if (port < 1 || port > 65_535) {
                return false;
            }
            at = Scan.skipBlanks(octets, at, to);
        }
        parametersFrom = at;
        end = to;
        return at == to || octets[at] == ';' && Parameters.areSound(octets, at, to);
    }

    /** Reads each comma-separated value of a field. @return how many, -1 if one is damaged */
    int readAll(int from, int to) {
        int count = 0;
        int at = from;
        while (true) {
            int end = Scan.pieceEnd(octets, at, to, ',');
            if (end < 0 || !read(at, Scan.trimEnd(octets, at, end))) {
                return -1;
            }
            count++;
            if (end == to || count > MessageLimits.VIAS) {
                return count;
            }
            at = end + 1;
        }
    }

    /** Returns the value read last. @param otherwise the transport to use if the Via names one that we do not know */
    Via via(SipTransportKind otherwise) {
        SipTransportKind transport = transport(otherwise);
        String branch = "";
        boolean rport = false;
        var parameters = parameters();
        while (parameters.next()) {
            if (parameters.named("branch") && branch.isEmpty() && parameters.hasValue()) {
                branch = Scan.text(octets, parameters.valueFrom, parameters.valueTo);
            } else if (parameters.named("rport")) {
                rport = true;
            }
        }
        String host = host();
        return new Via(transport, port < 0 ? host : host + ":" + port, port < 0 ? transport.defaultPort() : port, branch, rport);
    }

    /** Returns the host of the value read last, in lower case; an IPv6 address in brackets. */
    String host() {
        return Scan.text(octets, hostFrom, hostTo).toLowerCase(java.util.Locale.ROOT);
    }

    Parameters parameters() {
        return new Parameters(octets, parametersFrom, end);
    }

    int parametersFrom() {
        return parametersFrom;
    }

    private SipTransportKind transport(SipTransportKind otherwise) {
        for (SipTransportKind kind : KINDS) {
            if (Scan.same(octets, transportFrom, transportTo, kind.name())) {
                return kind;
            }
        }
        return otherwise;
    }

    private static final SipTransportKind[] KINDS = SipTransportKind.values();

    /** @return the position after the word; -1 if it is a different word or {@code at} is -1 */
    private int word(int at, int to, String word) {
        return at >= 0 && Scan.starts(octets, at, to, word) ? at + word.length() : -1;
    }

    /** Skips a slash with surrounding blanks. */
    private int separator(int at, int to) {
        if (at < 0) {
            return -1;
        }
        int slash = Scan.skipBlanks(octets, at, to);
        return slash < to && octets[slash] == '/' ? Scan.skipBlanks(octets, slash + 1, to) : -1;
    }

    /** Returns the end of a name, an IPv4 address, or an IPv6 address in brackets. */
    private int hostEnd(int from, int to) {
        int at = from;
        if (at < to && octets[at] == '[') {
            do {
                at++;
            } while (at < to && (Character.digit(octets[at], 16) >= 0 || octets[at] == ':' || octets[at] == '.'));
            return at < to && octets[at] == ']' && at > from + 1 ? at + 1 : -1;
        }
        while (at < to && (Scan.isLetter(octets[at]) || Scan.isDigit(octets[at])
                || octets[at] == '.' || octets[at] == '-' || octets[at] == '_')) {
            at++;
        }
        return at;
    }
}
