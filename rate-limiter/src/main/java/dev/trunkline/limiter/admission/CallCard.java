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
 * What the limiter stores about an admitted call in addition to its slot, to know whose call it is, and to publish its end when edge
 * and relay are gone. Nothing in it identifies the caller except the pseudonym.
 *
 * @param caller pseudonym; for an outbound call, that of the called party
 * @param agentPool name of the pool whose session the call holds; empty for none
 * @param direction empty for an inbound call
 * @param parent the call for whose caller an outbound call is made; empty for none
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

    /** Returns the call's entry among the live calls. */
    public LiveCall live(CallId callId, Instant admittedAt) {
        return new LiveCall(callId, organisation, number, trunk, agentPool, purpose, admittedAt, direction);
    }

    /** Returns the whole call, which rang and was not answered until then. Only its edge knows when it began to ring. */
    public CallSummary summary(Instant endedAt) {
        return new CallSummary(
                direction.orElse(CallDirection.INBOUND), purpose, trunk, called, caller, Optional.of(organisation), Optional.of(number),
                Optional.of(rule), Optional.of(room), Optional.empty(), receivedAt, Optional.empty(), Optional.empty(),
                endedAt, OptionalLong.empty(), 0, Optional.empty(), parent);
    }
}
