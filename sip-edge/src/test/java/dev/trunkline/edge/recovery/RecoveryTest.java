package dev.trunkline.edge.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.bus.ContainedFaults;
import dev.trunkline.edge.Requests;
import dev.trunkline.edge.call.CallStory;
import dev.trunkline.edge.call.Parting;
import dev.trunkline.edge.call.Session;
import dev.trunkline.edge.dialog.Dialog;
import dev.trunkline.edge.dialog.SealedDialogs;
import dev.trunkline.edge.outbound.PartingReader;
import dev.trunkline.edge.refresh.SessionTimer;
import dev.trunkline.edge.sdp.SdpKeys;
import dev.trunkline.events.AgentJoined;
import dev.trunkline.events.AgentLeft;
import dev.trunkline.events.AgentUnavailable;
import dev.trunkline.events.AnswerPolicy;
import dev.trunkline.events.CallAdmitted;
import dev.trunkline.events.CallAnswered;
import dev.trunkline.events.CallDirection;
import dev.trunkline.events.CallHeartbeat;
import dev.trunkline.events.CallId;
import dev.trunkline.events.CallJoined;
import dev.trunkline.events.CallRecord;
import dev.trunkline.events.CallRouted;
import dev.trunkline.events.Caller;
import dev.trunkline.events.DialPurpose;
import dev.trunkline.events.Envelope;
import dev.trunkline.events.Envelope.Owners;
import dev.trunkline.events.Fallback;
import dev.trunkline.events.FallbackKind;
import dev.trunkline.events.HeadersChanged;
import dev.trunkline.events.InviteReceived;
import dev.trunkline.events.JoinCalls;
import dev.trunkline.events.JoinStep;
import dev.trunkline.events.LegRinging;
import dev.trunkline.events.Limits;
import dev.trunkline.events.MediaLost;
import dev.trunkline.events.MediaOffered;
import dev.trunkline.events.MediaReady;
import dev.trunkline.events.MediaRefused;
import dev.trunkline.events.MediaStats;
import dev.trunkline.events.OrganisationRef;
import dev.trunkline.events.OutgoingLeg;
import dev.trunkline.events.RateScope;
import dev.trunkline.events.RefusalReason;
import dev.trunkline.events.RuleRef;
import dev.trunkline.events.SrtpUse;
import dev.trunkline.events.TransferFailed;
import dev.trunkline.events.TransferStarted;
import dev.trunkline.events.TransferSucceeded;
import dev.trunkline.events.TransferWay;
import dev.trunkline.events.TrunkRef;
import dev.trunkline.events.codec.CallEventCodec;
import dev.trunkline.events.codec.EventJson;
import dev.trunkline.events.privacy.GivenHeaders;
import dev.trunkline.events.privacy.SealedTargets;
import dev.trunkline.events.privacy.Sealer;
import dev.trunkline.sip.message.SipHeader;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a process learns from the events about the calls that the previous one left behind. */
class RecoveryTest {
    private static final CallId CALL = CallId.of("01900000-0000-7000-8000-000000000001");
    private static final Instant ANSWERED = Instant.parse("2026-01-01T10:00:00Z");
    private static final Instant NOW = ANSWERED.plusSeconds(600);
    private static final String OFFER = "v=0\r\nm=audio 4000 RTP/AVP 0\r\n";
    private static final Sealer SEALER = new Sealer(new byte[32], new SecureRandom());
    private static final SealedDialogs DIALOGS = new SealedDialogs(SEALER, EventJson.MAPPER);
    private static final SealedTargets TARGETS = new SealedTargets(SEALER);
    private static final SessionTimer TIMER = new SessionTimer(1800, 90, true);
    private static final Dialog DIALOG = Dialog.answering(
                    Requests.invite(Requests.from("anna", "pbx", ""), Map.of("allow", List.of("INVITE, UPDATE")), List.of()),
                    "tag")
            .with(Optional.of(TIMER));

    private final Recovery recovery = new Recovery("edge-1", "/sip-edge/edge-1", DIALOGS, new SdpKeys(SEALER), new PartingReader(TARGETS),
            new ContainedFaults(new SimpleMeterRegistry()));

    private void hear(CallRecord record) {
        hear("/sip-edge/edge-1", Owners.edge("edge-1").withRelay("relay-1"), record);
    }

    private void hear(String source, Owners owners, CallRecord record) {
        var envelope = new Envelope(UUID.randomUUID(), source, ANSWERED, owners, "", record);
        var sent = CallEventCodec.encode(envelope);
        var message = new ConsumerRecord<>(sent.topic(), 0, 0L, sent.key(), sent.value());
        sent.headers().forEach(message.headers()::add);
        recovery.accept(message);
    }

