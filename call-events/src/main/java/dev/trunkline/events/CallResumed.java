package dev.trunkline.events;

/** The phone took the call off hold. */
public record CallResumed(CallId callId) implements CallEvent {}
