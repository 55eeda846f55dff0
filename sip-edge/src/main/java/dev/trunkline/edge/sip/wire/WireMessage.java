package dev.trunkline.edge.sip.wire;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A message cut into lines, not parsed. Bytes are taken as characters one by one, so that what is echoed is what came.
 *
 * @param startLine without its line end
 * @param fields in order, folded lines put together
 * @param folded whether some field was
 * @param ended whether an empty line closes the header section
 * @param bodyBytes what came after it
 */
public record WireMessage(String startLine, List<Field> fields, boolean folded, boolean ended, int bodyBytes) {
    /** RFC 3261 section 7.3.3 and those that came later, for what is looked at here. */
    private static final Map<String, String> LONG_FORMS = Map.of(
            "v", "via", "f", "from", "t", "to", "i", "call-id", "m", "contact", "l", "content-length", "c", "content-type",
            "e", "content-encoding", "s", "subject", "k", "supported");

    /**
     * @param name lower case, long form; empty where a line has no colon
     * @param value without blanks around it
     */
    public record Field(String name, String value) {}

    /** @param bytes one message; line ends before it must be gone */
    public static WireMessage of(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        int end = text.indexOf("\r\n\r\n");
        boolean ended = end >= 0;
        String head = ended ? text.substring(0, end) : text;
        int lineEnd = head.indexOf("\r\n");
        String startLine = lineEnd < 0 ? head : head.substring(0, lineEnd);
        var fields = new ArrayList<Field>(16);
        int from = lineEnd < 0 ? head.length() : lineEnd + 2;
        while (from < head.length()) {
            int to = endOfField(head, from);
            fields.add(field(head.substring(from, to)));
            from = to + 2;
        }
        boolean folded = head.contains("\r\n ") || head.contains("\r\n\t");
        return new WireMessage(startLine, List.copyOf(fields), folded, ended, ended ? bytes.length - end - 4 : 0);
    }

    /** Where the line ends that no line goes on with. */
    private static int endOfField(String head, int from) {
        int to = head.indexOf("\r\n", from);
        while (to >= 0 && to + 2 < head.length() && isBlank(head.charAt(to + 2))) {
            to = head.indexOf("\r\n", to + 2);
        }
        return to < 0 ? head.length() : to;
    }

    private static Field field(String line) {
        int colon = line.indexOf(':');
        String name = line.substring(0, Math.max(colon, 0)).strip().toLowerCase(Locale.ROOT);
        String value = line.substring(colon + 1).replace("\r\n", "").strip();
        return new Field(LONG_FORMS.getOrDefault(name, name), value);
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t';
    }

    /** In a datagram the body without a length goes to the end (RFC 3261 section 18.3); in a stream there is none. */
    private boolean lacksLength() {
        return bodyBytes > 0 && values("content-length").isEmpty();
    }

    /** Whether who reads on might read something else; then {@link #plain} is for him. */
    public boolean needsPlain() {
        return folded || lacksLength();
    }

    /**
     * Each field on one line, and the length of the body said.
     *
     * @param message the bytes that this was made of
     */
    public byte[] plain(byte[] message) {
        var text = new StringBuilder(message.length).append(startLine).append("\r\n");
        fields.forEach(field -> text.append(field.name()).append(": ").append(field.value()).append("\r\n"));
        text.append(lacksLength() ? "Content-Length: " + bodyBytes + "\r\n\r\n" : "\r\n");
        byte[] head = text.toString().getBytes(StandardCharsets.ISO_8859_1);
        byte[] whole = Arrays.copyOf(head, head.length + bodyBytes);
        System.arraycopy(message, message.length - bodyBytes, whole, head.length, bodyBytes);
        return whole;
    }

    public boolean isResponse() {
        return startLine.regionMatches(true, 0, "SIP/", 0, 4);
    }

    /** Up to the first blank. */
    public String method() {
        int blank = startLine.indexOf(' ');
        return blank < 0 ? startLine : startLine.substring(0, blank);
    }

    /** @param name lower case, long form */
    public List<String> values(String name) {
        return fields.stream().filter(field -> field.name().equals(name)).map(Field::value).toList();
    }
}
