package dev.trunkline.sip.message;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Bodies of several parts (RFC 2046 section 5.1, RFC 5621). Linear, and bounded in parts and depth; never recursive. */
public final class Multipart {
    /** RFC 2046 section 5.1.1. */
    private static final int LONGEST_BOUNDARY = 70;

    private Multipart() {}

    /**
     * One part that is no multipart body itself.
     *
     * @param contentType type and subtype in lower case; {@code text/plain} where it says none (RFC 2046 section 5.1)
     * @param disposition of Content-Disposition, lower case, without parameters; empty where there is none
     * @param required whether who does not understand it must refuse the whole (RFC 3261 section 20.11): so unless it says
     *     {@code handling=optional}
     * @param octets its body
     */
    public record Part(String contentType, String disposition, boolean required, byte[] octets) {
        /** As UTF-8. */
        public String text() {
            return new String(octets, StandardCharsets.UTF_8);
        }
    }

    private record Waiting(String contentType, byte[] octets, int depth) {}

    /**
     * All parts in order, those within a part in its place.
     *
     * @param contentType the whole value of the message's Content-Type
     * @return empty if it is no multipart body, has no boundary or no part, or if there are more parts than {@link
     *     MessageLimits#PARTS}. A multipart part deeper than {@link MessageLimits#PART_DEPTH} stays whole.
     */
    public static List<Part> leaves(String contentType, byte[] body) {
        var leaves = new ArrayList<Part>();
        var waiting = new ArrayDeque<Waiting>();
        int seen = 0;
        if (boundary(contentType).isPresent()) {
            waiting.push(new Waiting(contentType, body, 0));
        }
        while (!waiting.isEmpty()) {
            Waiting whole = waiting.pop();
            List<byte[]> pieces = cut(whole.octets, boundary(whole.contentType).orElse(""));
            seen += pieces.size();
            if (seen > MessageLimits.PARTS) {
                return List.of();
            }
            // The last first, for they wait on a stack; a leaf waits with the others, so that the order stays.
            for (byte[] piece : pieces.reversed()) {
                waiting.push(new Waiting("", piece, whole.depth + 1));
            }
            while (!waiting.isEmpty() && waiting.peek().contentType.isEmpty()) {
                Waiting piece = waiting.pop();
                // A part is a header section like a message's, with nothing in place of the start line.
                byte[] octets = startLine(piece.octets);
                Head head = Head.of(octets, 0);
                String type = value(head, "Content-Type").orElse("text/plain");
                byte[] content = Arrays.copyOfRange(octets, head.bodyFrom(), octets.length);
                if (piece.depth <= MessageLimits.PART_DEPTH - 1 && boundary(type).isPresent()) {
                    waiting.push(new Waiting(type, content, piece.depth));
                } else {
                    leaves.add(part(head, type, content));
                }
            }
        }
        return leaves;
    }

    private static Part part(Head head, String type, byte[] content) {
        MediaType disposition = MediaType.of(value(head, "Content-Disposition").orElse(""));
        boolean optional = "optional".equalsIgnoreCase(disposition.parameters().get("handling"));
        return new Part(MediaType.of(type).name(), disposition.name(), !optional, content);
    }

    private static Optional<String> value(Head head, String name) {
        return new ReceivedHeaders(head).first(name);
    }

    private static byte[] startLine(byte[] part) {
        boolean bare = part.length > 0 && bare(part);
        byte[] end = bare ? new byte[] {'-', '\n'} : new byte[] {'-', '\r', '\n'};
        byte[] whole = Arrays.copyOf(end, end.length + part.length);
        System.arraycopy(part, 0, whole, end.length, part.length);
        return whole;
    }

    private static boolean bare(byte[] part) {
        int end = Scan.indexOf(part, 0, part.length, '\n');
        return end == 0 || end > 0 && part[end - 1] != '\r';
    }

    private static Optional<String> boundary(String contentType) {
        MediaType type = MediaType.of(contentType);
        String boundary = type.parameters().getOrDefault("boundary", "");
        return type.name().toLowerCase(Locale.ROOT).startsWith("multipart/")
                        && !boundary.isEmpty() && boundary.length() <= LONGEST_BOUNDARY
                ? Optional.of(boundary)
                : Optional.empty();
    }

    /**
     * What stands between the delimiter lines; what stands before the first and after the last belongs to nobody. A last
     * delimiter that is missing is forgiven.
     */
    private static List<byte[]> cut(byte[] body, String boundary) {
        byte[] delimiter = ("--" + boundary).getBytes(StandardCharsets.ISO_8859_1);
        var pieces = new ArrayList<byte[]>(2);
        int begin = -1;
        int line = 0;
        while (line < body.length && pieces.size() <= MessageLimits.PARTS) {
            int end = Scan.indexOf(body, line, body.length, '\n');
            int next = end < 0 ? body.length : end + 1;
            int rest = line + delimiter.length;
            boolean delimits = rest <= body.length && Arrays.equals(body, line, rest, delimiter, 0, delimiter.length);
            boolean last = delimits && rest + 1 < body.length && body[rest] == '-' && body[rest + 1] == '-';
            if (delimits && (last || Scan.skipBlanks(body, rest, next) == next)) {
                if (begin >= 0) {
                    pieces.add(Arrays.copyOfRange(body, begin, withoutLineEnd(body, begin, line)));
                }
                begin = last ? -1 : next;
                if (last) {
                    return pieces;
                }
            }
            line = next;
        }
        if (begin >= 0 && begin < body.length) {
            pieces.add(Arrays.copyOfRange(body, begin, body.length));
        }
        return pieces;
    }

    /** The line end before a delimiter is the delimiter's. */
    private static int withoutLineEnd(byte[] body, int from, int to) {
        int end = to > from && body[to - 1] == '\n' ? to - 1 : to;
        return end > from && body[end - 1] == '\r' ? end - 1 : end;
    }
}
