package dev.trunkline.router.dialling;

import dev.trunkline.events.OrganisationRef;
import java.util.Optional;

/**
 * Somebody is to be called.
 *
 * @param organisation for whom
 * @param to a number in any form, a {@code tel:} or {@code sip:} URI
 * @param trunk name of the outbound trunk; empty lets the decision choose
 * @param shown the organisation's number that is to be shown, as the directory has it; empty for none
 * @param caller number of the caller who is handed over or forwarded, E.164 where it is known; empty where there is none, or it is
 *     withheld
 * @param phoneOf id of the trunk whose phone asks for it, by REFER; empty where somebody else does
 */
public record DialRequest(
        OrganisationRef organisation, String to, Optional<String> trunk, Optional<String> shown, Optional<String> caller,
        Optional<String> phoneOf) {

    /** Of one that no phone asks for. */
    public DialRequest(
            OrganisationRef organisation, String to, Optional<String> trunk, Optional<String> shown, Optional<String> caller) {
        this(organisation, to, trunk, shown, caller, Optional.empty());
    }

    /** Says nothing of the two: this record must not leak into a log line. */
    @Override
    public String toString() {
        return "DialRequest[" + organisation.name() + "]";
    }
}
