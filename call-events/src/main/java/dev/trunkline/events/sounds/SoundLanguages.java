package dev.trunkline.events.sounds;

import java.util.Collection;
import java.util.Optional;

/** Chooses which of the languages of a sound is played. */
public final class SoundLanguages {
    private SoundLanguages() {}

    /**
     * Uses lookup (RFC 4647 section 3.4): the language itself, then shorter and shorter prefixes of it ({@code nl-BE}, {@code nl},
     * none), then the default.
     *
     * @param there as {@link SoundLimits#language} writes them
     * @param wanted BCP 47 in any case; text that is not a language counts as none
     */
    public static Optional<String> pick(Collection<String> there, Optional<String> byDefault, String wanted) {
        String range = SoundLimits.language(wanted).orElse("");
        while (!there.contains(range)) {
            if (range.isEmpty()) {
                return byDefault.filter(there::contains);
            }
            range = shorter(range);
        }
        return Optional.of(range);
    }

    private static String shorter(String range) {
        int end = range.lastIndexOf('-');
        // A single letter introduces the part that was cut off.
        return end < 0 ? "" : end > 1 && range.charAt(end - 2) == '-' ? range.substring(0, end - 2) : range.substring(0, end);
    }
}
