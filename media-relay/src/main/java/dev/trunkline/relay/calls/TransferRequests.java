package dev.trunkline.relay.calls;

import dev.trunkline.events.CallId;
import dev.trunkline.events.CallRouted;
import dev.trunkline.events.DialPurpose;
import dev.trunkline.events.InviteReceived;
import dev.trunkline.events.TransferRequested;
import dev.trunkline.events.TransferWay;
import dev.trunkline.events.privacy.SealedTargets;
import dev.trunkline.events.privacy.TransferTarget;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What the router is asked where the caller of a call is to have somebody else.
 *
 * @param relay this relay's id
 * @param parting what a REFER is to have, of which the edge hears before it
 */
record TransferRequests(CallRouted route, String relay, SealedTargets targets, PartingHeaders parting) {
    /** What is asked for, its target sealed. */
    record Asked(
            String transfer, String sealedTarget, Optional<String> trunk, Optional<TransferWay> way, boolean agentsStay,
            OptionalInt ringingSeconds, Optional<CallId> referredBy) {
        /** Of whom no phone asks for. */
        Asked(
                String transfer, String sealedTarget, Optional<String> trunk, Optional<TransferWay> way, boolean agentsStay,
                OptionalInt ringingSeconds) {
            this(transfer, sealedTarget, trunk, way, agentsStay, ringingSeconds, Optional.empty());
        }

        /** The same, with the way that rule or trunk have for it, where whoever asked named none. */
        Asked by(Optional<TransferWay> defaultWay) {
            return new Asked(transfer, sealedTarget, trunk, way.or(() -> defaultWay), agentsStay, ringingSeconds, referredBy);
        }

        /** The same by the other way, as a transfer of its own. @param behind its id */
        Asked again(String behind, TransferWay other) {
            return new Asked(transfer + behind, sealedTarget, trunk, Optional.of(other), agentsStay, ringingSeconds, referredBy);
        }
    }

    String sealed(TransferTarget target) {
        return targets.seal(route.callId(), target);
    }

    /** @param by who asks, as {@code requestedBy} has it @param purpose empty for a transfer */
    TransferRequested of(Asked asked, String by, Optional<DialPurpose> purpose) {
        parting.settle();
        InviteReceived invite = route.invite();
        return new TransferRequested(
                route.callId(), asked.transfer(), relay, route.organisation(), route.number(), route.rule(), route.room(),
                invite.trunk(), invite.purpose(), invite.sealed(), asked.sealedTarget(), asked.trunk(), asked.way(),
                asked.agentsStay(), asked.ringingSeconds(), by, purpose, asked.referredBy());
    }
}