    private void answered(String offer) {
        hear(new InviteReceived(CALL, "edge-1", new TrunkRef("t", "trunk"), "id@host", "+3225550100", "025550100",
                new Caller("00", false), "v1.x", offer, "192.0.2.1:5060", ANSWERED, ANSWERED));
        hear(ready(0, "first"));
        hear(new CallAnswered(CALL, "edge-1", AnswerPolicy.IMMEDIATE, 20, DIALOGS.seal(CALL, DIALOG)));
    }

    private static MediaReady ready(int revision, String sdp) {
        return new MediaReady(CALL, "relay-1", "room", "PA_1", sdp, "PCMU", revision);
    }

    private static CallAdmitted admitted() {
        var limits = new Limits(new Limits.CallerRate(10, 3600, RateScope.NUMBER), OptionalInt.empty(), OptionalInt.empty());
        var invite = new InviteReceived(CALL, "edge-1", new TrunkRef("t", "trunk"), "id@host", "+3225550100", "025550100",
                new Caller("00", false), "v1.x", OFFER, "192.0.2.1:5060", ANSWERED, ANSWERED);
        return new CallAdmitted(CALL, new CallRouted.Builder(CALL, invite, new OrganisationRef("o", "o"), "+3225550100", new RuleRef("r", "r"), "room")
                .config(EventJson.MAPPER.createObjectNode())
                .limits(limits)
                .answerPolicy(AnswerPolicy.IMMEDIATE)
                .patienceSeconds(20)
                .build(), List.of(), 30);
    }

    @Test
    void aCallThatIsJoinedWithAnotherEdgesHearsThatThatOneIsOver() {
        answered(OFFER);
        hear(new CallJoined(CALL, "t-1", LEG, Optional.of("edge-2")));
        var over = new JoinCalls(CALL, "t-1", LEG, "edge-2", JoinStep.OVER, "v1.x");
        hear("/sip-edge/edge-2", NOBODY, new JoinCalls(CALL, "t-1", LEG, "edge-2", JoinStep.PROMISED, "v1.x"));
        hear("/sip-edge/edge-2", NOBODY, over);
        hear("/sip-edge/edge-2", NOBODY, new JoinCalls(LEG, "t-1", CALL, "edge-2", JoinStep.OVER, "v1.x"));
        Recovery.Found found = recovery.found(NOW);
        assertThat(found.goingOn()).singleElement().satisfies(session -> assertThat(session.joint().orElseThrow().edge()).contains("edge-2"));
        assertThat(found.unheard()).containsExactly(over);
    }

    private static final CallId LEG = CallId.of("01900000-0000-7000-8000-000000000002");
    private static final Owners NOBODY = Owners.NONE;

    private static CallAdmitted out() {
        return out(false);
    }

    private static CallAdmitted out(boolean consults) {
        CallRouted in = admitted().route();
        var leg = new OutgoingLeg(DialPurpose.TRANSFER, Optional.of(CALL), Optional.of("transfer-1"), "v1.x", 30, OptionalInt.of(60), List.of(),
                SrtpUse.OFF, false, false, Optional.empty(), Optional.empty());
        return new CallAdmitted(LEG, new CallRouted.Builder(LEG, new InviteReceived(LEG, "", new TrunkRef("out", "out"), "leg@suite", "+3225550100", "",
                new Caller("00", false), "v1.x", "", "", ANSWERED, ANSWERED), in.organisation(), in.number(), in.rule(), in.room())
                .config(in.config())
                .limits(in.limits())
                .answerPolicy(AnswerPolicy.IMMEDIATE)
                .patienceSeconds(20)
                .build().goingOut(consults ? leg.consulting() : leg), List.of(), 30);
    }

    private void legReady() {
        hear("/limiter/1", NOBODY, out());
        hear("/relay/1", NOBODY.withRelay("relay-1"), new MediaReady(LEG, "relay-1", "room", "PA_2", "offer of the relay", "PCMU", 0));
    }

