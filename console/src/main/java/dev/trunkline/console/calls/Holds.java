package dev.trunkline.console.calls;

import dev.trunkline.events.CallHeld;
import dev.trunkline.events.CallRecord;
import dev.trunkline.events.CallResumed;
import dev.trunkline.events.MediaLost;
import java.util.Optional;

/**
 * The holders of a call at one moment: its phone, a participant in its room, both or none. Pure.
 *
 * @param byRoom participant in the room that holds the caller
 */
public record Holds(boolean byPhone, Optional<String> byRoom) {
    public static final Holds NONE = new Holds(false, Optional.empty());

    public boolean any() {
        return byPhone || byRoom.isPresent();
    }

    public Holds after(CallRecord record) {
        return switch (record) {
            case CallHeld e -> e.by().isPresent() ? new Holds(byPhone, e.by()) : new Holds(true, byRoom);
            case CallResumed e -> e.by().isPresent() ? new Holds(byPhone, Optional.empty()) : new Holds(false, byRoom);
            // Another relay takes over the call and knows of no hold by the room: the holder requests it again.
            case MediaLost ignored -> new Holds(byPhone, Optional.empty());
            default -> this;
        };
    }
}
