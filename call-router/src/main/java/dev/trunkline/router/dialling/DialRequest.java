package dev.trunkline.router.dialling;

import dev.trunkline.events.OrganisationRef;
import java.util.Optional;

/**
 * A request for an outbound call.
 *
 * @param organisation for which the call is made
 * @param to a number in any form, a {@code tel:} or {@code sip:} URI
 * @param trunk name of the outbound trunk; empty lets the decision choose
 * @param shown the organisation's number to show, as the directory has it; empty for none
 * @param caller number of the caller who is transferred or forwarded, in E.164 if it is known; empty if there is none,
 *     or it is withheld
 * @param phoneOf id of the trunk whose phone requests it by REFER; empty for any other requester
 */
public record DialRequest(
        OrganisationRef organisation, String to, Optional<String> trunk, Optional<String> shown, Optional<String> caller,
        Optional<String> phoneOf) {

    /** Creates a request that does not come from a phone. */
    public DialRequest(
            OrganisationRef organisation, String to, Optional<String> trunk, Optional<String> shown, Optional<String> caller) {
        this(organisation, to, trunk, shown, caller, Optional.empty());
    }

    /** Leaves out both numbers: this record must not leak into a log line. */
    @Override
    public String toString() {
        return "DialRequest[" + organisation.name() + "]";
    }
}
