package dev.trunkline.edge.sip.wire;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a request must be before it is parsed: the syntax that a lenient parser lets pass and that RFC 4475 says must be
 * refused. Pure.
 */
public final class RequestChecks {
    private static final String TOKEN = "[A-Za-z0-9.!%*_+`'~-]+";
    private static final Pattern METHOD = Pattern.compile(TOKEN);
    private static final Pattern VERSION = Pattern.compile("SIP/(\\d+\\.\\d+)", Pattern.CASE_INSENSITIVE);
    private static final Pattern SEQUENCE = Pattern.compile("(\\d{1,10})[ \\t]+(" + TOKEN + ")");
    private static final Pattern SMALL = Pattern.compile("0*\\d{1,3}");
    private static final long LAST_SEQUENCE = (1L << 31) - 1;
    private static final int MOST_FORWARDS = 255;

    private RequestChecks() {}

    /** @return empty for a request that may be parsed */
    public static Optional<Flaw> of(WireMessage request) {
        return startLine(request.startLine())
                .or(() -> request.ended() ? Optional.empty() : bad("the header section has no end"))
                .or(() -> lines(request))
                .or(() -> present(request))
                .or(() -> sequence(request))
                .or(() -> forwards(request))
                .or(() -> length(request))
                .or(() -> addresses(request))
                .or(() -> vias(request));
    }

    private static Optional<Flaw> startLine(String line) {
        String[] parts = line.split(" ", -1);
        Matcher version = VERSION.matcher(parts[parts.length - 1]);
        if (line.indexOf('\r') >= 0 || line.indexOf('\n') >= 0) {
            return bad("a line does not end in CR LF");
        }
        if (parts.length != 3 || parts[1].isEmpty() || !METHOD.matcher(parts[0]).matches()) {
            return bad("the request line is not method, one blank, URI, one blank, version");
        }
        if (!version.matches()) {
            return bad("the request line ends in no version");
        }
        if (!version.group(1).equals("2.0")) {
            return Optional.of(new Flaw(505, "this is SIP/2.0"));
        }
        return uri(parts[1]);
    }

    private static Optional<Flaw> uri(String uri) {
        int colon = uri.indexOf(':');
        if (uri.startsWith("<") || colon <= 0) {
            return bad("the Request-URI is no URI");
        }
        boolean sip = uri.regionMatches(true, 0, "sip:", 0, 4) || uri.regionMatches(true, 0, "sips:", 0, 5);
        // RFC 3261 section 19.1.5: headers have no place in a Request-URI.
        int at = uri.lastIndexOf('@');
        return sip && uri.indexOf('?', Math.max(at, 0)) >= 0 ? bad("the Request-URI has headers") : Optional.empty();
    }

    /** CR and LF stand only together, at a line's end: who takes one alone for an end reads another message. */
    private static Optional<Flaw> lines(WireMessage request) {
        for (WireMessage.Field field : request.fields()) {
            if (!METHOD.matcher(field.name()).matches()) {
                return bad("a header field has no name");
            }
            if (field.value().indexOf('\r') >= 0 || field.value().indexOf('\n') >= 0) {
                return bad("a line does not end in CR LF");
            }
        }
        return Optional.empty();
    }

    private static Optional<Flaw> present(WireMessage request) {
        for (String name : List.of("from", "to", "call-id", "cseq")) {
            List<String> values = request.values(name);
            if (values.size() != 1 || values.getFirst().isEmpty()) {
                return bad(name + " must be there once");
            }
        }
        if (request.values("via").isEmpty()) {
            return bad("via must be there");
        }
        return request.values("max-forwards").size() > 1 ? bad("max-forwards must be there once") : Optional.empty();
    }

    private static Optional<Flaw> sequence(WireMessage request) {
        Matcher sequence = SEQUENCE.matcher(request.values("cseq").getFirst());
        if (!sequence.matches() || Long.parseLong(sequence.group(1)) > LAST_SEQUENCE) {
            return bad("CSeq is not a number below 2^31 and a method");
        }
        return sequence.group(2).equals(request.method()) ? Optional.empty() : bad("CSeq names another method");
    }

    private static Optional<Flaw> forwards(WireMessage request) {
        return request.values("max-forwards").stream()
                .filter(hops -> !SMALL.matcher(hops).matches() || Integer.parseInt(hops) > MOST_FORWARDS)
                .findFirst()
                .flatMap(hops -> bad("Max-Forwards is no number from 0 to 255"));
    }

    private static Optional<Flaw> length(WireMessage request) {
        List<String> lengths = request.values("content-length").stream().distinct().toList();
        if (lengths.isEmpty()) {
            return Optional.empty();
        }
        String length = lengths.getFirst();
        if (lengths.size() > 1 || length.length() > 9 || length.isEmpty() || !length.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return bad("Content-Length is not one number");
        }
        return Integer.parseInt(length) > request.bodyBytes() ? bad("the body is shorter than Content-Length") : Optional.empty();
    }

    private static Optional<Flaw> addresses(WireMessage request) {
        for (String name : List.of("from", "to")) {
            if (!AddressChecks.isAddress(request.values(name).getFirst())) {
                return bad(name + " is no address");
            }
        }
        for (String contact : request.values("contact")) {
            boolean all = contact.equals("*") && request.method().equals("REGISTER");
            if (!all && !AddressChecks.areAddresses(contact)) {
                return bad("contact is no address");
            }
        }
        return Optional.empty();
    }

    private static Optional<Flaw> vias(WireMessage request) {
        return request.values("via").stream().allMatch(AddressChecks::areVias) ? Optional.empty() : bad("via is damaged");
    }

    private static Optional<Flaw> bad(String text) {
        return Optional.of(Flaw.bad(text));
    }
}
