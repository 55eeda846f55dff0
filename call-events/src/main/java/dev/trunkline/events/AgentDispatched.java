package dev.trunkline.events;

/** LiveKit took the dispatch of an agent; {@code tookMillis} counts from the admission. */
public record AgentDispatched(CallId callId, String agent, String dispatchId, long tookMillis) implements CallEvent {}
