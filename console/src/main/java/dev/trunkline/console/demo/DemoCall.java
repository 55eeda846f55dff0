package dev.trunkline.console.demo;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.trunkline.console.calls.CallKind;
import dev.trunkline.events.AdmissionCount;
import dev.trunkline.events.Agent;
import dev.trunkline.events.AgentDispatched;
import dev.trunkline.events.AgentJoined;
import dev.trunkline.events.AgentUnavailable;
import dev.trunkline.events.AnswerPolicy;
import dev.trunkline.events.CallAdmitted;
import dev.trunkline.events.CallAnswered;
import dev.trunkline.events.CallEnded;
import dev.trunkline.events.CallHeartbeat;
import dev.trunkline.events.CallId;
import dev.trunkline.events.CallRecord;
import dev.trunkline.events.CallRejected;
import dev.trunkline.events.CallRouted;
import dev.trunkline.events.CallSummary;
import dev.trunkline.events.Caller;
import dev.trunkline.events.EndReason;
import dev.trunkline.events.Envelope;
import dev.trunkline.events.InviteReceived;
import dev.trunkline.events.Limits;
import dev.trunkline.events.MediaReady;
import dev.trunkline.events.MediaStats;
import dev.trunkline.events.OrganisationRef;
import dev.trunkline.events.RateScope;
import dev.trunkline.events.RefusalReason;
import dev.trunkline.events.RuleRef;
import dev.trunkline.events.TraceStep;
import dev.trunkline.events.TrunkRef;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;

/** One invented call: the events that the services would have published for it. Pure. */
final class DemoCall {
    private static final TrunkRef TRUNK = new TrunkRef("demo", "demo");
    private static final String AGENT = "demo";
    private static final int PATIENCE_SECONDS = 20;
    private static final int PACKETS_A_SECOND = 50;
    /** Of the heartbeats, which come every 10 s, one per minute is kept. */
    private static final int HEARTBEAT_SECONDS = 10;
    private static final int KEPT_HEARTBEAT = 6;

    private final Plan plan;
    private final OrganisationRef organisation;
    private final CallId call;
    private final List<Envelope> events = new ArrayList<>();

    /** How a call ends. */
    sealed interface Fate {
        /** Answered, and ended by one side. */
        record Talked(Duration talk, EndReason reason) implements Fate {}

        /** The caller gave up after this time. */
        record GaveUp(Duration after) implements Fate {}

        record Refused(RefusalReason reason) implements Fate {}
    }

    /**
     * The parameters of an invented call.
     *
     * @param id of the call
     * @param caller pseudonym
     * @param setupMillis from the INVITE to the answer
     * @param mos of the whole call
     */
    record Plan(UUID id, Instant at, DemoNumber number, String caller, int setupMillis, double mos, double jitterMillis, Fate fate) {}

    private DemoCall(Plan plan, OrganisationRef organisation) {
        this.plan = plan;
        this.organisation = organisation;
        this.call = new CallId(plan.id());
    }

    /** Returns the events of the call, in order. */
    static List<Envelope> of(Plan plan, OrganisationRef organisation) {
        return List.copyOf(new DemoCall(plan, organisation).told());
    }

    private List<Envelope> told() {
        add(0, "sip-edge/edge-1", invite());
        switch (plan.fate()) {
            case Fate.Refused(var reason) -> refused(reason);
            case Fate.GaveUp(var after) -> {
                admitted();
                add(after.toMillis(), "sip-edge/edge-1", new CallEnded(
                        call, "sip-edge", EndReason.CANCELLED, "", false, 0, Optional.empty(), Optional.empty(),
                        Optional.of(CallSummary.of(route(), plan.at().plus(after)))));
            }
            case Fate.Talked(var talk, var reason) -> talked(talk, reason);
        }
        return events;
    }

    private void refused(RefusalReason reason) {
        String by = switch (reason) {
            case NUMBER_BUSY, CALLER_RATE, ORGANISATION_BUSY -> "rate-limiter";
            case NO_AGENT -> "agent-dispatcher";
            default -> "call-router";
        };
        long millis = 14;
        if (reason == RefusalReason.NO_AGENT) {
            admitted();
            millis = Duration.ofSeconds(PATIENCE_SECONDS).plusMillis(60).toMillis();
            add(millis - 5, "agent-dispatcher/dispatcher-1",
                    new AgentUnavailable(call, List.of(AGENT), PATIENCE_SECONDS, "no worker of this name took the job"));
        } else if (!by.equals("call-router")) {
            add(9, "call-router/router-1", route());
        }
        add(millis, by + "/" + by + "-1", CallRejected
                .of(invite(), reason, OptionalInt.empty(), by, Optional.of(organisation), decision(reason))
                .with(CallSummary.of(route(), plan.at().plusMillis(millis))));
    }

