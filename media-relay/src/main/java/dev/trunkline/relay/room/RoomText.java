package dev.trunkline.relay.room;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a caller sent, as LiveKit takes it: printable, and no longer than livekit-server's limits (its configuration's
 * {@code limit}), since one value that is too long makes it refuse the whole join. Lengths are octets of UTF-8, as there.
 */
final class RoomText {
    /** livekit-server allows 256; {@link RoomJoiner} may add six characters, and a number is never so long. */
    static final int MOST_IDENTITY = 128;
    /** livekit-server allows 256. */
    static final int MOST_NAME = 128;
    static final int MOST_KEY = 128;
    static final int MOST_VALUE = 1_024;
    /** livekit-server allows 64,000 for all names and values. */
    static final int MOST_ATTRIBUTES = 32_000;
    /** livekit-server allows 64,000. */
    static final int MOST_METADATA = 60_000;
    private static final char REPLACEMENT = '?';

    private RoomText() {}

    /**
     * One line that can be printed: a control or format character, a line or paragraph separator and half a surrogate pair are
     * each replaced by a question mark.
     *
     * @param most octets of UTF-8; what is longer is cut between characters
     */
    static String line(String text, int most) {
        var line = new StringBuilder();
        int octets = 0;
        for (int i = 0; i < text.length(); ) {
            int sent = text.codePointAt(i);
            int character = printable(sent) ? sent : REPLACEMENT;
            octets += octets(character);
            if (octets > most) {
                break;
            }
            line.appendCodePoint(character);
            i += Character.charCount(sent);
        }
        return line.toString();
    }

    /** As {@link #line}, and without what would end the identity in a log line or a list: spaces, quotes, brackets, commas. */
    static String identity(String text) {
        var identity = new StringBuilder(line(text, MOST_IDENTITY));
        for (int i = 0; i < identity.length(); i++) {
            if (" \"'`,;<>[]{}()\\".indexOf(identity.charAt(i)) >= 0 || Character.isSpaceChar(identity.charAt(i))) {
                identity.setCharAt(i, '_');
            }
        }
        return identity.toString();
    }

    /**
     * Attributes within the limits. Where all together are too many, those that the caller sent are left out before what the
     * system says: the last in the order of their names first.
     *
     * @param known names that stay
     */
    static Map<String, String> attributes(Map<String, String> sent, Map<String, String> known) {
        Map<String, String> kept = new LinkedHashMap<>();
        int octets = 0;
        for (Map<String, String> some : List.of(known, sent)) {
            for (Map.Entry<String, String> attribute : new TreeMap<>(some).entrySet()) {
                String key = line(attribute.getKey(), MOST_KEY);
                String value = line(attribute.getValue(), MOST_VALUE);
                int more = length(key) + length(value);
                // LiveKit takes an empty value for "delete this attribute".
                if (!key.isEmpty() && !value.isEmpty() && !kept.containsKey(key) && octets + more <= MOST_ATTRIBUTES) {
                    kept.put(key, value);
                    octets += more;
                }
            }
        }
        return kept;
    }

    static int length(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    private static boolean printable(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL, Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE, Character.UNASSIGNED, Character.PRIVATE_USE -> false;
            default -> true;
        };
    }

    private static int octets(int character) {
        if (character < 0x80) {
            return 1;
        }
        if (character < 0x800) {
            return 2;
        }
        return character < 0x10000 ? 3 : 4;
    }
}
