package dev.trunkline.router.auth;

import dev.trunkline.events.OrganisationRef;
import java.util.Optional;

/** Finds the organisation that a token names. */
@FunctionalInterface
public interface Organisations {

    /** @param idOrName an id goes before a name that looks like one */
    Optional<OrganisationRef> find(String idOrName);
}