    @Test
    void aCallOutGoesOnThoughItBeganWithoutAnEdge() {
        legReady();
        hear(MediaOffered.answering(LEG, 0, OFFER));
        hear(new CallAnswered(LEG, "edge-1", AnswerPolicy.IMMEDIATE, 20, DIALOGS.seal(LEG, DIALOG)));
        Recovery.Found found = recovery.found(NOW);
        assertThat(found.goingOn()).singleElement().satisfies(session -> {
            assertThat(session.leg()).hasValueSatisfying(leg -> assertThat(leg.transfer()).contains("transfer-1"));
            assertThat(session.offer()).isEmpty();
            assertThat(session.answer()).isEqualTo("offer of the relay");
            assertThat(session.owners()).isEqualTo(Owners.edge("edge-1").withRelay("relay-1"));
        });
        assertThat(found.unattended()).as("nobody is waited for").isEmpty();
        assertThat(found.story(LEG).known().orElseThrow().direction()).isEqualTo(CallDirection.OUTBOUND);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aCallOutThatSpeaksWithAnAgentFirstIsKnownToBeJoinedOrNot(boolean joined) {
        hear("/limiter/1", NOBODY, out(true));
        hear("/relay/1", NOBODY.withRelay("relay-1"), new MediaReady(LEG, "relay-1", "room", "PA_2", "offer of the relay", "PCMU", 0));
        hear(new CallAnswered(LEG, "edge-1", AnswerPolicy.IMMEDIATE, 20, DIALOGS.seal(LEG, DIALOG)));
        if (joined) {
            hear(new TransferSucceeded(CALL, "transfer-1", TransferWay.WARM, Optional.of(LEG), false));
        }
        assertThat(recovery.found(NOW).goingOn()).singleElement()
                .satisfies(session -> assertThat(session.leg().orElseThrow().isConsulting()).isEqualTo(!joined));
    }

    private static TransferStarted referring(String transfer) {
        return new TransferStarted(CALL, transfer, TransferWay.REFER, Optional.empty(), Optional.empty(), Optional.of("v1.x"), List.of());
    }

    private static TransferFailed failed(String transfer) {
        return new TransferFailed(
                CALL, transfer, Optional.of(TransferWay.REFER), Optional.empty(), OptionalInt.of(405), "Refused.", List.of());
    }

    private Optional<String> underWay() {
        return recovery.found(NOW).goingOn().getFirst().referral().map(Session.Referral::transfer);
    }

    @Test
    void aReferThatIsUnderWayIsKnownUntilItCameToSomething() {
        answered(OFFER);
        hear("/router/1", NOBODY, referring("transfer-1"));
        assertThat(underWay()).contains("transfer-1");
        answered(OFFER);
        hear("/router/1", NOBODY, referring("transfer-1"));
        hear(failed("transfer-1"));
        assertThat(underWay()).isEmpty();
        answered(OFFER);
        hear("/router/1", NOBODY, referring("transfer-1"));
        hear(failed("transfer-1"));
        hear("/router/1", NOBODY, referring("transfer-2"));
        hear(failed("transfer-1"));
        assertThat(underWay()).as("each has an end of its own").contains("transfer-2");
    }

    @Test
    void aTransferByALegIsNoRefer() {
        answered(OFFER);
        hear("/router/1", NOBODY, new TransferStarted(
                CALL, "transfer-1", TransferWay.BRIDGE, Optional.of(LEG), Optional.empty(), Optional.empty(), List.of()));
        assertThat(underWay()).isEmpty();
    }

    @Test
    void whoWasHandedOverWaitsForNobody() {
        answered(OFFER);
        hear("/limiter/1", Owners.edge("edge-1"), admitted());
        hear(new TransferSucceeded(CALL, "forward.1.1", TransferWay.BRIDGE, Optional.of(LEG), false));
        assertThat(recovery.found(NOW).unattended()).isEmpty();
    }

    @Test
    void whatTheRelayCarriesOutIsWaitedForSinceNoAgentCame() {
        answered(OFFER);
        hear("/limiter/1", Owners.edge("edge-1"), admitted());
        var none = new AgentUnavailable(
                CALL, List.of("demo"), 20, "Nobody came.", List.of(new Fallback(FallbackKind.FORWARD, "+3225550199", "", 20)));
        hear("/dispatcher/1", Owners.edge("edge-1"), none);
        assertThat(recovery.found(NOW).unattended().get(CALL).none()).contains(none);
    }

    @Test
    void aCallOutThatRangIsLost() {
        legReady();
        hear(new LegRinging(LEG, Optional.of(CALL), "gw", 180, false));
        assertThat(recovery.found(NOW).lost()).singleElement().satisfies(lost -> {
            assertThat(lost.id()).isEqualTo(LEG);
            assertThat(lost.leg()).isPresent();
            assertThat(lost.owners()).isEqualTo(Owners.edge("edge-1").withRelay("relay-1"));
        });
    }

    @Test
    void aCallOutOfWhichNoEdgeSaidAnythingIsItsParentsEdges() {
        legReady();
        assertThat(recovery.found(NOW).lost()).as("of no call of ours").isEmpty();
        answered(OFFER);
        legReady();
        assertThat(recovery.found(NOW).lost()).extracting(Recovery.LostCall::id).containsExactly(LEG);
    }

    @Test
    void aCallOutOfAnotherEdgeIsNotOurs() {
        answered(OFFER);
        legReady();
        hear("/sip-edge/edge-2", Owners.edge("edge-2").withRelay("relay-1"), new LegRinging(LEG, Optional.of(CALL), "gw", 180, false));
        hear("/relay/1", NOBODY.withRelay("relay-1"), new MediaReady(LEG, "relay-1", "room", "PA_2", "narrowed", "PCMU", 0));
        assertThat(recovery.found(NOW).lost()).isEmpty();
    }

    @Test
    void knowsToWhomNobodyHasComeYet() {
        hear(admitted());
        answered(OFFER);
        Recovery.Found found = recovery.found(NOW);
        assertThat(found.goingOn()).hasSize(1);
        assertThat(found.unattended().get(CALL).route().patienceSeconds()).isEqualTo(20);
        assertThat(found.unattended().get(CALL).admittedAt()).isEqualTo(ANSWERED);
        hear(admitted());
        answered(OFFER);
        hear(new AgentJoined(CALL, "demo", "PA_2", "agent", 10));
        assertThat(recovery.found(NOW).unattended()).isEmpty();
        answered(OFFER);
        assertThat(recovery.found(NOW).unattended()).as("an admission that is not known says nothing").isEmpty();
    }

    private Session found() {
        return recovery.found(NOW).goingOn().getFirst();
    }

    @Test
    void goesOnWithTheTimerAndAHigherCseq() {
        answered(OFFER);
        Session session = found();
        assertThat(session.dialog().timer()).contains(TIMER);
        assertThat(session.dialog().takes("UPDATE")).isTrue();
        assertThat(session.dialog().request("BYE", List.of()).cseq()).isGreaterThan(600);
        assertThat(session.offer()).isEqualTo(OFFER);
        assertThat(session.answer()).isEqualTo("first");
    }

    @Test
    void knowsWhatItsByeIsToHave() {
        answered(OFFER);
        assertThat(found().parting()).isEqualTo(Parting.NONE);
        answered(OFFER);
        hear(headers(Map.of("X-Outcome", "open")));
        hear(headers(Map.of("X-Outcome", "sold")));
        assertThat(found().parting().headers()).containsExactly(new SipHeader("X-Outcome", "sold"));
        answered(OFFER);
        assertThat(found().parting()).as("of an earlier look").isEqualTo(Parting.NONE);
    }

    private static HeadersChanged headers(Map<String, String> headers) {
        return new HeadersChanged(CALL, "relay-1", TARGETS.seal(CALL, new GivenHeaders(headers)));
    }

    @Test
    void followsTheDialogToWhereItsLastOfferLeftIt() {
        answered(OFFER);
        Dialog moved = DIALOG.received(9, Optional.of("sip:anna@192.0.2.99")).with(Optional.of(TIMER.raised(3600)));
        hear(new MediaOffered(CALL, 1, "second offer", Optional.empty(), Optional.of(DIALOGS.seal(CALL, moved))));
        hear(ready(1, "second"));
        // An event without a dialog does not undo an earlier one.
        hear(new MediaOffered(CALL, 2, ""));
        Session session = found();
        assertThat(session.dialog().remoteTarget()).isEqualTo("sip:anna@192.0.2.99");
        assertThat(session.dialog().timer().orElseThrow().seconds()).isEqualTo(3600);
        assertThat(session.revision()).isEqualTo(1);
    }

    @Test
    void answersNothingFromMemoryWhereTheLastOfferWasTheRelays() {
        answered("");
        hear(MediaOffered.answering(CALL, 0, OFFER));
        Session session = found();
        assertThat(session.offer()).isEmpty();
        assertThat(session.answer()).isEqualTo("first");
    }

    @Test
    void knowsWhoseCallItIs() {
        hear(new CallAnswered(CALL, "edge-1", AnswerPolicy.IMMEDIATE, 20, DIALOGS.seal(CALL, DIALOG.of("t1"))));
        assertThat(found().dialog().trunk()).contains("t1");
    }

    @Test
    void opensWhatAnOlderEdgeSealed() throws Exception {
        var older = (com.fasterxml.jackson.databind.node.ObjectNode) EventJson.MAPPER.valueToTree(DIALOG);
        older.remove("trunk");
        ((com.fasterxml.jackson.databind.node.ObjectNode) older.get("timer")).remove("probing");
        String sealed = SEALER.seal(CALL, EventJson.MAPPER.writeValueAsBytes(older));
        hear(new CallAnswered(CALL, "edge-1", AnswerPolicy.IMMEDIATE, 20, sealed));
        Session session = found();
        assertThat(session.dialog().trunk()).isEmpty();
        assertThat(session.dialog().timer()).contains(TIMER);
    }

    @Test
    void leavesAloneWhatItCannotOpen() {
        hear(new CallAnswered(CALL, "edge-1", AnswerPolicy.IMMEDIATE, 20, "v1.AAAA"));
        assertThat(recovery.found(NOW).goingOn()).isEmpty();
    }

    @Test
    void anOfferThatTheRelayRefusedChangedNothing() {
        answered(OFFER);
        Dialog moved = DIALOG.received(9, Optional.of("sip:anna@192.0.2.99"));
        hear(new MediaOffered(CALL, 1, "second offer", Optional.empty(), Optional.of(DIALOGS.seal(CALL, moved))));
        hear(new MediaRefused(CALL, "relay-1", 1, RefusalReason.NO_COMMON_CODEC, "no audio"));
        Session session = found();
        assertThat(session.dialog().remoteTarget()).isEqualTo(DIALOG.remoteTarget());
        assertThat(session.offer()).isEqualTo(OFFER);
        assertThat(session.answer()).isEqualTo("first");
        assertThat(session.revision()).isZero();
        assertThat(session.lastRevision()).isEqualTo(1);
    }

    @Test
    void aCallThatAnotherRelayTookUpIsThatRelays() {
        hear(admitted());
        answered(OFFER);
        Dialog moved = DIALOG.sent();
        hear(new MediaLost(CALL, "relay-1", 1, "it ended", "first", "PA_1", ANSWERED, false, Optional.empty(), admitted()));
        Owners now = Owners.edge("edge-1").withRelay("relay-2");
        hear("/media-relay/relay-2", now, new MediaReady(CALL, "relay-2", "room", "PA_2", "second", "PCMU", 1));
        hear("/sip-edge/edge-1", now,
                new MediaOffered(CALL, 1, "", Optional.of("the phone's"), Optional.of(DIALOGS.seal(CALL, moved))));
        Session session = found();
        assertThat(session.owners().relay()).contains("relay-2");
        assertThat(session.answer()).isEqualTo("second");
        assertThat(session.offer()).isEmpty();
        assertThat(session.revision()).isEqualTo(1);
        assertThat(session.lastRevision()).isEqualTo(1);
    }

    @Test
    void tellsTheStoryOfEachCallWithItsLastHeartbeat() {
        hear(admitted());
        answered(OFFER);
        hear(new AgentJoined(CALL, "demo", "PA_2", "agent", 10));
        for (int i = 0; i < 3; i++) {
            hear(new CallHeartbeat(CALL, "relay-1", i, "o", "+3225550100", new MediaStats(i, 0, 0, 0, 4.2), Optional.empty(),
                    Optional.of(ANSWERED.plusSeconds(10L * i))));
        }
        CallStory story = recovery.found(NOW).story(CALL);
        assertThat(story.heardAt()).contains(ANSWERED.plusSeconds(20));
        assertThat(story.quality()).contains(new MediaStats(2, 0, 0, 0, 4.2));
        assertThat(story.known().orElseThrow()).satisfies(whole -> {
            assertThat(whole.room()).contains("room");
            assertThat(whole.agent()).contains("demo");
            assertThat(whole.ringingAt()).contains(ANSWERED);
            assertThat(whole.answeredAt()).contains(ANSWERED);
        });
        assertThat(recovery.found(NOW).story(CALL)).isEqualTo(CallStory.NONE);
    }

    @Test
    void knowsOfWhomEverybodyHasLeft() {
        hear(admitted());
        answered(OFFER);
        hear(new AgentJoined(CALL, "demo", "PA_2", "agent", 10));
        hear(new AgentLeft(CALL, "demo", "PA_2", "agent", "signal-close", 5, true, Optional.of(admitted().route())));
        Recovery.Found found = recovery.found(NOW);
        assertThat(found.unattended()).containsKey(CALL);
        assertThat(found.goingOn().getFirst().left()).contains("demo");
    }

    @Test
    void knowsWhenItLastHeardOfACallThatWasNeverAnswered() {
        hear(admitted());
        hear(new InviteReceived(CALL, "edge-1", new TrunkRef("t", "trunk"), "id@host", "+3225550100", "025550100",
                new Caller("00", false), "v1.x", OFFER, "192.0.2.1:5060", ANSWERED, ANSWERED));
        assertThat(recovery.found(NOW).lost().getFirst().lastHeard()).isEqualTo(ANSWERED);
    }
}
