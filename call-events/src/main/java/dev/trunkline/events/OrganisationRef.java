package dev.trunkline.events;

/** An organisation (tenant) by id and name. */
public record OrganisationRef(String id, String name) {}
