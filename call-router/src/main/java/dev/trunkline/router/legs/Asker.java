package dev.trunkline.router.legs;

import dev.trunkline.router.auth.Principal;
import dev.trunkline.router.directory.Directory;
import dev.trunkline.router.directory.Organisation;
import dev.trunkline.router.problem.Refused;
import java.util.Optional;

/** The organisation for which a request makes an outbound call. */
final class Asker {
    private Asker() {}

    /**
     * @param named by the request; a tenant need not name its own, nor an admin the only one
     * @throws Refused if there is none, or it is not the tenant's
     */
    static Organisation organisation(Principal who, Optional<String> named, Directory directory) {
        return switch (who) {
            case Principal.Tenant tenant -> directory.organisation(tenant.organisation().toString())
                    .filter(own -> named.filter(name -> !name.equals(own.name())).isEmpty())
                    .orElseThrow(Asker::unknown);
            case Principal.Admin admin -> named.map(name -> directory.organisationNamed(name).orElseThrow(Asker::unknown))
                    .orElseGet(() -> only(directory));
        };
    }

    /** Returns the only organisation: with only one, there is nothing to choose. */
    private static Organisation only(Directory directory) {
        return directory.organisations().values().stream()
                .findFirst()
                .filter(organisation -> directory.organisations().size() == 1)
                .orElseThrow(() -> Refused.malformed("Write the name of the organisation for which the call is made as organisation."));
    }

    private static Refused unknown() {
        return Refused.unknown("There is no organisation of that name, or it is not yours: GET /organisations lists them.");
    }
}
