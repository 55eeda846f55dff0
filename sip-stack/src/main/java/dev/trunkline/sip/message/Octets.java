package dev.trunkline.sip.message;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A buffer for writing messages. CR, LF and NUL in the content become blanks: only {@link #endLine} ends a line. Not
 * thread-safe.
 */
final class Octets {
    private byte[] buffer;
    private int length;

    Octets(int capacity) {
        buffer = new byte[capacity];
    }

    byte[] written() {
        return Arrays.copyOf(buffer, length);
    }

    /** Writes text in UTF-8. */
    Octets text(String text) {
        room(3 * text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < 0x80) {
                buffer[length++] = (byte) harmless(c);
            } else if (c < 0x800) {
                buffer[length++] = (byte) (0xc0 | c >> 6);
                buffer[length++] = (byte) (0x80 | c & 0x3f);
            } else if (Character.isHighSurrogate(c) && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1))) {
                int point = Character.toCodePoint(c, text.charAt(++i));
                buffer[length++] = (byte) (0xf0 | point >> 18);
                buffer[length++] = (byte) (0x80 | point >> 12 & 0x3f);
                buffer[length++] = (byte) (0x80 | point >> 6 & 0x3f);
                buffer[length++] = (byte) (0x80 | point & 0x3f);
            } else if (Character.isSurrogate(c)) {
                buffer[length++] = '?';
            } else {
                buffer[length++] = (byte) (0xe0 | c >> 12);
                buffer[length++] = (byte) (0x80 | c >> 6 & 0x3f);
                buffer[length++] = (byte) (0x80 | c & 0x3f);
            }
        }
        return this;
    }

    /** Writes octets as received, but on one line: a fold becomes one blank. */
    Octets raw(byte[] octets, int from, int to) {
        room(Math.max(0, to - from));
        for (int i = from; i < to; i++) {
            int c = octets[i];
            if (c == '\r' || c == '\n') {
                i = Math.max(i, Scan.skipBlanks(octets, i, to) - 1);
            }
            buffer[length++] = (byte) harmless(c);
        }
        return this;
    }

    /** Writes a URI: blanks, quotes and brackets, which would end it, are escaped. */
    Octets uri(String uri) {
        int begin = 0;
        for (int i = 0; i < uri.length(); i++) {
            char c = uri.charAt(i);
            if (c <= ' ' || c == '<' || c == '>' || c == '"' || c == 0x7f) {
                text(uri.substring(begin, i)).text("%").text(hex(c >> 4)).text(hex(c & 15));
                begin = i + 1;
            }
        }
        return text(begin == 0 ? uri : uri.substring(begin));
    }

    /** Writes a quoted string (RFC 3261 section 25.1). */
    Octets quoted(String text) {
        return text("\"").text(text.replace("\\", "\\\\").replace("\"", "\\\"")).text("\"");
    }

    private static String hex(int digit) {
        return String.valueOf(Character.toUpperCase(Character.forDigit(digit, 16)));
    }

    /** @param number not negative */
    Octets number(long number) {
        room(20);
        int from = length;
        long rest = number;
        do {
            buffer[length++] = (byte) ('0' + rest % 10);
            rest /= 10;
        } while (rest > 0);
        for (int i = from, j = length - 1; i < j; i++, j--) {
            byte swapped = buffer[i];
            buffer[i] = buffer[j];
            buffer[j] = swapped;
        }
        return this;
    }

    Octets endLine() {
        room(2);
        buffer[length++] = '\r';
        buffer[length++] = '\n';
        return this;
    }

    /** Writes a whole header field. */
    Octets field(String name, String value) {
        return text(name).text(": ").text(value).endLine();
    }

    /** Writes a whole header field with its value as received. */
    Octets field(String name, byte[] octets, int from, int to) {
        return text(name).text(": ").raw(octets, from, to).endLine();
    }

    /** Writes the length of the body, the empty line that ends the header section, and the body. */
    byte[] withBody(String body) {
        byte[] octets = body.getBytes(StandardCharsets.UTF_8);
        text("Content-Length: ").number(octets.length).endLine().endLine();
        byte[] whole = Arrays.copyOf(buffer, length + octets.length);
        System.arraycopy(octets, 0, whole, length, octets.length);
        return whole;
    }

    private static int harmless(int c) {
        return c == '\r' || c == '\n' || c == 0 ? ' ' : c;
    }

    private void room(int more) {
        if (length + more > buffer.length) {
            buffer = Arrays.copyOf(buffer, Math.max(length + more, 2 * buffer.length));
        }
    }
}
