package dev.trunkline.events;

/**
 * One step of a decision, in words that a person can act on.
 *
 * @param step what was done, kebab-case, for example {@code number-matched}
 * @param detail one sentence; never a raw caller number
 */
public record TraceStep(String step, String detail) {}
