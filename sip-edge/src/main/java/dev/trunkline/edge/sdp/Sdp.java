package dev.trunkline.edge.sdp;

import dev.trunkline.edge.text.Texts;
import java.util.List;
import java.util.Set;

/**
 * The part of SDP (RFC 8866) that signalling must touch.
 *
 * <p>A description stands in events, which analytics read. A line that neither the relay nor analytics need, or that cannot be
 * read, is left out, because anything may be written into it. What the relay must see in order to refuse it, a {@code c=} or
 * {@code m=} that cannot be read, is replaced by one without content.
 */
public final class Sdp {
    /** Offers of phones are about 1 KiB; anything beyond this is ignored. */
    static final int MOST_CHARACTERS = 65_536;

    static final int MOST_LINES = 512;
    /** A longer line is not read; of an {@code m=} as many formats are kept as fit. */
    static final int LONGEST_LINE = 1_024;

    private static final Set<String> ATTRIBUTES = Set.of(
            "rtpmap", "fmtp", "ptime", "maxptime", "sendrecv", "sendonly", "recvonly", "inactive", "rtcp", "rtcp-mux", "mid",
            "group", "crypto");
    private static final int ORIGIN_FIELDS = 6;
    private static final int FORMATS = 256;
    private static final int LONGEST_NUMBER = 20;

    private Sdp() {}

    /**
     * Returns the description with only the lines that the relay and analytics need: {@code v= o= s= c= t= b= m=} and the
     * attributes of audio that the relay knows. The origin and the session name then identify nobody. Lines end in CRLF. The
     * keys of {@code a=crypto} stay: {@link SdpKeys} seals them in everything that leaves the edge for Kafka.
     */
    public static String scrubbed(String description) {
        String text = description.length() > MOST_CHARACTERS ? description.substring(0, MOST_CHARACTERS) : description;
        var scrubbed = new StringBuilder(text.length());
        for (String line : Texts.lines(text, MOST_LINES)) {
            if (line.length() >= 2 && line.charAt(1) == '=') {
                String kept = kept(line.charAt(0), line.substring(2));
                if (!kept.isEmpty()) {
                    scrubbed.append(line, 0, 2).append(kept).append("\r\n");
                }
            }
        }
        return scrubbed.toString();
    }

    /** Empty for a line that is left out. */
    private static String kept(char type, String value) {
        boolean readable = value.length() <= LONGEST_LINE && Texts.isPrintable(value);
        return switch (type) {
            case 'v' -> Texts.number(value.strip(), 3).isPresent() ? value.strip() : "";
            case 'o' -> readable ? origin(value) : "-";
            case 's' -> "-";
            case 'c' -> readable && isConnection(value) ? value : "-";
            case 't' -> readable && isTiming(value) ? value : "";
            case 'b' -> readable && isBandwidth(value) ? value : "";
            case 'm' -> media(value);
            case 'a' -> readable && ATTRIBUTES.contains(name(value)) ? value : "";
            default -> "";
        };
    }

    /** RFC 8866 section 5.2: the user name is a dash if the host has no user ids. */
    private static String origin(String value) {
        List<String> fields = Texts.pieces(value, " ", ORIGIN_FIELDS + 1);
        boolean well = fields.size() == ORIGIN_FIELDS
                && isNumber(fields.get(1))
                && isNumber(fields.get(2))
                && isConnection(String.join(" ", fields.subList(3, ORIGIN_FIELDS)));
        return well ? "- " + String.join(" ", fields.subList(1, ORIGIN_FIELDS)) : "-";
    }

    /** {@code IN IP4 192.0.2.1}, {@code IN IP6 2001:db8::1}; multicast has a slash. */
    private static boolean isConnection(String value) {
        List<String> fields = Texts.pieces(value, " \t", 4);
        return fields.size() == 3
                && fields.get(0).equals("IN")
                && (fields.get(1).equals("IP4") || fields.get(1).equals("IP6"))
                && Texts.isOf(fields.get(2), ".:/-%");
    }

    private static boolean isTiming(String value) {
        List<String> fields = Texts.pieces(value.strip(), " ", 3);
        return fields.size() == 2 && isNumber(fields.get(0)) && isNumber(fields.get(1));
    }

    private static boolean isBandwidth(String value) {
        int colon = value.indexOf(':');
        return colon > 0 && Texts.isOf(value.substring(0, colon), "-") && isNumber(value.substring(colon + 1).strip());
    }

    private static boolean isNumber(String text) {
        return text.length() <= LONGEST_NUMBER && Texts.isDigits(text);
    }

    /** Each {@code m=} stays, else the answer would have fewer than the offer (RFC 3264 section 6). */
    private static String media(String value) {
        String fitting = value.length() <= LONGEST_LINE ? value : value.substring(0, value.lastIndexOf(' ', LONGEST_LINE) + 1);
        List<String> fields = Texts.pieces(fitting, " \t", FORMATS);
        boolean well = fields.size() >= 4 && fields.stream().allMatch(field -> Texts.isOf(field, "/.-_+*#"));
        return well ? String.join(" ", fields) : "-";
    }

    private static String name(String attribute) {
        int colon = attribute.indexOf(':');
        return colon < 0 ? attribute : attribute.substring(0, colon);
    }
}
