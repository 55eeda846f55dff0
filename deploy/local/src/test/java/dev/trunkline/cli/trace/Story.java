package dev.trunkline.cli.trace;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.trunkline.events.*;
import dev.trunkline.events.Envelope.Owners;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;

/** The events of a call as the services write them, for tests. */
final class Story {
    static final Instant INVITED = Instant.parse("2026-03-02T09:15:30.125Z");
    private static final OrganisationRef ACME = new OrganisationRef("o-1", "acme");
    private static final TrunkRef TRUNK = new TrunkRef("t-1", "yeastar");
    private static final List<TraceStep> DECISION = List.of(
            new TraceStep("called-normalised", "025550100 was dialled and is +3225550100 by the number plan of BE."),
            new TraceStep("number-matched", "+3225550100 belongs to acme."),
            new TraceStep("rule-matched", "Rule support takes the call."));

    private final CallId call;
    private final String sipCallId;
    private final Instant begun;
    private final List<Envelope> events = new ArrayList<>();

    private Story(CallId call, String sipCallId, Instant begun) {
        this.call = call;
        this.sipCallId = sipCallId;
        this.begun = begun;
    }

    static Story of(String call, String sipCallId) {
        return of(call, sipCallId, INVITED);
    }

    static Story of(String call, String sipCallId, Instant begun) {
        return new Story(CallId.of(call), sipCallId, begun);
    }

    /** Answered when the agent listened, held once, and ended at the relay's request. */
    Story answered() {
        edge(5, invite());
        CallRouted routed = routed();
        router(21, routed);
        add(39, "/rate-limiter/limiter-1", new CallAdmitted(call, routed, List.of(
                new AdmissionCount("caller-rate", 7, OptionalInt.of(10)), new AdmissionCount("suite", 1, OptionalInt.empty())), 30));
        add(62, "/agent-dispatcher/dispatcher-1", new AgentDispatched(call, "helper", "AD_1", 23));
        relay(98, new MediaReady(call, "relay-1", "support_d14b5bc8_x6ed", "PA_1", "v=0", "PCMA", 0));
        relay(431, new AgentJoined(call, "helper", "PA_2", "agent", 384));
        edge(445, new CallAnswered(call, "edge-1", AnswerPolicy.ON_AGENT, 445, "sealed"));
        relay(10_100, new CallHeartbeat(call, "relay-1", 0, "o-1", "+3225550100", media(483)));
        edge(11_000, new MediaOffered(call, 1, "v=0"));
        relay(11_020, new MediaReady(call, "relay-1", "support_d14b5bc8_x6ed", "PA_1", "v=0", "PCMA", 1));
        edge(11_021, new CallHeld(call));
        edge(14_000, new CallResumed(call));
        relay(15_000, new DtmfReceived(call, true, 120));
        relay(20_000, new EndCall(call, EndReason.ROOM_CLOSED, "media-relay", "The room was closed."));
        edge(20_012, new CallEnded(call, "sip-edge", EndReason.ROOM_CLOSED, "The room was closed.", true, 19_567,
                Optional.of(media(978))));
        return this;
    }

    /** Routed, and rejected by the limiter, which repeats the router's steps. */
    Story refused() {
        edge(5, invite());
        router(21, routed());
        List<TraceStep> steps = new ArrayList<>(DECISION);
        steps.add(new TraceStep("number-counted", "The number has 1 call and may have 1 at once."));
        add(30, "/rate-limiter/limiter-1", CallRejected
                .of(invite(), RefusalReason.NUMBER_BUSY, OptionalInt.of(60), "rate-limiter", Optional.of(ACME), steps)
                .judgedBy(List.of(new AdmissionCount("number", 1, OptionalInt.of(1)))));
        return this;
    }

    List<Envelope> events() {
        return events;
    }

    InviteReceived invite() {
        return new InviteReceived(
                call, "edge-1", TRUNK, sipCallId, "+3225550100", "025550100", new Caller("d14b5bc82fc769e3", false),
                "sealed", "v=0", "203.0.113.7:15060", begun,
                // The publisher drops an invite past its deadline, and these invites wait for a Kafka that is starting.
                begun.plusSeconds(600));
    }

