package dev.trunkline.router.dialling;

import dev.trunkline.events.ForwardPlan;
import dev.trunkline.events.ForwardTarget;
import dev.trunkline.events.OrganisationRef;
import dev.trunkline.events.OutboundTrunk;
import dev.trunkline.events.destinations.Target;
import java.util.List;
import java.util.Optional;

/** Whether a call can be forwarded at all: whether a trunk for it exists, not whether the target is permitted. Pure. */
public final class Onward {
    private Onward() {}

    /**
     * Returns whether a trunk exists for any of the targets: one that it names, else one that has the host of its SIP
     * URI, else, for a number, any that the organisation may use.
     */
    public static boolean hasTrunk(ForwardPlan plan, OrganisationRef organisation, List<OutboundTrunk> outbound) {
        UsableTrunks trunks = UsableTrunks.of(outbound, organisation);
        return plan.rounds().stream().flatMap(round -> round.targets().stream()).anyMatch(target -> hasTrunk(target, trunks));
    }

    private static boolean hasTrunk(ForwardTarget target, UsableTrunks trunks) {
        if (target.outboundTrunk().isPresent()) {
            return true;
        }
        Optional<String> host = host(target.to());
        return host.isPresent() ? !trunks.at(host.get()).isEmpty() : !trunks.all().isEmpty();
    }

    /** Returns the host of a SIP URI, in lower case; empty for a number, and for a URI that cannot be called. */
    public static Optional<String> host(String to) {
        return Target.read(to).flatMap(Target::host);
    }
}
