package dev.trunkline.edge.ladder;

import dev.trunkline.edge.caller.CallIdMask;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * A SIP message for every reader who may read of its call: addresses without identities, the headers that are known to be harmless,
 * a session description without names and keys; of every other header only the name. Pure.
 */
public final class MessageMask {
    private static final String CRLF = "\r\n";
    private static final Set<String> PLAIN = Set.of(
            "via", "v", "cseq", "call-id", "i", "max-forwards", "content-type", "c", "content-length", "l", "allow", "supported", "k", "require",
            "proxy-require", "unsupported", "accept", "user-agent", "server", "session-expires", "x", "min-se", "rseq", "rack", "reason",
            "warning", "retry-after", "date", "timestamp", "expires", "min-expires", "event", "o", "allow-events", "u", "subscription-state",
            "mime-version", "privacy");
    private static final Set<String> ADDRESSES = Set.of(
            "from", "f", "to", "t", "contact", "m", "record-route", "route", "path", "p-asserted-identity", "p-preferred-identity",
            "remote-party-id", "p-called-party-id", "diversion", "history-info", "referred-by", "b", "refer-to", "r");
    private static final String SDP_KEPT = "vctmab";
    private static final List<String> SDP_SECRETS = List.of("a=crypto", "a=key-mgmt", "a=ice-pwd", "a=ice-ufrag", "a=identity");

    private MessageMask() {}

    /**
     * What is left of a message.
     *
     * @param cut whether it was longer
     * @param numbers of addresses in it, unmasked: to be masked wherever they stand in the call's other messages
     */
    public record Masked(String text, boolean cut, List<String> numbers) {}

    /**
     * @param most characters
     * @param known numbers of the call's other messages
     */
    public static Masked of(byte[] octets, int most, List<String> known) {
        String whole = new String(octets, 0, Math.min(octets.length, most), StandardCharsets.UTF_8);
        int end = whole.indexOf(CRLF + CRLF);
        List<String> head = unfolded(end < 0 ? whole : whole.substring(0, end));
        List<String> numbers = new ArrayList<>();
        var text = new StringBuilder(startLine(head.getFirst(), numbers)).append(CRLF);
        String type = "";
        for (String line : head.subList(1, head.size())) {
            int colon = line.indexOf(':');
            if (colon > 0) {
                String name = line.substring(0, colon).strip();
                String value = line.substring(colon + 1).strip();
                String lower = name.toLowerCase(Locale.ROOT);
                if (lower.equals("content-type") || lower.equals("c")) {
                    type = value.toLowerCase(Locale.ROOT);
                }
                text.append(name).append(": ").append(header(lower, value, numbers)).append(CRLF);
            }
        }
        text.append(CRLF);
        if (end >= 0) {
            text.append(body(whole.substring(end + 2 * CRLF.length()), type));
        }
        numbers.addAll(known);
        return new Masked(CallIdMask.mask(text.toString(), numbers.stream().distinct().toList()), octets.length > most, numbers);
    }

    private static List<String> unfolded(String head) {
        List<String> lines = new ArrayList<>();
        for (String line : head.lines().toList()) {
            if (!lines.isEmpty() && !line.isEmpty() && (line.charAt(0) == ' ' || line.charAt(0) == '\t')) {
                lines.set(lines.size() - 1, lines.getLast() + " " + line.strip());
            } else {
                lines.add(line);
            }
        }
        return lines.isEmpty() ? List.of("") : lines;
    }

    private static String startLine(String line, List<String> numbers) {
        if (line.startsWith("SIP/")) {
            return line;
        }
        numbers.addAll(AddressMask.numbers(line));
        return AddressMask.of(line);
    }

    private static String header(String name, String value, List<String> numbers) {
        if (ADDRESSES.contains(name)) {
            numbers.addAll(AddressMask.numbers(value));
            return AddressMask.of(value);
        }
        return PLAIN.contains(name) ? value : AddressMask.LEFT_OUT;
    }

    private static String body(String body, String type) {
        if (body.isEmpty()) {
            return "";
        }
        if (!type.startsWith("application/sdp")) {
            return "(%d characters of %s)%s".formatted(body.length(), type.isEmpty() ? "no type" : type, CRLF);
        }
        var text = new StringBuilder();
        body.lines().forEach(line -> text.append(sdp(line)).append(CRLF));
        return text.toString();
    }

    private static String sdp(String line) {
        if (line.startsWith("o=")) {
            int blank = line.indexOf(' ');
            return blank < 0 ? "o=" + AddressMask.LEFT_OUT : "o=-" + line.substring(blank);
        }
        boolean kept = line.length() > 1 && line.charAt(1) == '=' && SDP_KEPT.indexOf(line.charAt(0)) >= 0
                && SDP_SECRETS.stream().noneMatch(secret -> line.toLowerCase(Locale.ROOT).startsWith(secret));
        if (kept) {
            return line;
        }
        int end = line.indexOf(':') > 0 && line.startsWith("a=") ? line.indexOf(':') + 1 : Math.min(2, line.length());
        return line.substring(0, end) + AddressMask.LEFT_OUT;
    }
}
