package dev.trunkline.limiter.admission;

import dev.trunkline.events.AgentPool;
import dev.trunkline.events.CallDirection;
import dev.trunkline.events.CallId;
import dev.trunkline.events.CallPurpose;
import dev.trunkline.events.CallRouted;
import dev.trunkline.events.CallSummary;
import dev.trunkline.events.InviteReceived;
import dev.trunkline.events.LiveCall;
import dev.trunkline.events.OrganisationRef;
import dev.trunkline.events.OutgoingLeg;
import dev.trunkline.events.RuleRef;
import dev.trunkline.events.TrunkRef;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What the limiter keeps of an admitted call beside its slot, so that it can say whose call it is, and tell its end when
 * edge and relay are gone. Nothing of it names the caller but the pseudonym.
 *
 * @param caller pseudonym, of a call out that of whoever is called
 * @param agentPool name of the pool whose session the call holds; empty for none
 * @param direction empty for a call that came in
 * @param parent the call for whose caller a call out is made; empty for none
 */
public record CallCard(
        Optional<CallPurpose> purpose,
        TrunkRef trunk,
        String called,
        String caller,
        OrganisationRef organisation,
        String number,
        RuleRef rule,
        String room,
        Optional<String> agentPool,
        Instant receivedAt,
        Optional<CallDirection> direction,
        Optional<CallId> parent) {

    public CallCard {
        purpose = purpose == null ? Optional.empty() : purpose;
        agentPool = agentPool == null ? Optional.empty() : agentPool;
        direction = direction == null ? Optional.empty() : direction;
        parent = parent == null ? Optional.empty() : parent;
    }

    public static CallCard of(CallRouted route) {
        InviteReceived invite = route.invite();
        return new CallCard(
                invite.purpose(), invite.trunk(), invite.called(), invite.caller().pseudonym(), route.organisation(),
                route.number(), route.rule(), route.room(), route.limits().agentPool().map(AgentPool::name),
                invite.receivedAt(), Optional.of(route.direction()).filter(CallDirection.OUTBOUND::equals),
                route.outgoing().flatMap(OutgoingLeg::parent));
    }

    boolean outbound() {
        return direction.isPresent() && direction.get() == CallDirection.OUTBOUND;
    }

    /** The call as it stands among the live ones. */
    public LiveCall live(CallId callId, Instant admittedAt) {
        return new LiveCall(callId, organisation, number, trunk, agentPool, purpose, admittedAt, direction);
    }

    /** The whole call, which rang and was not answered until then. When it began to ring only its edge knows. */
    public CallSummary summary(Instant endedAt) {
        return new CallSummary(
                direction.orElse(CallDirection.INBOUND), purpose, trunk, called, caller, Optional.of(organisation), Optional.of(number),
                Optional.of(rule), Optional.of(room), Optional.empty(), receivedAt, Optional.empty(), Optional.empty(),
                endedAt, OptionalLong.empty(), 0, Optional.empty(), parent);
    }
}
