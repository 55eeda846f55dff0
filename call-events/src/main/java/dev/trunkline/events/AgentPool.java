package dev.trunkline.events;

/**
 * Agents that share one scarce thing, for example the sessions of a GPU.
 *
 * @param name the same pool in several rules is counted together
 * @param sessions most calls at once, 1 or more
 */
public record AgentPool(String name, int sessions) {}
