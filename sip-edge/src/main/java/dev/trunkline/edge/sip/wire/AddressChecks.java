package dev.trunkline.edge.sip.wire;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The syntax of name-addr, addr-spec and via-parm (RFC 3261 section 25.1), as far as a lenient parser is too lenient. */
final class AddressChecks {
    private static final String TOKEN = "[A-Za-z0-9.!%*_+`'~-]+";
    /** More than tokens: names in UTF-8 or with brackets come from telephone systems that everybody else understands. */
    private static final Pattern UNQUOTED_NAME = Pattern.compile("[^,;\"\\\\\\x00-\\x08\\x0a-\\x1f\\x7f]*");
    private static final Pattern URI = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*:[^\\s<>\"]+");
    private static final Pattern VIA = Pattern.compile(
            "SIP[ \\t]*/[ \\t]*2\\.0[ \\t]*/[ \\t]*" + TOKEN + "[ \\t]+[A-Za-z0-9._-]*(\\[[0-9A-Fa-f:.]+])?([ \\t]*:[ \\t]*(?<port>\\d{1,5}))?",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern PARAMETER_NAME = Pattern.compile("[A-Za-z0-9.!%*_+`'~-]+");

    private AddressChecks() {}

    static boolean isAddress(String value) {
        Optional<List<String>> pieces = pieces(value, ';');
        return pieces.isPresent() && isNameAndUri(pieces.get().getFirst().strip()) && parametersOf(pieces.get());
    }

    /** One or more of them, by commas. */
    static boolean areAddresses(String value) {
        return pieces(value, ',').filter(all -> all.stream().allMatch(AddressChecks::isAddress)).isPresent();
    }

    static boolean areVias(String value) {
        return pieces(value, ',').filter(all -> all.stream().allMatch(AddressChecks::isVia)).isPresent();
    }

    private static boolean isVia(String value) {
        Optional<List<String>> pieces = pieces(value, ';');
        if (pieces.isEmpty()) {
            return false;
        }
        Matcher via = VIA.matcher(pieces.get().getFirst().strip());
        return via.matches() && isPort(via.group("port")) && parametersOf(pieces.get());
    }

    /** The answer may have to go there. */
    private static boolean isPort(String digits) {
        if (digits == null) {
            return true;
        }
        int port = Integer.parseInt(digits);
        return port > 0 && port < 65_536;
    }

    private static boolean isNameAndUri(String text) {
        int open = openOf(text);
        if (open < 0) {
            // Without brackets what follows a question mark would be the header's, not the URI's (section 20.10).
            return URI.matcher(text).matches() && text.indexOf('?') < 0 && text.indexOf(',') < 0;
        }
        String name = text.substring(0, open).strip();
        boolean quoted = name.length() > 1 && name.startsWith("\"") && name.endsWith("\"");
        return text.endsWith(">")
                && (quoted || UNQUOTED_NAME.matcher(name).matches())
                && URI.matcher(text.substring(open + 1, text.length() - 1)).matches();
    }

    /** The bracket that no quote holds. */
    private static int openOf(String text) {
        boolean quoted = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quoted && c == '\\') {
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (c == '<' && !quoted) {
                return i;
            }
        }
        return -1;
    }

    /** Each has a name; what it says is its own affair. */
    private static boolean parametersOf(List<String> pieces) {
        return pieces.stream().skip(1).allMatch(piece -> {
            int equals = piece.indexOf('=');
            String name = (equals < 0 ? piece : piece.substring(0, equals)).strip();
            return PARAMETER_NAME.matcher(name).matches();
        });
    }

    /** Cut where a separator stands neither in quotes nor in brackets; empty if a quote or a bracket has no end. */
    private static Optional<List<String>> pieces(String text, char separator) {
        var pieces = new ArrayList<String>(2);
        boolean quoted = false;
        boolean bracketed = false;
        int begin = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quoted && c == '\\') {
                i++;
            } else if (c == '"' && !bracketed) {
                quoted = !quoted;
            } else if (c == '<' && !quoted) {
                if (bracketed) {
                    return Optional.empty();
                }
                bracketed = true;
            } else if (c == '>' && !quoted) {
                bracketed = false;
            } else if (c == separator && !quoted && !bracketed) {
                pieces.add(text.substring(begin, i));
                begin = i + 1;
            }
        }
        pieces.add(text.substring(begin));
        return quoted || bracketed ? Optional.empty() : Optional.of(pieces);
    }
}
