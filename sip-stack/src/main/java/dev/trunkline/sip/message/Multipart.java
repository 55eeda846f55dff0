package dev.trunkline.sip.message;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Multipart bodies (RFC 2046 section 5.1, RFC 5621). Linear, and bounded in parts and depth; never recursive. */
public final class Multipart {
    /** RFC 2046 section 5.1.1. */
    private static final int LONGEST_BOUNDARY = 70;

    private static final String ALTERNATIVE = "multipart/alternative";
    /** RFC 2045 section 6: transfer encodings that leave the octets as they are. */
    private static final Set<String> PLAIN = Set.of("7bit", "8bit", "binary");

    private Multipart() {}

    /**
     * One part that is not itself a multipart body.
     *
     * @param contentType type and subtype in lower case; {@code text/plain} if it gives none (RFC 2046 section 5.1)
     * @param disposition from Content-Disposition, lower case, without parameters; empty if there is none
     * @param required whether a recipient that does not understand it must reject the message (RFC 3261 section 20.11): true
     *     unless it, or a part that contains it, has {@code handling=optional}
     * @param alternative number, from 1, of the outermost {@code multipart/alternative} body that contains it; 0 for none
     * @param id from Content-ID, without its brackets; empty if there is none
     * @param encoded whether its octets are encoded: compressed, or as base64 or quoted-printable
     * @param octets its body
     */
    public record Part(
            String contentType, String disposition, boolean required, int alternative, String id, boolean encoded, byte[] octets) {
        /** Decodes the octets as UTF-8. */
        public String text() {
            return new String(octets, StandardCharsets.UTF_8);
        }
    }

    /** A multipart body to be split, or (with no type) a piece whose own header section has not been read yet. */
    private record Waiting(String contentType, byte[] octets, int depth, boolean required, int alternative) {}

    /**
     * Returns all parts in order, nested parts in the place of the part that contains them.
     *
     * @param contentType the whole value of the message's Content-Type
     * @return empty if it is not a multipart body, has no boundary or no part, or has more parts than {@link
     *     MessageLimits#PARTS}. A multipart part deeper than {@link MessageLimits#PART_DEPTH} stays whole.
     */
    public static List<Part> leaves(String contentType, byte[] body) {
        var leaves = new ArrayList<Part>();
        var waiting = new ArrayDeque<Waiting>();
        int seen = 0;
        int alternatives = 0;
        if (boundary(contentType).isPresent()) {
            waiting.push(new Waiting(contentType, body, 0, true, 0));
        }
        while (!waiting.isEmpty()) {
            Waiting next = waiting.pop();
            if (next.contentType.isEmpty()) {
                read(next, waiting, leaves);
                continue;
            }
            List<byte[]> pieces = cut(next.octets, boundary(next.contentType).orElse(""));
            seen += pieces.size();
            if (seen > MessageLimits.PARTS) {
                return List.of();
            }
            boolean begins = next.alternative == 0 && MediaType.of(next.contentType).name().equals(ALTERNATIVE);
            alternatives += begins ? 1 : 0;
            int alternative = begins ? alternatives : next.alternative;
            // Last first, because they wait on a stack.
            for (byte[] piece : pieces.reversed()) {
                waiting.push(new Waiting("", piece, next.depth + 1, next.required, alternative));
            }
        }
        return leaves;
    }

    /** Reads a part: a header section like a message's, without a start line. */
    private static void read(Waiting piece, ArrayDeque<Waiting> waiting, List<Part> leaves) {
        byte[] octets = startLine(piece.octets);
        Head head = Head.of(octets, 0);
        String type = value(head, "Content-Type").orElse("text/plain");
        MediaType disposition = MediaType.of(value(head, "Content-Disposition").orElse(""));
        boolean required = piece.required && !isOptional(disposition);
        byte[] content = Arrays.copyOfRange(octets, Math.min(head.bodyFrom(), octets.length), octets.length);
        if (piece.depth < MessageLimits.PART_DEPTH && boundary(type).isPresent()) {
            waiting.push(new Waiting(type, content, piece.depth, required, piece.alternative));
        } else {
            leaves.add(new Part(MediaType.of(type).name(), disposition.name(), required, piece.alternative,
                    id(value(head, "Content-ID").orElse("")), isEncoded(head), content));
        }
    }

    /** RFC 3261 section 20.11. */
    static boolean isOptional(MediaType disposition) {
        return "optional".equalsIgnoreCase(disposition.parameters().get("handling"));
    }

    private static String id(String value) {
        String bare = value.strip();
        return bare.startsWith("<") && bare.endsWith(">") && bare.length() > 1 ? bare.substring(1, bare.length() - 1).strip() : bare;
    }

    private static boolean isEncoded(Head head) {
        return value(head, "Content-Transfer-Encoding").map(Multipart::bare).filter(how -> !PLAIN.contains(how)).isPresent()
                || value(head, "Content-Encoding").map(Multipart::bare).filter(how -> !how.equals("identity")).isPresent();
    }

    private static String bare(String value) {
        return value.strip().toLowerCase(Locale.ROOT);
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
     * Returns the pieces between the delimiter lines. Text before the first and after the last one is ignored. The last
     * delimiter may be missing.
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

    /** Strips the line end before a delimiter, which belongs to the delimiter. */
    private static int withoutLineEnd(byte[] body, int from, int to) {
        int end = to > from && body[to - 1] == '\n' ? to - 1 : to;
        return end > from && body[end - 1] == '\r' ? end - 1 : end;
    }
}
