package dev.trunkline.relay.room;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Makes text from a caller acceptable to LiveKit: printable, and no longer than livekit-server's limits (its configuration's
 * {@code limit}), because one value that is too long makes it refuse the whole join. Lengths are octets of UTF-8, as there.
 */
final class RoomText {
    /** livekit-server allows 256; {@link RoomJoiner} may add six characters, and a number is never this long. */
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
     * Returns one printable line: each control or format character, line or paragraph separator and unpaired surrogate is
     * replaced by a question mark.
     *
     * @param most octets of UTF-8; a longer text is cut between characters
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

    /**
     * Does the same as {@link #line}, and replaces what would end the identity in a log line or a list: spaces, quotes, brackets, commas.
     */
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
     * Returns the attributes within the limits. If they are too long together, those that the caller sent are left out before those that
     * the system sets: the last by name first.
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
