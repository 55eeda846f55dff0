package dev.trunkline.edge.call;

import dev.trunkline.edge.dialog.Dialog;
import dev.trunkline.edge.refresh.TimerHeaders;
import dev.trunkline.edge.refresh.TimerPolicy;
import dev.trunkline.events.AgentJoined;
import dev.trunkline.events.AgentLeft;
import dev.trunkline.events.AgentUnavailable;
import dev.trunkline.events.AnswerPolicy;
import dev.trunkline.events.CallAdmitted;
import dev.trunkline.events.CallEnded;
import dev.trunkline.events.CallForwarded;
import dev.trunkline.events.CallHeartbeat;
import dev.trunkline.events.CallId;
import dev.trunkline.events.CallRecord;
import dev.trunkline.events.CallRejected;
import dev.trunkline.events.CallRouted;
import dev.trunkline.events.Caller;
import dev.trunkline.events.EndCall;
import dev.trunkline.events.EndReason;
import dev.trunkline.events.Envelope;
import dev.trunkline.events.Envelope.Owners;
import dev.trunkline.events.Fallback;
import dev.trunkline.events.FallbackKind;
import dev.trunkline.events.InviteReceived;
import dev.trunkline.events.Limits;
import dev.trunkline.events.MediaReady;
import dev.trunkline.events.MediaStats;
import dev.trunkline.events.OrganisationRef;
import dev.trunkline.events.RateScope;
import dev.trunkline.events.RefusalReason;
import dev.trunkline.events.RoomEntry;
import dev.trunkline.events.RuleRef;
import dev.trunkline.events.TrunkRef;
import dev.trunkline.events.codec.EventJson;
import dev.trunkline.sip.net.SipTransportKind;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.UUID;

/** A call, its machine and the events that the suite may send it. */
final class Given {
    static final CallId CALL = CallId.of("01900000-0000-7000-8000-000000000001");
    static final Instant NOW = Instant.parse("2026-01-01T10:00:00Z");
    static final String OFFER = "v=0\r\nm=audio 4000 RTP/AVP 0\r\n";
    static final String ANSWER = "v=0\r\nm=audio 5000 RTP/AVP 0\r\n";
    static final String TAG = "localtag";
    static final CallTimes TIMES = new CallTimes(
            Duration.ofSeconds(1), Duration.ofSeconds(180), Duration.ofSeconds(2), Duration.ofSeconds(30),
            Duration.ofMillis(500), Duration.ofSeconds(4), Duration.ofSeconds(8), Duration.ofSeconds(10), Duration.ofSeconds(10));
    static final CallMachine MACHINE = new CallMachine(
            TIMES, new TimerPolicy(1800, 90), Clock.fixed(NOW, ZoneOffset.UTC), new Random(1));
    static final InviteReceived INVITE = new InviteReceived(CALL, "edge-1", new TrunkRef("t", "trunk"), "id@host",
            "+3225550100", "025550100", new Caller("00", false), "v1.x", OFFER, "192.0.2.1:5060", NOW, NOW.plusSeconds(2));
    static final Dialog DIALOG = new Dialog("id@host", TAG, "remotetag", "sip:us@edge", "sip:them@pbx",
            "sip:them@192.0.2.1", List.of(), 0, 7, SipTransportKind.UDP, "192.0.2.1", 5060, Optional.empty(), List.of());
    static final CallFacts FACTS = new CallFacts(INVITE, DIALOG, 7, TimerHeaders.NONE, false);

    private Given() {}

    static CallState deciding() {
        return MACHINE.begin(FACTS).next();
    }

    static CallState late() {
        return MACHINE.on(deciding(), expired(CallTimer.DEADLINE)).next();
    }

    static CallState givenUp() {
        return MACHINE.on(deciding(), new CallInput.Cancel()).next();
    }

    static CallState ringing(AnswerPolicy policy) {
        return MACHINE.on(deciding(), admitted(policy)).next();
    }

    /** Returns a ringing call that a relay has taken. */
    static CallState taken(AnswerPolicy policy) {
        return MACHINE.on(ringing(policy), mediaReady("relay-1", 0)).next();
    }

    static CallState answered() {
        return MACHINE.on(ringing(AnswerPolicy.IMMEDIATE), mediaReady("relay-1", 0)).next();
    }

    static CallState up() {
        return MACHINE.on(answered(), new CallInput.Ack(7, Optional.empty())).next();
    }

