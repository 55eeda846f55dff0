package dev.trunkline.events;

/**
 * Agents that share a scarce resource, for example the sessions of a GPU.
 *
 * @param name rules that name the same pool are counted together
 * @param sessions maximum number of concurrent calls, 1 or more
 */
public record AgentPool(String name, int sessions) {}
