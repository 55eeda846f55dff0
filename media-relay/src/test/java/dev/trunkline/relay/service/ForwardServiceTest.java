package dev.trunkline.relay.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.events.AgentJoined;
import dev.trunkline.events.AgentLeft;
import dev.trunkline.events.AgentUnavailable;
import dev.trunkline.events.AnswerPolicy;
import dev.trunkline.events.CallAdmitted;
import dev.trunkline.events.CallAnswered;
import dev.trunkline.events.CallHeartbeat;
import dev.trunkline.events.CallId;
import dev.trunkline.events.DialPurpose;
import dev.trunkline.events.EndCall;
import dev.trunkline.events.EndReason;
import dev.trunkline.events.Fallback;
import dev.trunkline.events.FallbackKind;
import dev.trunkline.events.ForwardPlan;
import dev.trunkline.events.ForwardRound;
import dev.trunkline.events.ForwardTarget;
import dev.trunkline.events.MediaOffered;
import dev.trunkline.events.MediaReady;
import dev.trunkline.events.SrtpUse;
import dev.trunkline.events.TransferFailed;
import dev.trunkline.events.TransferRequested;
import dev.trunkline.events.TransferStarted;
import dev.trunkline.events.TransferSucceeded;
import dev.trunkline.events.TransferWay;
import dev.trunkline.events.TrunkRef;
import dev.trunkline.events.privacy.SealedTargets;
import dev.trunkline.events.privacy.TransferTarget;
import dev.trunkline.relay.sdp.PhoneCodec;
import dev.trunkline.rtc.AudioCodec;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Callers who are forwarded to somebody outside, through the whole service; the test plays router, dispatcher and edge. */
@QuarkusTest
@QuarkusTestResource(Surroundings.class)
class ForwardServiceTest extends WholeRelay {
    private static final SealedTargets TARGETS = new SealedTargets(TestCalls.SEALER);

    private final CallId call = new CallId(UUID.randomUUID());
    private final CallId leg = new CallId(UUID.randomUUID());
    private final CallId other = new CallId(UUID.randomUUID());
    private final String room = "forward-" + call;
    private FakePhone phone;

    @BeforeEach
    void untilThereArePorts() throws Exception {
        Await.untilTrue("there are ports for both calls", () -> metric("trunkline_relay_ports_available") >= 2);
        phone = opened(new FakePhone(PhoneCodec.PCMU, 20, 0x1111));
    }

    private static ForwardTarget target(String to) {
        return new ForwardTarget(to, Optional.of("carrier"), Map.of("X-Account", "42"));
    }

    private void ring(CallAdmitted admitted) throws Exception {
        admit(admitted);
        phone.answered(((MediaReady) bus.await(call, MediaReady.class).record()).sdpAnswer());
    }

    /** Rings two targets at once, then one more. */
    private void ringForwarded(int seconds) throws Exception {
        ring(TestCalls.forwarded(
                new ForwardPlan(List.of(
                        new ForwardRound(List.of(target("+32470000001"), target("+32470000002")), seconds),
                        new ForwardRound(List.of(target("+32470000003")), 20))),
                TestCalls.admitted(call, room, phone.offer())));
    }

    private void answered(CallId which) {
        bus.say(new CallAnswered(which, "edge-t", AnswerPolicy.ON_AGENT, 50, "sealed"));
    }

    private TransferRequested requested(String transfer) throws Exception {
        return (TransferRequested) bus.await(call, TransferRequested.class, event -> event.transfer().equals(transfer)).record();
    }

    private void started(String transfer, CallId which) {
        bus.say(new TransferStarted(
                call, transfer, TransferWay.BRIDGE, Optional.of(which), Optional.of(new TrunkRef("out-1", "out")), Optional.empty(),
                List.of()));
    }

    private void failed(String transfer) {
        bus.say(new TransferFailed(
                call, transfer, Optional.of(TransferWay.BRIDGE), Optional.empty(), OptionalInt.of(486), "Whom it called was busy.", List.of()));
    }

    private EndCall end(CallId which) throws Exception {
        return (EndCall) bus.await(which, EndCall.class).record();
    }

