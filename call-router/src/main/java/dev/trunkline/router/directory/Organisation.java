package dev.trunkline.router.directory;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trunkline.events.OrganisationRef;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A tenant.
 *
 * @param config overrides the suite's configuration for all numbers of the organisation
 * @param maxConcurrentCalls empty for no limit
 * @param callerRate over all numbers of the organisation that have no rate of their own; empty for the suite's
 */
public record Organisation(
        String id, String name, ObjectNode config, OptionalInt maxConcurrentCalls, Optional<CallRate> callerRate) {

    public OrganisationRef ref() {
        return new OrganisationRef(id, name);
    }
}
