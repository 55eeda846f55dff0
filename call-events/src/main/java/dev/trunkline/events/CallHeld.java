package dev.trunkline.events;

/** The phone put the call on hold (RFC 3264 section 8.4). */
public record CallHeld(CallId callId) implements CallEvent {}