    /** @return the phone of a target that was called, has answered and hums */
    private FakePhone called() throws Exception {
        admit(TestCalls.goingOut(
                TestCalls.leg(DialPurpose.FORWARD, Optional.of(call), SrtpUse.OFF), TestCalls.admitted(leg, room, "")));
        var offer = (MediaReady) bus.await(leg, MediaReady.class).record();
        assertThat(offer.room()).isEqualTo(room);
        FakePhone callee = opened(new FakePhone(PhoneCodec.PCMA, 20, 0x2222));
        callee.answered(offer.sdpAnswer());
        bus.say(MediaOffered.answering(leg, 0, callee.offer()));
        answered(leg);
        callee.hum(660);
        return callee;
    }

    @Test
    void theFirstTargetThatAnswersHasTheCallerAndTheOthersAreEnded() throws Exception {
        ringForwarded(20);
        TransferRequested first = requested("forward.1.1");
        assertThat(TARGETS.transfer(call, first.sealedTarget())).isEqualTo(new TransferTarget("+32470000001", Map.of("X-Account", "42")));
        assertThat(first.toString()).doesNotContain("470000001");
        assertThat(first.dialPurpose()).contains(DialPurpose.FORWARD);
        assertThat(first.requestedBy()).isEqualTo("rule");
        assertThat(first.way()).contains(TransferWay.BRIDGE);
        assertThat(first.outboundTrunk()).contains("carrier");
        assertThat(first.ringingSeconds()).hasValue(20);
        assertThat(first.agentsStay()).isFalse();
        assertThat(first.room()).isEqualTo(room);
        requested("forward.1.2");
        assertThat(bus.count(call, TransferRequested.class)).isEqualTo(2);
        started("forward.1.1", other);
        started("forward.1.2", leg);

        // Other participants, such as an agent that LiveKit dispatches to every room, are not the person whom the caller is to reach.
        FakeAgent agent = opened(new FakeAgent(rtc, room, "agent-1", AudioCodec.PCMU));
        FakePhone callee = called();
        bus.say(new TransferSucceeded(call, "forward.1.2", TransferWay.BRIDGE, Optional.of(leg), false));
        assertThat(end(other).reason()).isEqualTo(EndReason.ANSWERED_ELSEWHERE);
        answered(call);
        phone.hum(440);
        Await.untilTrue("the target hears the caller", () -> callee.share(440) > 0.3);
        Await.untilTrue("the caller hears the target", () -> phone.share(660) > 0.3);
        agent.room.leave().toCompletableFuture().join();
        Await.untilTrue("the two alone hear each other", () -> callee.hears(440) && phone.hears(660));
        assertThat(bus.count(call, AgentJoined.class) + bus.count(call, AgentLeft.class) + bus.count(call, EndCall.class)
                + bus.count(leg, EndCall.class)).isZero();
    }

    @Test
    void aRoundThatFailedIsFollowedByTheNextAndTheLastByTheEndWithTheWordsOfAll() throws Exception {
        ringForwarded(20);
        requested("forward.1.1");
        failed("forward.1.1");
        assertThat(bus.count(call, EndCall.class)).isZero();
        failed("forward.1.2");
        requested("forward.2.1");
        failed("forward.2.1");
        EndCall end = end(call);
        assertThat(end.reason()).isEqualTo(EndReason.FORWARD_FAILED);
        assertThat(end.detail()).contains("target 1 of round 1: Whom it called was busy (SIP 486)", "target 1 of round 2")
                .doesNotContain("470000");
        assertThat(bus.count(call, TransferRequested.class)).isEqualTo(3);
    }

    @Test
    void aCallerWhoWasAnsweredHearsTheWaitingSoundWhileTargetsRingAndARoundEndsWithItsTime() throws Exception {
        ringForwarded(1);
        answered(call);
        phone.hum(440);
        started("forward.1.1", other);
        Await.untilTrue("the caller hears the waiting sound", () -> phone.share(523.25) + phone.share(659.25) > 0.3);
        EndCall late = end(other);
        assertThat(late.reason()).isEqualTo(EndReason.NO_ANSWER);
        requested("forward.2.1");
        // The router was slow to start this outbound call; it is ended as soon as it is known.
        started("forward.1.2", leg);
        assertThat(end(leg).reason()).isEqualTo(EndReason.NO_ANSWER);
    }