    static CallState pending() {
        return MACHINE.on(up(), reinvite(8, "v=0\r\nm=audio 4002 RTP/AVP 0\r\n")).next();
    }

    static CallState ended() {
        return MACHINE.on(up(), new CallInput.Bye(8)).next();
    }

    static CallInput reinvite(long cseq, String offer) {
        return new CallInput.Offer(true, cseq, Optional.of(offer), Optional.empty(), TimerHeaders.NONE);
    }

    static CallInput told(CallRecord record) {
        return new CallInput.Told(new Envelope(
                new UUID(1, 2), "/test/1", NOW, new Owners(Optional.of("edge-1"), Optional.of("relay-1")), "", record));
    }

    static CallInput admitted(AnswerPolicy policy) {
        return admitted(policy, Optional.empty());
    }

    static CallInput admittedWithPin(AnswerPolicy policy) {
        return admitted(policy, Optional.of(new RoomEntry(false, false, Optional.of("v1.sealed"))));
    }

    /** Returns an admission for a call whose caller is to hear our ringing tone. */
    static CallInput admittedWithRingback(AnswerPolicy policy) {
        var admitted = (CallAdmitted) ((CallInput.Told) admitted(policy)).envelope().record();
        admitted.route().config().put(CallRouted.EARLY_MEDIA, CallRouted.RINGBACK);
        return told(admitted);
    }

    private static CallInput admitted(AnswerPolicy policy, Optional<RoomEntry> entry) {
        var limits = new Limits(
                new Limits.CallerRate(10, 3600, RateScope.NUMBER), OptionalInt.empty(), OptionalInt.empty());
        var routed = new CallRouted.Builder(CALL, INVITE, new OrganisationRef("o", "o"), "+3225550100", new RuleRef("r", "r"), "room")
                .config(EventJson.MAPPER.createObjectNode())
                .limits(limits)
                .answerPolicy(policy)
                .patienceSeconds(20)
                .entry(entry)
                .build();
        return told(new CallAdmitted(CALL, routed, List.of(), 30));
    }

    static CallInput mediaReady(String relay, int revision) {
        return told(new MediaReady(CALL, relay, "room", "PA_1", ANSWER, "PCMU", revision));
    }

    static CallInput agentJoined() {
        return told(new AgentJoined(CALL, "demo", "PA_2", "agent", 10));
    }

    /** @param alone nobody else is in the room @param replaced somebody is to take the place */
    static CallInput agentLeft(boolean alone, boolean replaced) {
        var admitted = (CallAdmitted) ((CallInput.Told) admitted(AnswerPolicy.ON_AGENT)).envelope().record();
        return told(new AgentLeft(CALL, "demo", "PA_2", "agent", "signal-close", 5_000, alone,
                replaced ? Optional.of(admitted.route()) : Optional.empty()));
    }

    static CallInput nobodyFollows() {
        return told(new AgentUnavailable(CALL, List.of("demo"), 20, "Nobody took the place.",
                List.of(new Fallback(FallbackKind.REFUSE, "603", "", 0), new Fallback(FallbackKind.REFER, "sip:desk@pbx.example", "", 0)),
                Optional.of("demo")));
    }

    static CallInput agentUnavailable() {
        return told(new AgentUnavailable(CALL, List.of("demo"), 20, "nobody came"));
    }

    static CallInput rejected(RefusalReason reason) {
        return told(CallRejected.of(INVITE, reason, OptionalInt.empty(), "rate-limiter", Optional.empty(), List.of()));
    }

    static CallInput forwarded(String target) {
        return told(new CallForwarded(CALL, INVITE, new OrganisationRef("o", "o"), "+3225550100", new RuleRef("r", "r"),
                target, "The rule says so.", List.of()));
    }

    static CallInput endCall(EndReason reason) {
        return told(new EndCall(CALL, reason, "media-relay", "detail"));
    }

    static CallInput endedBy(String service, EndReason reason) {
        return told(new CallEnded(CALL, service, reason, "", true, 0, Optional.empty()));
    }

    static CallInput heartbeat(String relay) {
        return told(new CallHeartbeat(CALL, relay, 3, "o", "+3225550100", new MediaStats(10, 9, 1, 0.5, 4.2)));
    }

    static CallInput expired(CallTimer timer) {
        return new CallInput.Expired(timer);
    }
}
