package dev.trunkline.console;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.trunkline.events.AdmissionCount;
import dev.trunkline.events.Agent;
import dev.trunkline.events.AgentJoined;
import dev.trunkline.events.AgentLeft;
import dev.trunkline.events.AnswerPolicy;
import dev.trunkline.events.CallAdmitted;
import dev.trunkline.events.CallAnswered;
import dev.trunkline.events.CallEnded;
import dev.trunkline.events.CallEvent;
import dev.trunkline.events.CallHeartbeat;
import dev.trunkline.events.CallId;
import dev.trunkline.events.CallPurpose;
import dev.trunkline.events.CallRecord;
import dev.trunkline.events.CallRejected;
import dev.trunkline.events.CallRouted;
import dev.trunkline.events.CallSummary;
import dev.trunkline.events.Caller;
import dev.trunkline.events.EndReason;
import dev.trunkline.events.Envelope;
import dev.trunkline.events.Fallback;
import dev.trunkline.events.FallbackKind;
import dev.trunkline.events.InviteReceived;
import dev.trunkline.events.Limits;
import dev.trunkline.events.LiveCall;
import dev.trunkline.events.MediaReady;
import dev.trunkline.events.MediaStats;
import dev.trunkline.events.OrganisationRef;
import dev.trunkline.events.RateScope;
import dev.trunkline.events.RefusalReason;
import dev.trunkline.events.RoomEntry;
import dev.trunkline.events.RuleRef;
import dev.trunkline.events.TraceStep;
import dev.trunkline.events.TransferSucceeded;
import dev.trunkline.events.TransferWay;
import dev.trunkline.events.TrunkRef;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;

/** The events of a call, as the services publish them. */
public final class Stories {
    public static final String NUMBER = "+3225550100";
    /** Must not occur in any page or table. */
    public static final String SEALED = "sealed-secret-of-the-caller";

    private static final TrunkRef TRUNK = new TrunkRef("t-1", "pbx");
    private static final RuleRef RULE = new RuleRef("r-1", "support");
    private static final List<TraceStep> DECISION = List.of(
            new TraceStep("number-matched", "+3225550100 belongs to it."), new TraceStep("rule-matched", "Rule support takes the call."));

    private final CallId call;
    private final OrganisationRef organisation;
    private final Instant begun;
    private final String pseudonym;
    private final List<Envelope> events = new ArrayList<>();
    private Optional<CallPurpose> purpose = Optional.empty();
    private boolean desk;
    private List<Fallback> fallback = List.of();

    private Stories(CallId call, OrganisationRef organisation, Instant begun, String pseudonym) {
        this.call = call;
        this.organisation = organisation;
        this.begun = begun;
        this.pseudonym = pseudonym;
    }

    public static Stories of(CallId call, OrganisationRef organisation, Instant begun, String pseudonym) {
        return new Stories(call, organisation, begun, pseudonym);
    }

    /** Makes it a call that a tool placed to check whether the suite works. */
    public Stories trial() {
        purpose = Optional.of(CallPurpose.TRIAL);
        return this;
    }

    /** Makes it a call for which an agent is requested after nobody else came. */
    public Stories withAgentAfterAll() {
        fallback = List.of(new Fallback(FallbackKind.AGENT, "helper", SEALED, 10));
        return this;
    }

    /** Makes it a ringing call of a rule of type desk: nobody is in the room except the caller. */
    public Stories atDesk() {
        desk = true;
        CallRouted route = route();
        add(5, "/sip-edge/edge-1", invite());
        add(20, "/call-router/router-1", route);
        add(30, "/rate-limiter/limiter-1", new CallAdmitted(call, route, List.of(new AdmissionCount("number", 1, OptionalInt.of(5))), 30));
        add(60, "/media-relay/relay-1", new MediaReady(call, "relay-1", route.room(), "PA_1", SEALED, "PCMA", 0));
        return this;
    }

    /** Lets somebody in the room answer. @return the events that the services then publish */
    public List<Envelope> joins(String identity, int millis) {
        int before = events.size();
        add(millis, "/media-relay/relay-1", new AgentJoined(call, identity, "PA_2", "standard", millis));
        add(millis + 10, "/sip-edge/edge-1", new CallAnswered(call, "edge-1", AnswerPolicy.ON_AGENT, millis, SEALED));
        return List.copyOf(events.subList(before, events.size()));
    }

    /** Lets the person leave. @return the events that the services then publish */
    public List<Envelope> leaves(String identity, int millis) {
        add(millis, "/media-relay/relay-1", new AgentLeft(call, identity, "PA_2", "standard", "client-initiated", millis, true, Optional.empty()));
        return List.of(events.getLast());
    }

