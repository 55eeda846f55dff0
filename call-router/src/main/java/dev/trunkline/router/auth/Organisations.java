package dev.trunkline.router.auth;

import dev.trunkline.events.OrganisationRef;
import java.util.Optional;

/** Looks up the organisation that a token names. */
@FunctionalInterface
public interface Organisations {

    /** @param idOrName an id takes precedence over a name that looks like one */
    Optional<OrganisationRef> find(String idOrName);
}
