package dev.trunkline.router.directory;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/**
 * A number and the organisation that has it.
 *
 * @param e164 with the plus
 * @param active false: switched off by its organisation
 * @param label for people
 * @param configOverride overrides the organisation's configuration
 * @param maxConcurrentCalls 1 or more
 * @param callerRate the number's own, counted alone; empty for the organisation's
 */
public record PhoneNumber(
        String e164,
        String organisationId,
        boolean active,
        String label,
        ObjectNode configOverride,
        int maxConcurrentCalls,
        Optional<CallRate> callerRate) {}