    private void admitted() {
        add(9, "call-router/router-1", route());
        add(14, "rate-limiter/limiter-1", new CallAdmitted(
                call, route(), List.of(new AdmissionCount("number", 1, OptionalInt.of(plan.number().atOnce()))), 30));
        add(52, "media-relay/relay-1", new MediaReady(call, "relay-1", route().room(), "PA_demo", "", "PCMA", 0));
        add(58, "agent-dispatcher/dispatcher-1", new AgentDispatched(call, AGENT, "AD_demo", 6));
    }

    private void talked(Duration talk, EndReason reason) {
        admitted();
        add(plan.setupMillis() - 8, "media-relay/relay-1", new AgentJoined(call, AGENT, "PA_agent", "agent", plan.setupMillis() - 66));
        add(plan.setupMillis(), "sip-edge/edge-1", new CallAnswered(call, "edge-1", AnswerPolicy.ON_AGENT, plan.setupMillis(), ""));
        Instant answered = plan.at().plusMillis(plan.setupMillis());
        for (int i = 0; (long) i * HEARTBEAT_SECONDS < talk.toSeconds(); i += KEPT_HEARTBEAT) {
            Duration since = Duration.ofSeconds((long) (i + 1) * HEARTBEAT_SECONDS);
            if (since.compareTo(talk) < 0) {
                add(plan.setupMillis() + since.toMillis(), "media-relay/relay-1", new CallHeartbeat(
                        call, "relay-1", i, organisation.id(), plan.number().number(), media(since)));
            }
        }
        CallSummary summary = CallSummary.of(route(), answered.plus(talk)).rang(plan.at().plusMillis(60)).answered(answered)
                .by(AGENT).heard(media(talk));
        add(plan.setupMillis() + talk.toMillis(), "sip-edge/edge-1", new CallEnded(
                call, "sip-edge", reason, "", true, talk.toMillis(), Optional.of(media(talk)), Optional.empty(), Optional.of(summary)));
    }

    private MediaStats media(Duration since) {
        long packets = since.toSeconds() * PACKETS_A_SECOND;
        long lost = Math.round(packets * Math.max(0, 4.4 - plan.mos()) / 100);
        return new MediaStats(packets - lost, packets, lost, plan.jitterMillis(), plan.mos());
    }

    private InviteReceived invite() {
        return new InviteReceived(
                call, "edge-1", TRUNK, plan.id() + "@demo", plan.number().number(), plan.number().number(), new Caller(plan.caller(), false),
                "", "", "127.0.0.1:5060", plan.at(), plan.at().plusSeconds(2));
    }

    private CallRouted route() {
        return new CallRouted.Builder(
                        call, invite(), organisation, plan.number().number(), new RuleRef(plan.number().rule(), plan.number().rule()),
                        "demo-" + plan.id().toString().substring(24))
                .agents(List.of(new Agent(AGENT, "")))
                .config(JsonNodeFactory.instance.objectNode())
                .limits(new Limits(
                        new Limits.CallerRate(10, 3600, RateScope.ORGANISATION), OptionalInt.of(plan.number().atOnce()), OptionalInt.empty()))
                .answerPolicy(AnswerPolicy.ON_AGENT)
                .patienceSeconds(PATIENCE_SECONDS)
                .trace(decision(null))
                .build();
    }

    private List<TraceStep> decision(RefusalReason refusal) {
        var steps = new ArrayList<>(List.of(
                new TraceStep("trunk", "The call comes by trunk demo."),
                new TraceStep("number-matched", "%s belongs to %s.".formatted(plan.number().number(), organisation.name()))));
        if (refusal == RefusalReason.NUMBER_INACTIVE) {
            steps.add(new TraceStep("number-inactive", "%s is switched off by its organisation.".formatted(plan.number().number())));
        } else {
            steps.add(new TraceStep("rule-matched", "Rule %s takes the call.".formatted(plan.number().rule())));
        }
        return steps;
    }

    private void add(long millis, String source, CallRecord record) {
        UUID id = UUID.nameUUIDFromBytes((call + source + millis).getBytes(StandardCharsets.UTF_8));
        events.add(new Envelope(
                id, CallKind.DEMO_SOURCE + source, plan.at().plusMillis(millis), Envelope.Owners.NONE, "", record));
    }
}
