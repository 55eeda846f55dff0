package dev.trunkline.events;

/**
 * A key was pressed (RFC 4733). Which key is not said: digits are card numbers and PINs as often as menu choices. The
 * agent in the room gets it.
 *
 * @param fromCaller true from the phone to the room, false the other way
 */
public record DtmfReceived(CallId callId, boolean fromCaller, int durationMillis) implements CallEvent {}
