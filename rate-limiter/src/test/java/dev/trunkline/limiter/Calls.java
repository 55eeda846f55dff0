package dev.trunkline.limiter;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.trunkline.events.AgentPool;
import dev.trunkline.events.AnswerPolicy;
import dev.trunkline.events.CallHeartbeat;
import dev.trunkline.events.CallId;
import dev.trunkline.events.CallRouted;
import dev.trunkline.events.Caller;
import dev.trunkline.events.DialPurpose;
import dev.trunkline.events.InviteReceived;
import dev.trunkline.events.Limits;
import dev.trunkline.events.MediaStats;
import dev.trunkline.events.OrganisationRef;
import dev.trunkline.events.OutgoingLeg;
import dev.trunkline.events.OutgoingLimits;
import dev.trunkline.events.RateScope;
import dev.trunkline.events.RuleRef;
import dev.trunkline.events.SrtpUse;
import dev.trunkline.events.TraceStep;
import dev.trunkline.events.TrunkRef;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;

/** Calls for tests: each is one step away from a call that every limit would admit. */
public record Calls(
        String pseudonym, boolean anonymous, String organisation, String number, Limits limits, Instant deadline) {
    public static final MediaStats MEDIA = new MediaStats(500, 499, 1, 2.5, 4.2);

    private static final TrunkRef TRUNK = new TrunkRef("t1", "demo");

    public static final CallId PARENT = new CallId(new UUID(7, 7));

    public static Calls plain() {
        return new Calls("f00d", false, "org-1", "+3225550100", limits(10, 3600, RateScope.NUMBER), Instant.MAX);
    }

    public static Limits limits(int calls, int windowSeconds, RateScope scope) {
        return new Limits(
                new Limits.CallerRate(calls, windowSeconds, scope), OptionalInt.empty(), OptionalInt.empty());
    }

    public Calls from(String pseudonym) {
        return new Calls(pseudonym, false, organisation, number, limits, deadline);
    }

    public Calls anonymous(String trunk) {
        return new Calls("anonymous-of-" + trunk, true, organisation, number, limits, deadline);
    }

    public Calls of(String organisation) {
        return new Calls(pseudonym, anonymous, organisation, number, limits, deadline);
    }

    public Calls to(String number) {
        return new Calls(pseudonym, anonymous, organisation, number, limits, deadline);
    }

    /** Returns when the call arrived. A call whose deadline is the epoch never had any time. */
    private Instant receivedAt() {
        if (deadline.equals(Instant.EPOCH)) {
            return deadline;
        }
        return deadline.equals(Instant.MAX) ? Instant.now() : deadline.minusSeconds(2);
    }

    public Calls by(Instant deadline) {
        return new Calls(pseudonym, anonymous, organisation, number, limits, deadline);
    }

    public Calls rate(int calls, int windowSeconds, RateScope scope) {
        return with(new Limits(
                new Limits.CallerRate(calls, windowSeconds, scope), limits.numberConcurrency(),
                limits.organisationConcurrency(), limits.agentPool()));
    }

    public Calls numberLimit(int calls) {
        return with(new Limits(
                limits.callerRate(), OptionalInt.of(calls), limits.organisationConcurrency(), limits.agentPool()));
    }

    public Calls organisationLimit(int calls) {
        return with(new Limits(
                limits.callerRate(), limits.numberConcurrency(), OptionalInt.of(calls), limits.agentPool()));
    }

    public Calls pool(String name, int sessions) {
        return with(new Limits(
                limits.callerRate(), limits.numberConcurrency(), limits.organisationConcurrency(),
                Optional.of(new AgentPool(name, sessions))));
    }

    /** Makes it an outbound call; limits that are set later discard this. */
    public Calls out(OutgoingLimits outgoing) {
        return with(new Limits(
                limits.callerRate(), limits.numberConcurrency(), limits.organisationConcurrency(), limits.agentPool(),
                Optional.of(outgoing)));
    }

    private Calls with(Limits changed) {
        return new Calls(pseudonym, anonymous, organisation, number, changed, deadline);
    }

    public CallRouted routed() {
        return routed(new CallId(UUID.randomUUID()));
    }

    public CallRouted routed(CallId callId) {
        var invite = new InviteReceived(
                callId, "edge-1", TRUNK, "sip-call-id", number, number,
                new Caller(pseudonym, anonymous), "v1.sealed", "v=0", "127.0.0.1:5060", receivedAt(), deadline);
        var route = new CallRouted.Builder(callId, invite, new OrganisationRef(organisation, "Organisation"), number, new RuleRef("r1", "rule"), "room-1")
                .config(JsonNodeFactory.instance.objectNode())
                .limits(limits)
                .answerPolicy(AnswerPolicy.ON_AGENT)
                .patienceSeconds(10)
                .trace(List.of(new TraceStep("number-matched", "The number is the organisation's.")))
                .build();
        return limits.outgoing().map(outgoing -> route.goingOut(leg(outgoing))).orElse(route);
    }

    private static OutgoingLeg leg(OutgoingLimits outgoing) {
        return new OutgoingLeg(
                DialPurpose.TRANSFER, Optional.of(PARENT), Optional.of("t-1"), "v1.sealed", 30, OptionalInt.empty(), List.of(),
                SrtpUse.OFF, outgoing.emergency(), false, Optional.empty(), Optional.empty());
    }

    public CallHeartbeat heartbeat(CallId callId, int sequence) {
        return new CallHeartbeat(
                callId, "relay-1", sequence, organisation, number, MEDIA, limits.agentPool().map(AgentPool::name), Optional.empty(),
                limits.outgoing().map(out -> TRUNK));
    }

    /** Returns the same heartbeat from a relay that does not report the trunk of an outbound call, as older relays do not. */
    public CallHeartbeat olderHeartbeat(CallId callId, int sequence) {
        return new CallHeartbeat(
                callId, "relay-1", sequence, organisation, number, MEDIA, limits.agentPool().map(AgentPool::name));
    }
}
