package dev.trunkline.sip.message;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * One value of a header that names a person: {@code "Name" <uri>;parameter=value} (RFC 3261 section 20.10).
 *
 * @param displayName without quotes; empty if there is none
 * @param uri a sip:, sips: or tel: URI
 * @param parameters of the header, not of the URI; names in lower case, values as received
 */
public record NameAddr(String displayName, String uri, Map<String, String> parameters) {

    /**
     * @param fields contents of header fields, each of which may list several values; values that cannot be read, or that
     *     exceed {@link MessageLimits#VALUES} or {@link MessageLimits#PARAMETERS}, are left out
     */
    public static List<NameAddr> all(List<String> fields) {
        var all = new ArrayList<NameAddr>(fields.size());
        for (String field : fields) {
            for (String value : Pieces.of(field, ',', MessageLimits.VALUES)) {
                parse(value).ifPresent(all::add);
            }
        }
        return all;
    }

    /** @param value one value of a header */
    public static Optional<NameAddr> parse(String value) {
        return read(value).filter(address -> hasScheme(address.uri()));
    }

    /** Parses a value with a URI of any scheme, even without one. */
    static Optional<NameAddr> read(String value) {
        List<String> pieces = Pieces.of(value, ';', MessageLimits.PARAMETERS + 2);
        if (pieces.size() > MessageLimits.PARAMETERS + 1) {
            return Optional.empty();
        }
        String address = pieces.getFirst().strip();
        int open = Pieces.end(address, '<', 0);
        int close = open < 0 ? -1 : address.indexOf('>', open);
        if (open >= 0 && close < 0) {
            return Optional.empty();
        }
        String uri = open < 0 ? address : address.substring(open + 1, close).strip();
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

    /** Removes the quotes of a quoted-string (RFC 3261 section 25.1) and the escapes in it. */
    public static String unquoted(String name) {
        if (name.length() < 2 || name.charAt(0) != '"' || name.charAt(name.length() - 1) != '"') {
            return name;
        }
        int end = name.length() - 1;
        if (name.indexOf('\\') < 0) {
            return name.substring(1, end);
        }
        var text = new StringBuilder(name.length());
        for (int i = 1; i < end; i++) {
            boolean escape = name.charAt(i) == '\\' && i + 1 < end;
            text.append(name.charAt(escape ? ++i : i));
        }
        return text.toString();
    }

    private static boolean hasScheme(String uri) {
        return uri.regionMatches(true, 0, "sip:", 0, 4)
                || uri.regionMatches(true, 0, "sips:", 0, 5)
                || uri.regionMatches(true, 0, "tel:", 0, 4);
    }

    private static Map<String, String> parameters(List<String> pieces) {
        if (pieces.isEmpty()) {
            return Map.of();
        }
        var parameters = HashMap.<String, String>newHashMap(pieces.size());
        for (String piece : pieces) {
            int equals = piece.indexOf('=');
            String name = (equals < 0 ? piece : piece.substring(0, equals)).strip().toLowerCase(Locale.ROOT);
            parameters.putIfAbsent(name, equals < 0 ? "" : unquoted(piece.substring(equals + 1).strip()));
        }
        return parameters;
    }

    /** Reveals nothing about the person. */
    @Override
    public String toString() {
        return "NameAddr[…]";
    }
}
