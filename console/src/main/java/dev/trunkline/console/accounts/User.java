package dev.trunkline.console.accounts;

import dev.trunkline.events.OrganisationRef;
import java.util.Optional;

/** A signed-in user. @param organisation whose data the user sees; empty for everything */
public record User(String name, Role role, Optional<OrganisationRef> organisation) {

    /** Whether the user may see what belongs to this organisation, or to none. @param id empty for what belongs to no organisation */
    public boolean sees(Optional<String> id) {
        return organisation.isEmpty() || id.equals(organisation.map(OrganisationRef::id));
    }

    /** Whether the user may change anything. */
    public boolean changes() {
        return role != Role.SUPPORT;
    }
}
