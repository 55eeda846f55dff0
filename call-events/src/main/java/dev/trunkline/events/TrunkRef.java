package dev.trunkline.events;

/** A trunk by id and by the name that its operator gave it. */
public record TrunkRef(String id, String name) {}
