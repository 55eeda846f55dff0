package dev.trunkline.events;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * What a rule gives the caller's participant in the room.
 *
 * @param metadata participant metadata, empty for none
 * @param attributes participant attributes, each a text
 * @param hideNumber the caller's number stays out of identity, name and attributes
 */
public record ParticipantSettings(String metadata, ObjectNode attributes, boolean hideNumber) {}
