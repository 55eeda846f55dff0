package dev.trunkline.events;

/**
 * One step of a rule's fallback chain. The steps are tried in order until one takes the call.
 *
 * @param target agent name, SIP URI, number, name of a sound or SIP status, as {@code kind} says
 * @param metadata for an agent; empty for the others
 * @param patienceSeconds how long to wait for this step; 0 where nothing is waited for
 */
public record Fallback(FallbackKind kind, String target, String metadata, int patienceSeconds) {}
