package dev.trunkline.events;

/**
 * An agent to dispatch.
 *
 * @param name the name that the agent worker registered with LiveKit
 * @param metadata passed to the agent's job unchanged
 */
public record Agent(String name, String metadata) {}
