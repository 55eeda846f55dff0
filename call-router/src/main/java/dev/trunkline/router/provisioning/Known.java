package dev.trunkline.router.provisioning;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/**
 * What Postgres remembers about an item of LiveKit's.
 *
 * @param raw as in {@link LiveKitItem}, to be written back if LiveKit loses it
 * @param placed what the directory took of it; empty if it could not be taken
 */
public record Known(ItemKey key, String raw, Optional<Placed> placed) {

    /**
     * @param name in the directory
     * @param form the item as it was taken, in the form of a directory file
     */
    public record Placed(String name, ObjectNode form) {}

    /** Leaves out the contents: passwords and numbers. */
    @Override
    public String toString() {
        return "Known[" + key + "]";
    }
}
