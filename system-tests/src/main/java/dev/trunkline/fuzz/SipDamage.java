package dev.trunkline.fuzz;

import dev.trunkline.hostile.Overlong;
import java.util.List;
import java.util.Random;

/**
 * Damages SIP and SDP text one to four times, each time at random: flipped octets, parts that are lost, duplicated or
 * swapped, impossible numbers, thousands of separators. Each character is one octet. Not thread-safe.
 */
public final class SipDamage {
    private static final int MOST_DAMAGES = 4;
    /** Longer messages do not fit into a datagram. */
    private static final int LONGEST = 60_000;
    private static final List<String> NUMBERS = List.of(
            "-1", "0", "00000000000000000001", "2147483648", "4294967296", "9223372036854775808", "1e9", "0x10", "99999999999999999999999999", "", " 1 2");
    private static final List<String> MARKS = List.of(
            ";", ",", "\"", "<", ">", "(", ")", "\\", " ", "\t", "=", ":", "@", "%", "[", "]", "?", "&", "*", "\r", "\n", "\r\n", "\u0000", "\u00ff",
            "\u00e2\u0082\u00ac", "\r\n ", "\r\n\r\n", ";a=b", "%00", "<sip:", "::");

    private final Random random;

    public SipDamage(Random random) {
        this.random = random;
    }

    /** Returns a damaged copy of this message, never longer than a datagram. */
    public String damage(String message) {
        String text = message;
        int times = 1 + random.nextInt(MOST_DAMAGES);
        for (int i = 0; i < times && !text.isEmpty(); i++) {
            text = once(text);
        }
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST);
    }

    private String once(String text) {
        int at = random.nextInt(text.length());
        int to = Math.min(text.length(), at + 1 + random.nextInt(60));
        return switch (random.nextInt(12)) {
            case 0 -> text.substring(0, at) + (char) (text.charAt(at) ^ 1 << random.nextInt(8)) + text.substring(at + 1);
            case 1 -> text.substring(0, at) + text.substring(to);
            case 2 -> text.substring(0, to) + text.substring(at);
            case 3 -> text.substring(0, at) + pick(MARKS).repeat(many()) + text.substring(at);
            case 4 -> text.substring(0, at) + noise(1 + random.nextInt(200)) + text.substring(at);
            case 5 -> text.substring(0, at);
            case 6 -> lineTwice(text);
            case 7 -> linesExchanged(text);
            case 8 -> otherNumber(text);
            case 9 -> lineGone(text);
            case 10 -> text.substring(0, at) + pick(MARKS) + text.substring(to);
            default -> Overlong.withHeader(text, pick(Overlong.headers()), pick(MARKS).repeat(many()));
        };
    }

    /** Returns a repeat count: mostly a few, now and then thousands. */
    private int many() {
        return random.nextInt(8) == 0 ? 500 + random.nextInt(9_500) : 1 + random.nextInt(20);
    }

    private String pick(List<String> from) {
        return from.get(random.nextInt(from.size()));
    }

    private String noise(int length) {
        StringBuilder noise = new StringBuilder();
        for (int i = 0; i < length; i++) {
            noise.append((char) random.nextInt(256));
        }
        return noise.toString();
    }

    private String lineTwice(String text) {
        String[] lines = text.split("\r\n", -1);
        int at = random.nextInt(lines.length);
        String line = lines[at];
        int times = Math.max(1, Math.min(many(), LONGEST / (line.length() + 2)));
        lines[at] = (line + "\r\n").repeat(times) + line;
        return String.join("\r\n", lines);
    }

    private String linesExchanged(String text) {
        String[] lines = text.split("\r\n", -1);
        int a = random.nextInt(lines.length);
        int b = random.nextInt(lines.length);
        String kept = lines[a];
        lines[a] = lines[b];
        lines[b] = kept;
        return String.join("\r\n", lines);
    }

    private String lineGone(String text) {
        String[] lines = text.split("\r\n", -1);
        lines[random.nextInt(lines.length)] = "";
        return String.join("\r\n", lines);
    }

    private String otherNumber(String text) {
        int from = random.nextInt(text.length());
        while (from < text.length() && !isDigit(text.charAt(from))) {
            from++;
        }
        int to = from;
        while (to < text.length() && isDigit(text.charAt(to))) {
            to++;
        }
        return text.substring(0, from) + pick(NUMBERS) + text.substring(to);
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
