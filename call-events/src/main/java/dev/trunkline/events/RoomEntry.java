package dev.trunkline.events;

import java.util.Optional;

/**
 * What stands between a caller and the room.
 *
 * @param mustExist the room is not made for the call: without it the call is refused
 * @param desk a person in a browser answers, no agent
 * @param sealedPin the digits that the caller must enter, sealed like a caller; empty where none are asked for
 */
public record RoomEntry(boolean mustExist, boolean desk, Optional<String> sealedPin) {

    public RoomEntry {
        sealedPin = sealedPin == null ? Optional.empty() : sealedPin;
    }
}
