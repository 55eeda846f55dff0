package dev.trunkline.router.sounds;

import dev.trunkline.events.sounds.SoundFile;
import dev.trunkline.events.sounds.SoundLimits;
import dev.trunkline.events.sounds.UnusableSoundException;
import dev.trunkline.router.problem.Refused;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/**
 * A file that was checked.
 *
 * @param language in its stored form; empty for none
 * @param byDefault true: it is the default from now on; empty: only if the sound has none yet
 * @param millis its duration
 */
record Upload(
        String name, String language, Optional<Boolean> byDefault, String contentType, String sha256, long millis, byte[] file) {

    /** @throws Refused with what is wrong and what to do */
    static Upload check(String name, Optional<String> language, Optional<Boolean> byDefault, byte[] body) {
        if (!SoundLimits.isName(name)) {
            throw Refused.malformed(("The name of a sound has up to %d letters, digits, dots, underscores and minuses, and begins with a"
                    + " letter or a digit.")
                    .formatted(SoundLimits.LONGEST_NAME));
        }
        try {
            SoundFile file = SoundFile.read(body);
            return new Upload(
                    name, language(language).orElse(""), byDefault, file.contentType(), sha256(body), Math.max(1, file.length().toMillis()), body);
        } catch (UnusableSoundException e) {
            throw Refused.malformed(e.getMessage());
        }
    }

    /** @throws Refused if it is not a language */
    static Optional<String> language(Optional<String> given) {
        return given.map(tag -> SoundLimits.language(tag)
                .orElseThrow(() -> Refused.malformed("Write language as a language tag, for example nl-BE, or leave it out.")));
    }

    private static String sha256(byte[] file) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(file));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
