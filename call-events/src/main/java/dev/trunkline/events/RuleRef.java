package dev.trunkline.events;

/** The dispatch rule that took the call, by id and name. */
public record RuleRef(String id, String name) {}
