package dev.trunkline.events;

import java.util.Optional;

/**
 * The conditions between a caller and the room.
 *
 * @param mustExist the room is not created for the call: if it does not exist, the call is rejected
 * @param desk a person in a browser answers, not an agent
 * @param sealedPin the digits that the caller must enter, sealed like a caller; empty if none are required
 */
public record RoomEntry(boolean mustExist, boolean desk, Optional<String> sealedPin) {

    public RoomEntry {
        sealedPin = sealedPin == null ? Optional.empty() : sealedPin;
    }
}
