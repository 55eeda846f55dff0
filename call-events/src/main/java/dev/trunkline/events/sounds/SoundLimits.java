package dev.trunkline.events.sounds;

import java.time.Duration;
import java.util.IllformedLocaleException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** How long and how big a sound may be, and how it may be named. */
public final class SoundLimits {
    /** Maximum size of a file: what Kafka accepts in one message by default (1 MiB), with room for key and headers. */
    public static final int MOST_OCTETS = 900_000;
    /** Maximum length of what is heard: nobody listens for longer. */
    public static final Duration LONGEST = Duration.ofSeconds(120);
    /** Maximum length of a name, in characters. */
    public static final int LONGEST_NAME = 64;
    /** Maximum length of a language tag; RFC 5646 section 4.4.1 requires this much. */
    public static final int LONGEST_LANGUAGE = 35;

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

    private SoundLimits() {}

    /**
     * Whether this is a valid name for a sound: up to 64 letters, digits, dots, underscores and hyphens, beginning with a letter
     * or digit.
     */
    public static boolean isName(String name) {
        return name.length() <= LONGEST_NAME && NAME.matcher(name).matches();
    }

    /**
     * Converts a language to the form in which it is stored and compared.
     *
     * @param tag BCP 47, in any case; empty for a sound without a language
     * @return in the form of RFC 5646 section 2.1.1 ({@code nl-BE}); empty for text that is not a language tag
     */
    public static Optional<String> language(String tag) {
        if (tag.isEmpty()) {
            return Optional.of(tag);
        }
        if (tag.length() > LONGEST_LANGUAGE) {
            return Optional.empty();
        }
        try {
            String canonical = new Locale.Builder().setLanguageTag(tag).build().toLanguageTag();
            return canonical.equals("und") || canonical.length() > LONGEST_LANGUAGE ? Optional.empty() : Optional.of(canonical);
        } catch (IllformedLocaleException e) {
            return Optional.empty();
        }
    }
}
