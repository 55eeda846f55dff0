package dev.trunkline.phone.sip;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The headers of a message, in order; names compare without case.
 *
 * @param lines each line
 */
public record Headers(List<Header> lines) {

    public Headers {
        lines = List.copyOf(lines);
    }

    public static Headers none() {
        return new Headers(List.of());
    }

    /** Returns the first value of that name. */
    public Optional<String> first(String name) {
        return lines.stream().filter(line -> line.name().equalsIgnoreCase(name)).map(Header::value).findFirst();
    }

    /** Returns each line of that name. */
    public List<String> all(String name) {
        return lines.stream().filter(line -> line.name().equalsIgnoreCase(name)).map(Header::value).toList();
    }

    /** Returns each element of that name; a line may hold several, separated by commas (RFC 3261 7.3.1). */
    public List<String> elements(String name) {
        return all(name).stream().flatMap(value -> split(value).stream()).toList();
    }

    /**
     * Returns the first value of that name.
     *
     * @throws SipParseException if there is none
     */
    public String require(String name) {
        return first(name).orElseThrow(() -> new SipParseException("no " + name + " header"));
    }

    /** Returns a copy with one more header at the end. */
    public Headers with(String name, String value) {
        List<Header> more = new ArrayList<>(lines);
        more.add(new Header(name, value));
        return new Headers(more);
    }

    /** Splits at commas; those inside quotes or angle brackets do not separate. */
    private static List<String> split(String value) {
        List<String> parts = new ArrayList<>();
        boolean quoted = false;
        int depth = 0;
        int from = 0;
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (quoted && c == '\\') {
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (!quoted && c == '<') {
                depth++;
            } else if (!quoted && c == '>') {
                depth--;
            } else if (!quoted && depth == 0 && c == ',') {
                parts.add(value.substring(from, i).strip());
                from = i + 1;
            }
        }
        parts.add(value.substring(from).strip());
        return parts.stream().filter(part -> !part.isEmpty()).toList();
    }
}
