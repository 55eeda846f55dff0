package dev.trunkline.events;

import java.util.Optional;

/**
 * A key was pressed: detected by the relay (RFC 4733), or reported by the phone in an INFO to the edge. The key itself is
 * not published in the clear, because digits are card numbers and PINs as often as menu choices. The agent in the room
 * gets it.
 *
 * @param fromCaller true from the phone to the room, false the other way
 * @param sealedKey from the edge only: the key as one character of {@code 0-9*#A-D}, sealed, for the relay to pass on to
 *     the room
 */
public record DtmfReceived(CallId callId, boolean fromCaller, int durationMillis, Optional<String> sealedKey)
        implements CallEvent {

    public DtmfReceived {
        sealedKey = sealedKey == null ? Optional.empty() : sealedKey;
    }

    /** A key that has already reached the room. */
    public DtmfReceived(CallId callId, boolean fromCaller, int durationMillis) {
        this(callId, fromCaller, durationMillis, Optional.empty());
    }
}
