package dev.trunkline.router.directory;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Checks what a relay puts in a room against livekit-server's limits: text that is too long stays out of the room,
 * because LiveKit would otherwise refuse the whole call. In octets of UTF-8; media-relay's README has the limits.
 */
public final class RoomLimits {
    /** The longest metadata of a participant, an agent's job or a room. */
    public static final int MOST_METADATA = 60_000;
    /** The longest configuration: in a room's metadata it stands beside the details of the call. */
    public static final int MOST_CONFIG = 59_000;

    static final int MOST_KEY = 128;
    static final int MOST_VALUE = 1_024;
    /** The longest attributes of a rule in total, names and values. The call's own are added to them, up to 32,000. */
    static final int MOST_ATTRIBUTES = 30_000;

    private RoomLimits() {}

    /** Returns what is wrong with metadata that is too long; empty if it is not. */
    public static Optional<String> metadata(String metadata) {
        return tooLong(octets(metadata), MOST_METADATA, "metadata");
    }

    /** Returns the same for a configuration, in the form that calls get. */
    public static Optional<String> config(ObjectNode config) {
        return config.isEmpty()
                ? Optional.empty()
                : tooLong(octets(ConfigMerge.forCalls(config).toString()), MOST_CONFIG, "a configuration");
    }

    /** Returns the same for a rule's attributes, each of which is a text. */
    public static Optional<String> attributes(ObjectNode attributes) {
        int all = 0;
        for (var attribute : attributes.properties()) {
            int key = octets(attribute.getKey());
            int value = octets(attribute.getValue().asText());
            if (key > MOST_KEY || value > MOST_VALUE) {
                return Optional.of("LiveKit accepts names of %d octets and values of %,d: shorten %s, or write it into the metadata"
                        .formatted(MOST_KEY, MOST_VALUE, attribute.getKey().substring(0, Math.min(MOST_KEY, attribute.getKey().length()))));
            }
            all += key + value;
        }
        return tooLong(all, MOST_ATTRIBUTES, "attributes");
    }

    private static Optional<String> tooLong(int octets, int most, String what) {
        return octets <= most
                ? Optional.empty()
                : Optional.of(("has %,d octets, and LiveKit accepts %,d of %s in a room: anything longer never reaches the agent;"
                                + " store it elsewhere, and write where to find it")
                        .formatted(octets, most, what));
    }

    private static int octets(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
