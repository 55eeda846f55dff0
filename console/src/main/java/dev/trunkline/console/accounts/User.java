package dev.trunkline.console.accounts;

import dev.trunkline.events.OrganisationRef;
import java.util.Optional;

/** Who is signed in. @param organisation of which they see things; empty for everything */
public record User(String name, Role role, Optional<OrganisationRef> organisation) {

    /** Whether what is of this organisation, or of none, may be seen. @param id empty for what is nobody's */
    public boolean sees(Optional<String> id) {
        return organisation.isEmpty() || id.equals(organisation.map(OrganisationRef::id));
    }

    /** Whether anything may be changed. */
    public boolean changes() {
        return role != Role.SUPPORT;
    }
}
