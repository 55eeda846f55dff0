package dev.trunkline.router.livekit;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * What a file of LiveKit's is in our own form.
 *
 * @param file a directory file with {@code trunks} and {@code rules}
 * @param warnings what is not the same here
 */
public record Translation(ObjectNode file, List<Warning> warnings) {

    public Translation {
        warnings = List.copyOf(warnings);
    }
}
