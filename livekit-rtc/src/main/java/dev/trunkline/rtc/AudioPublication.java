package dev.trunkline.rtc;

import java.util.List;
import java.util.Objects;

/**
 * One microphone track to publish when joining.
 *
 * @param trackName the track's name that other participants see
 * @param preferred codecs in order of preference, at least one. The room's answer decides: if the server does not enable the
 *                  first, it takes the next, and {@link LocalAudioTrack#codec()} says which
 */
public record AudioPublication(String trackName, List<AudioCodec> preferred) {

    public AudioPublication {
        Objects.requireNonNull(trackName, "trackName");
        preferred = List.copyOf(preferred);
        if (preferred.isEmpty()) {
            throw new IllegalArgumentException("an audio publication needs at least one preferred codec, for example PCMU");
        }
    }
}
