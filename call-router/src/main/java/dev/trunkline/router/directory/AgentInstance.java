package dev.trunkline.router.directory;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * One way in which an organisation runs an agent, for example its order desk: a base configuration that several of its
 * numbers share. It is merged between the organisation's configuration and the number's.
 *
 * @param name unique in its organisation
 */
public record AgentInstance(String id, String organisationId, String name, ObjectNode config) {}
