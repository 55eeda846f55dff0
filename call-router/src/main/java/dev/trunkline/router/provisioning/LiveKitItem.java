package dev.trunkline.router.provisioning;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;

/**
 * A trunk or a rule as LiveKit has it.
 *
 * @param raw the protobuf message in base64, which also keeps fields that this release does not know
 * @param json the same by protobuf's JSON mapping, in snake_case
 */
public record LiveKitItem(ItemKey key, String raw, ObjectNode json) {
    private static final int LONGEST_NAME = 128;

    /**
     * Returns its name in the directory: LiveKit's name, or its id in lower case if the name is empty, longer than 128
     * characters, or contains control characters.
     */
    public String name() {
        String given = json.path("name").asText("").strip();
        boolean usable = !given.isEmpty() && given.length() <= LONGEST_NAME && given.chars().noneMatch(Character::isISOControl);
        return usable ? given : key.id().toLowerCase(Locale.ROOT);
    }

    String metadata() {
        return json.path("metadata").asText("");
    }

    /** Leaves out the contents: passwords and numbers. */
    @Override
    public String toString() {
        return "LiveKitItem[" + key + "]";
    }
}
