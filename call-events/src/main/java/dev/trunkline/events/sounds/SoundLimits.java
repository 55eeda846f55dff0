package dev.trunkline.events.sounds;

import java.time.Duration;
import java.util.IllformedLocaleException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** How long and how big a sound may be, and what it may be called. */
public final class SoundLimits {
    /** Of a file: what Kafka takes in one message as it comes out of the box (1 MiB), with room for key and headers. */
    public static final int MOST_OCTETS = 900_000;
    /** Of what is heard: nobody listens for longer. */
    public static final Duration LONGEST = Duration.ofSeconds(120);
    /** Of a name, in characters. */
    public static final int LONGEST_NAME = 64;
    /** Of a language tag; RFC 5646 section 4.4.1 asks for that much. */
    public static final int LONGEST_LANGUAGE = 35;

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

    private SoundLimits() {}

    /** Whether a sound may be called so: up to 64 letters, digits, dots, underscores and minuses, and a letter or digit first. */
    public static boolean isName(String name) {
        return name.length() <= LONGEST_NAME && NAME.matcher(name).matches();
    }

    /**
     * A language as it is kept and compared.
     *
     * @param tag BCP 47, in any case; empty for a sound of no language
     * @return as RFC 5646 section 2.1.1 writes it ({@code nl-BE}); empty for what is no language tag
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