    private void nobodyCame(FallbackKind... kinds) {
        bus.say(new AgentUnavailable(call, List.of("demo"), 10, "No agent came within 10 s.", List.of(kinds).stream()
                .map(kind -> new Fallback(kind, toWhom(kind), "", 0, Optional.of("carrier"))).toList()));
    }

    private static String toWhom(FallbackKind kind) {
        return switch (kind) {
            case REFUSE -> "486";
            case ANNOUNCEMENT, VOICEMAIL -> "closed";
            case AGENT, FORWARD, REFER -> "+32470000009";
        };
    }

    @Test
    void theStepsOfAFallbackAreTriedForACallerWhoWasAnswered() throws Exception {
        ring(TestCalls.admitted(call, room, phone.offer()));
        answered(call);
        phone.hum(440);
        nobodyCame(FallbackKind.ANNOUNCEMENT, FallbackKind.FORWARD, FallbackKind.REFER, FallbackKind.REFUSE);
        TransferRequested forward = requested("fallback.2.1");
        assertThat(forward.requestedBy()).isEqualTo("fallback");
        assertThat(forward.dialPurpose()).contains(DialPurpose.FORWARD);
        assertThat(TARGETS.transfer(call, forward.sealedTarget()).to()).isEqualTo("+32470000009");
        failed("fallback.2.1");
        TransferRequested refer = requested("fallback.3.1");
        assertThat(refer.way()).contains(TransferWay.REFER);
        assertThat(refer.dialPurpose()).isEmpty();
        failed("fallback.3.1");
        EndCall end = end(call);
        assertThat(end.reason()).isEqualTo(EndReason.NO_AGENT);
        assertThat(end.detail()).contains("step 1 of the fallback (announcement)", "step 2 of the fallback (forward)", "refused with status 486")
                .doesNotContain("470000");
    }

    @Test
    void beforeTheAnswerAFallbackGoesOnByCallsOutAlone() throws Exception {
        ring(TestCalls.admitted(call, room, phone.offer()));
        nobodyCame(FallbackKind.REFER, FallbackKind.FORWARD);
        requested("fallback.2.1");
        started("fallback.2.1", leg);
        FakePhone callee = called();
        bus.say(new TransferSucceeded(call, "fallback.2.1", TransferWay.BRIDGE, Optional.of(leg), false));
        answered(call);
        phone.hum(440);
        Await.untilTrue("the two hear each other", () -> callee.hears(440) && phone.hears(660));
        assertThat(bus.count(call, TransferRequested.class)).isEqualTo(1);
        assertThat(bus.count(call, AgentJoined.class) + bus.count(call, EndCall.class)).isZero();
    }

    @Test
    void aRefusalAndWhatIsNothingForTheRelayIsLeftToTheEdge() throws Exception {
        ring(TestCalls.admitted(call, room, phone.offer()));
        nobodyCame(FallbackKind.REFUSE, FallbackKind.FORWARD);
        nobodyCame(FallbackKind.REFER);
        nobodyCame();
        bus.await(call, CallHeartbeat.class, beat -> beat.sequence() >= 2);
        assertThat(bus.count(call, TransferRequested.class) + bus.count(call, EndCall.class)).isZero();
    }

    @Test
    void anAgentWhoComesAfterAllTakesTheCallFromThoseWhoRing() throws Exception {
        ring(TestCalls.admitted(call, room, phone.offer()));
        nobodyCame(FallbackKind.FORWARD);
        requested("fallback.1.1");
        started("fallback.1.1", leg);
        opened(new FakeAgent(rtc, room, "agent-1", AudioCodec.PCMU));
        bus.await(call, AgentJoined.class);
        assertThat(end(leg).reason()).isEqualTo(EndReason.ANSWERED_ELSEWHERE);
        assertThat(bus.count(call, EndCall.class)).isZero();
    }
}
