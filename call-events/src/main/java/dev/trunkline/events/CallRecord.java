package dev.trunkline.events;

/** A message on the call topics, keyed by call id: an event (it happened) or a command (somebody asks for it). */
public sealed interface CallRecord permits CallEvent, CallCommand {
    CallId callId();
}
