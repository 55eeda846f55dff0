package dev.trunkline.router.routing;

import java.util.Optional;

/**
 * What stands between a caller and the room. Fields as in {@link dev.trunkline.events.RoomEntry}, with the PIN in the
 * clear: the publisher of the decision seals it.
 */
public record Entry(boolean mustExist, boolean desk, Optional<String> pin) {
    /** Nothing. */
    public static final Entry OPEN = new Entry(false, false, Optional.empty());

    /** Leaves the PIN out. */
    @Override
    public String toString() {
        return "Entry[mustExist=%s, desk=%s, pin=%s]".formatted(mustExist, desk, pin.isPresent());
    }
}
