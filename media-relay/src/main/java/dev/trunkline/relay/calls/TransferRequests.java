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
 * Requests to the router to connect the caller of a call to somebody else.
 *
 * @param relay this relay's id
 * @param parting the headers of a REFER, which the edge learns before it
 */
record TransferRequests(CallRouted route, String relay, SealedTargets targets, PartingHeaders parting) {
    /** What is requested, its target sealed. */
    record Asked(
            String transfer, String sealedTarget, Optional<String> trunk, Optional<TransferWay> way, boolean agentsStay,
            OptionalInt ringingSeconds, Optional<CallId> referredBy) {
        /** A request that does not come from a phone. */
        Asked(
                String transfer, String sealedTarget, Optional<String> trunk, Optional<TransferWay> way, boolean agentsStay,
                OptionalInt ringingSeconds) {
            this(transfer, sealedTarget, trunk, way, agentsStay, ringingSeconds, Optional.empty());
        }

        /** Returns the same with the default mode of rule or trunk, if the requester named none. */
        Asked by(Optional<TransferWay> defaultWay) {
            return new Asked(transfer, sealedTarget, trunk, way.or(() -> defaultWay), agentsStay, ringingSeconds, referredBy);
        }

        /** Returns the same by the other mode, as a transfer of its own. @param behind suffix of its id */
        Asked again(String behind, TransferWay other) {
            return new Asked(transfer + behind, sealedTarget, trunk, Optional.of(other), agentsStay, ringingSeconds, referredBy);
        }
    }

    String sealed(TransferTarget target) {
        return targets.seal(route.callId(), target);
    }

    /** @param by the requester, as in {@code requestedBy} @param purpose empty for a transfer */
    TransferRequested of(Asked asked, String by, Optional<DialPurpose> purpose) {
        parting.settle();
        InviteReceived invite = route.invite();
        return new TransferRequested(
                route.callId(), asked.transfer(), relay, route.organisation(), route.number(), route.rule(), route.room(),
                invite.trunk(), invite.purpose(), invite.sealed(), asked.sealedTarget(), asked.trunk(), asked.way(),
                asked.agentsStay(), asked.ringingSeconds(), by, purpose, asked.referredBy());
    }
}