    /** An outbound leg that the suite placed for the caller of another call. */
    Story dialled(CallId parent) {
        CallRouted to = routed().goingOut(new OutgoingLeg(
                DialPurpose.TRANSFER, Optional.of(parent), Optional.of("t-1"), "sealed", 30, OptionalInt.empty(), List.of(), SrtpUse.OFF,
                false, false, Optional.empty(), Optional.empty()));
        router(1, to);
        add(9, "/rate-limiter/limiter-1", new CallAdmitted(call, to, List.of(
                new AdmissionCount("trunk", 1, OptionalInt.of(30)), new AdmissionCount("calls-out", 1, OptionalInt.empty())), 30));
        relay(60, new MediaReady(call, "relay-1", "support_d14b5bc8_x6ed", "PA_3", "v=0", "PCMA", 0));
        edge(90, new LegRinging(call, Optional.of(parent), "203.0.113.9", 180, false));
        edge(4_000, new CallAnswered(call, "edge-1", AnswerPolicy.IMMEDIATE, 4_000, "sealed"));
        edge(9_000, new CallEnded(call, "sip-edge", EndReason.CALLER_HUNG_UP, "", true, 5_000, Optional.of(media(250))));
        return this;
    }

    /** Routed to a desk, where a person answers. */
    Story toDesk() {
        edge(5, invite());
        CallRouted to = routed();
        router(21, new CallRouted.Builder(call, to.invite(), to.organisation(), to.number(), to.rule(), "front-desk")
                .config(to.config())
                .limits(to.limits())
                .answerPolicy(to.answerPolicy())
                .patienceSeconds(to.patienceSeconds())
                .trace(DECISION)
                .entry(Optional.of(new RoomEntry(false, true, Optional.empty())))
                .build());
        return this;
    }

    /** Forwarded to others, who are called. */
    Story onward() {
        edge(5, invite());
        CallRouted to = routed();
        router(21, new CallRouted.Builder(call, to.invite(), to.organisation(), to.number(), to.rule(), "call_d14b5bc8_x6ed")
                .config(to.config())
                .limits(to.limits())
                .answerPolicy(to.answerPolicy())
                .patienceSeconds(45)
                .trace(DECISION)
                .forward(Optional.of(new ForwardPlan(List.of(
                        new ForwardRound(
                                List.of(new ForwardTarget("+3225550191", Optional.empty(), Map.of()), new ForwardTarget("1000", Optional.of("pbx"), Map.of())),
                                25),
                        new ForwardRound(List.of(new ForwardTarget("sip:sales@pbx.example", Optional.empty(), Map.of())), 20)))))
                .build());
        return this;
    }

    private CallRouted routed() {
        return new CallRouted.Builder(call, invite(), ACME, "+3225550100", new RuleRef("r-1", "support"), "support_d14b5bc8_x6ed")
                .agents(List.of(new Agent("helper", "")))
                .config(JsonNodeFactory.instance.objectNode())
                .limits(new Limits(new Limits.CallerRate(10, 3600, RateScope.ORGANISATION), OptionalInt.of(1), OptionalInt.empty()))
                .answerPolicy(AnswerPolicy.ON_AGENT)
                .patienceSeconds(20)
                .trace(DECISION)
                .build();
    }

    private static MediaStats media(long packets) {
        return new MediaStats(packets, packets + 1, 2, 0.2, 4.4);
    }

    private void edge(int millis, CallRecord record) {
        add(millis, "/sip-edge/edge-1", record);
    }

    private void router(int millis, CallRecord record) {
        add(millis, "/call-router/router-1", record);
    }

    private void relay(int millis, CallRecord record) {
        add(millis, "/media-relay/relay-1", record);
    }

    Story add(int millis, String source, CallRecord record) {
        UUID id = UUID.nameUUIDFromBytes((call + source + millis).getBytes(StandardCharsets.US_ASCII));
        events.add(new Envelope(
                id, source, begun.plusMillis(millis), Owners.edge("edge-1"),
                "00-%s-7638a8ce505681e0-01".formatted(call.traceId()), record));
        return this;
    }
}