    /** Transfers the caller to a phone. @return the events that the services then publish */
    public List<Envelope> handedOver(int millis) {
        add(millis, "/sip-edge/edge-1", new TransferSucceeded(call, "t-1", TransferWay.BRIDGE, Optional.of(new CallId(UUID.randomUUID())), false));
        return List.of(events.getLast());
    }

    /** Publishes an event of the call's relay. @return that event */
    public List<Envelope> relaySays(int millis, CallEvent event) {
        add(millis, "/media-relay/relay-1", event);
        return List.of(events.getLast());
    }

    /** Makes it an established call that has not ended. */
    public Stories up() {
        CallRouted route = route();
        add(5, "/sip-edge/edge-1", invite());
        add(20, "/call-router/router-1", route);
        add(30, "/rate-limiter/limiter-1", new CallAdmitted(call, route, List.of(new AdmissionCount("number", 1, OptionalInt.of(5))), 30));
        add(60, "/media-relay/relay-1", new MediaReady(call, "relay-1", route.room(), "PA_1", SEALED, "PCMA", 0));
        add(390, "/media-relay/relay-1", new AgentJoined(call, "helper", "PA_2", "agent", 330));
        add(400, "/sip-edge/edge-1", new CallAnswered(call, "edge-1", AnswerPolicy.ON_AGENT, 400, SEALED));
        add(10_000, "/media-relay/relay-1", new CallHeartbeat(call, "relay-1", 0, organisation.id(), NUMBER, media()));
        return this;
    }

    /** Makes it an answered call that has ended. @param talk duration of the conversation */
    public Stories answered(Duration talk) {
        up();
        Instant answered = begun.plusMillis(400);
        CallSummary summary = CallSummary.of(route(), answered.plus(talk)).answered(answered).by("helper").heard(media());
        add(400 + (int) talk.toMillis(), "/sip-edge/edge-1", new CallEnded(
                call, "sip-edge", EndReason.CALLER_HUNG_UP, "", true, talk.toMillis(), Optional.of(media()), Optional.empty(),
                Optional.of(summary)));
        return this;
    }

    public Stories refused(RefusalReason reason) {
        add(5, "/sip-edge/edge-1", invite());
        add(20, "/call-router/router-1", route());
        add(30, "/rate-limiter/limiter-1", CallRejected
                .of(invite(), reason, OptionalInt.empty(), "rate-limiter", Optional.of(organisation), DECISION)
                .with(CallSummary.of(route(), begun.plusMillis(30))));
        return this;
    }

    /** Adds a second, later last event, which does not count. */
    public Stories endedAgain() {
        add(9_000_000, "/rate-limiter/limiter-1", new CallEnded(
                call, "rate-limiter", EndReason.EDGE_LOST, "", false, 0, Optional.empty(), Optional.empty(),
                Optional.of(CallSummary.of(route(), begun.plusSeconds(9_000)))));
        return this;
    }

    public List<Envelope> events() {
        return List.copyOf(events);
    }

    public CallId call() {
        return call;
    }

    public LiveCall live() {
        return new LiveCall(call, organisation, NUMBER, TRUNK, Optional.empty(), purpose, begun);
    }

    private InviteReceived invite() {
        return new InviteReceived(
                call, "edge-1", TRUNK, "7f3a@pbx", NUMBER, "025550100", new Caller(pseudonym, false), SEALED, SEALED, "203.0.113.7:5060",
                begun, begun.plusSeconds(2), Optional.empty(), purpose, Optional.empty());
    }

    public CallRouted route() {
        return new CallRouted.Builder(call, invite(), organisation, NUMBER, RULE, "support_room")
                .agents(desk ? List.of() : List.of(new Agent("helper", SEALED)))
                .entry(Optional.of(new RoomEntry(false, desk, Optional.empty())).filter(RoomEntry::desk))
                .fallback(fallback)
                .config(JsonNodeFactory.instance.objectNode().put("secret", SEALED))
                .limits(new Limits(new Limits.CallerRate(10, 3600, RateScope.ORGANISATION), OptionalInt.of(5), OptionalInt.empty()))
                .answerPolicy(AnswerPolicy.ON_AGENT)
                .patienceSeconds(20)
                .trace(DECISION)
                .build();
    }

    private static MediaStats media() {
        return new MediaStats(500, 501, 2, 0.2, 4.4);
    }

    private void add(int millis, String source, CallRecord record) {
        UUID id = UUID.nameUUIDFromBytes((call + source + millis).getBytes(StandardCharsets.UTF_8));
        events.add(new Envelope(
                id, source, begun.plusMillis(millis), Envelope.Owners.edge("edge-1"), "00-%s-7638a8ce505681e0-01".formatted(call.traceId()),
                record));
    }
}
