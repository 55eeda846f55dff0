package dev.trunkline.dispatcher.calls;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.trunkline.events.Agent;
import dev.trunkline.events.AnswerPolicy;
import dev.trunkline.events.CallAdmitted;
import dev.trunkline.events.CallId;
import dev.trunkline.events.CallRouted;
import dev.trunkline.events.Caller;
import dev.trunkline.events.DialPurpose;
import dev.trunkline.events.Fallback;
import dev.trunkline.events.ForwardPlan;
import dev.trunkline.events.ForwardRound;
import dev.trunkline.events.ForwardTarget;
import dev.trunkline.events.InviteReceived;
import dev.trunkline.events.Limits;
import dev.trunkline.events.OrganisationRef;
import dev.trunkline.events.OutgoingLeg;
import dev.trunkline.events.RateScope;
import dev.trunkline.events.RoomEntry;
import dev.trunkline.events.RuleRef;
import dev.trunkline.events.SrtpUse;
import dev.trunkline.events.TransferSucceeded;
import dev.trunkline.events.TransferWay;
import dev.trunkline.events.TrunkRef;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Routes as the router would publish them. */
public final class Routes {
    private Routes() {}

    /** Returns an outbound leg for the caller of another call, into that call's room. */
    public static CallAdmitted leg(CallId leg, CallId parent, String room, boolean agentsStay, Fallback... fallback) {
        return leg(leg, parent, room, DialPurpose.TRANSFER, agentsStay, fallback);
    }

    public static CallAdmitted leg(CallId leg, CallId parent, String room, DialPurpose purpose, boolean agentsStay, Fallback... fallback) {
        CallRouted route = route(leg, room, 20, List.of(), Optional.empty(), List.of(fallback)).goingOut(new OutgoingLeg(
                purpose, Optional.of(parent), Optional.of("t-1"), "v1.sealed", 20, OptionalInt.empty(), List.of(),
                SrtpUse.OFF, false, agentsStay, Optional.empty(), Optional.empty()));
        return new CallAdmitted(leg, route, List.of(), 30);
    }

    /** Returns the route of a caller who is forwarded to others immediately. */
    public static CallRouted forwarded(CallId callId, String room, List<Agent> agents) {
        CallRouted plain = route(callId, room, 20, agents, Optional.empty(), List.of());
        var target = new ForwardTarget("+3225550199", Optional.empty(), Map.of());
        return new CallRouted.Builder(callId, plain.invite(), plain.organisation(), plain.number(), plain.rule(), room)
                .agents(agents)
                .config(plain.config())
                .limits(plain.limits())
                .answerPolicy(plain.answerPolicy())
                .patienceSeconds(1)
                .forward(Optional.of(new ForwardPlan(List.of(new ForwardRound(List.of(target), 20)))))
                .build();
    }

    /** Returns the event that the edge publishes for the parent call. */
    public static TransferSucceeded succeeded(CallId leg, CallId parent, boolean agentsStay) {
        return new TransferSucceeded(parent, "t-1", TransferWay.BRIDGE, Optional.of(leg), agentsStay);
    }

    public static CallRouted route(
            CallId callId,
            String room,
            int patienceSeconds,
            List<Agent> agents,
            Optional<RoomEntry> entry,
            List<Fallback> fallback) {
        var invite = new InviteReceived(
                callId, "edge-1", new TrunkRef("t1", "demo"), "id", "+3225550100", "+3225550100",
                new Caller("f00d", false), "v1.x", "v=0", "127.0.0.1:5060", Instant.now(),
                Instant.now().plusSeconds(2));
        var limits = new Limits(
                new Limits.CallerRate(10, 3600, RateScope.NUMBER), OptionalInt.empty(), OptionalInt.empty());
        return new CallRouted.Builder(callId, invite, new OrganisationRef("o1", "Demo"), "+3225550100", new RuleRef("r1", "rule"), room)
                .agents(agents)
                .config(JsonNodeFactory.instance.objectNode())
                .limits(limits)
                .answerPolicy(AnswerPolicy.ON_AGENT)
                .patienceSeconds(patienceSeconds)
                .entry(entry)
                .fallback(fallback)
                .build();
    }
}
