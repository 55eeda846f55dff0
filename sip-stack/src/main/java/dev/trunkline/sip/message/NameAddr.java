package dev.trunkline.sip.message;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * One value of a header that names people: {@code "Name" <uri>;parameter=value} (RFC 3261 section 20.10).
 *
 * @param displayName without quotes; empty where there is none
 * @param uri a sip:, sips: or tel: URI
 * @param parameters of the header, not of the URI; names in lower case, values as they came
 */
public record NameAddr(String displayName, String uri, Map<String, String> parameters) {

    /** @param fields each a header field's value, which may be several values; what cannot be read is left out */
    public static List<NameAddr> all(List<String> fields) {
        var all = new ArrayList<NameAddr>(fields.size());
        for (String field : fields) {
            pieces(field, ',').forEach(value -> parse(value).ifPresent(all::add));
        }
        return all;
    }

    static Optional<NameAddr> parse(String value) {
        List<String> pieces = pieces(value, ';');
        String address = pieces.getFirst().strip();
        int open = outside(address, '<');
        int close = open < 0 ? -1 : address.indexOf('>', open);
        if (open >= 0 && close < 0) {
            return Optional.empty();
        }
        String uri = open < 0 ? address : address.substring(open + 1, close).strip();
        if (!hasScheme(uri)) {
            return Optional.empty();
        }
        String name = open < 0 ? "" : unquoted(address.substring(0, open).strip());
        return Optional.of(new NameAddr(name, uri, parameters(pieces.subList(1, pieces.size()))));
    }

    public String user() {
        return SipUri.user(uri);
    }

    public boolean isTel() {
        return uri.regionMatches(true, 0, "tel:", 0, 4);
    }

    /** @param name lower case; @return in lower case */
    public Optional<String> parameter(String name) {
        return Optional.ofNullable(parameters.get(name)).map(value -> value.toLowerCase(Locale.ROOT));
    }

    /** Without the quotes of a quoted-string (RFC 3261 section 25.1) and the escapes in it. */
    public static String unquoted(String name) {
        return name.length() > 1 && name.startsWith("\"") && name.endsWith("\"")
                ? name.substring(1, name.length() - 1).replaceAll("\\\\(.)", "$1")
                : name;
    }

    private static boolean hasScheme(String uri) {
        return List.of("sip:", "sips:", "tel:").stream()
                .anyMatch(scheme -> uri.regionMatches(true, 0, scheme, 0, scheme.length()));
    }

    private static Map<String, String> parameters(List<String> pieces) {
        var parameters = new HashMap<String, String>();
        for (String piece : pieces) {
            int equals = piece.indexOf('=');
            String name = (equals < 0 ? piece : piece.substring(0, equals)).strip().toLowerCase(Locale.ROOT);
            parameters.putIfAbsent(name, equals < 0 ? "" : unquoted(piece.substring(equals + 1).strip()));
        }
        return parameters;
    }

    /** Splits where the separator stands neither in quotes nor in angle brackets. */
    private static List<String> pieces(String text, char separator) {
        var pieces = new ArrayList<String>(2);
        int begin = 0;
        for (int at = outside(text, separator); at >= 0; at = outside(text, separator, begin)) {
            pieces.add(text.substring(begin, at));
            begin = at + 1;
        }
        pieces.add(text.substring(begin));
        return pieces;
    }

    private static int outside(String text, char wanted) {
        return outside(text, wanted, 0);
    }

    private static int outside(String text, char wanted, int from) {
        boolean quoted = false;
        boolean bracketed = false;
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!quoted && !bracketed && c == wanted) {
                return i;
            }
            if (quoted && c == '\\') {
                i++;
            } else if (c == '"' && !bracketed) {
                quoted = !quoted;
            } else if (!quoted && c == '<') {
                bracketed = true;
            } else if (!quoted && c == '>') {
                bracketed = false;
            }
        }
        return -1;
    }

    /** Says nothing of the person. */
    @Override
    public String toString() {
        return "NameAddr[…]";
    }
}
