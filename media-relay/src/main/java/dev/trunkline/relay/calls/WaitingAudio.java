package dev.trunkline.relay.calls;

import dev.trunkline.relay.RelaySettings;
import dev.trunkline.relay.audio.Recording;
import dev.trunkline.relay.audio.Sound;
import dev.trunkline.relay.audio.WaitingTone;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** What callers who were answered before their agent came hear, from the settings. */
final class WaitingAudio {
    private static final String TONE = "tone";
    private static final String SILENCE = "silence";
    /** Half an hour of 16 kHz; a longer file is no waiting music. */
    private static final long MOST_BYTES = 64L * 1_024 * 1_024;

    private WaitingAudio() {}

    /** @throws IllegalArgumentException that says which setting to change */
    static Optional<Sound.Source> of(RelaySettings.Media media) {
        return switch (media.waiting()) {
            case TONE -> Optional.of(WaitingTone::new);
            case SILENCE -> Optional.empty();
            default -> Optional.of(recording(media));
        };
    }

    private static Recording recording(RelaySettings.Media media) {
        String name = media.waiting();
        String what = "TRUNKLINE_MEDIA_WAITING is \"" + name + "\": ";
        if (name.contains("/") || name.contains("\\") || name.startsWith(".")) {
            throw new IllegalArgumentException(what + "name a file within TRUNKLINE_MEDIA_SOUNDS, without a path");
        }
        Path folder = Path.of(media.sounds().orElseThrow(() -> new IllegalArgumentException(
                what + "use tone or silence, or set TRUNKLINE_MEDIA_SOUNDS to the folder of that file")));
        try {
            Path file = folder.resolve(name);
            if (Files.size(file) > MOST_BYTES) {
                throw new IllegalArgumentException(what + "it is longer than " + MOST_BYTES + " bytes");
            }
            return Recording.ofWav(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new IllegalArgumentException(what + "no such file can be read in TRUNKLINE_MEDIA_SOUNDS");
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(e.getMessage().startsWith(what) ? e.getMessage() : what + e.getMessage());
        }
    }
}
