package dev.trunkline.events.sounds;

import java.util.Optional;

/**
 * Identifies a sound in one language.
 *
 * @param organisation id of its owner; empty for the suite's, which every organisation may use
 * @param name see {@link SoundLimits#isName}
 * @param language BCP 47, see {@link SoundLimits#language}; empty for a sound without a language
 */
public record SoundKey(String organisation, String name, String language) {
    /** Occurs in none of the three. */
    private static final char BETWEEN = '/';

    /** Returns the key of the message that carries the sound. */
    public String text() {
        return organisation + BETWEEN + name + BETWEEN + language;
    }

    /** Parses what {@link #text} wrote; empty for anything else. */
    public static Optional<SoundKey> parse(String text) {
        int first = text.indexOf(BETWEEN);
        int second = text.indexOf(BETWEEN, first + 1);
        if (first < 0 || second < 0 || text.indexOf(BETWEEN, second + 1) >= 0) {
            return Optional.empty();
        }
        var key = new SoundKey(text.substring(0, first), text.substring(first + 1, second), text.substring(second + 1));
        return SoundLimits.isName(key.name) ? Optional.of(key) : Optional.empty();
    }
}
