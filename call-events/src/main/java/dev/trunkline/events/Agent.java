package dev.trunkline.events;

/**
 * An agent to dispatch.
 *
 * @param name the name that the agent worker registered with LiveKit
 * @param metadata handed to the agent's job as it is
 */
public record Agent(String name, String metadata) {}
