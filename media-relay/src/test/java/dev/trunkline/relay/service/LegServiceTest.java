package dev.trunkline.relay.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.events.AgentDispatched;
import dev.trunkline.events.AgentJoined;
import dev.trunkline.events.AgentLeft;
import dev.trunkline.events.AnswerPolicy;
import dev.trunkline.events.CallAdmitted;
import dev.trunkline.events.CallAnswered;
import dev.trunkline.events.CallEnded;
import dev.trunkline.events.CallHeartbeat;
import dev.trunkline.events.CallHeld;
import dev.trunkline.events.CallId;
import dev.trunkline.events.CallRejected;
import dev.trunkline.events.DialPurpose;
import dev.trunkline.events.EndCall;
import dev.trunkline.events.EndReason;
import dev.trunkline.events.LegRinging;
import dev.trunkline.events.MediaOffered;
import dev.trunkline.events.MediaReady;
import dev.trunkline.events.OutgoingLeg;
import dev.trunkline.events.RefusalReason;
import dev.trunkline.events.SrtpUse;
import dev.trunkline.events.TransferFailed;
import dev.trunkline.events.TransferStarted;
import dev.trunkline.events.TransferSucceeded;
import dev.trunkline.events.TransferWay;
import dev.trunkline.events.TrunkRef;
import dev.trunkline.events.privacy.AnswerSecrets;
import dev.trunkline.events.privacy.DialExtras;
import dev.trunkline.relay.sdp.PhoneCodec;
import dev.trunkline.rtc.AudioCodec;
import dev.trunkline.rtc.JoinRequest;
import dev.trunkline.rtc.RemoteParticipant;
import dev.trunkline.rtc.Room;
import dev.trunkline.rtc.RoomListener;
import dev.trunkline.rtc.srtp.SrtpSuite;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Outbound calls, through the whole service; the test plays edge, gateway and the phones on both sides. */
@QuarkusTest
@QuarkusTestResource(Surroundings.class)
class LegServiceTest extends WholeRelay {
    private final CallId parent = new CallId(UUID.randomUUID());
    private final CallId leg = new CallId(UUID.randomUUID());
    private final String room = "leg-" + parent;
    private Room agent;

    /** Waits for the ports of the previous test, which rest for a moment before they are used again. */
    @BeforeEach
    void untilThereArePorts() throws Exception {
        Await.untilTrue("there are ports for both calls", () -> metric("trunkline_relay_ports_available") >= 2);
    }

    private void answered(CallId call) {
        bus.say(new CallAnswered(call, "edge-t", AnswerPolicy.IMMEDIATE, 50, "sealed"));
    }

    private void ringing(boolean earlyMedia) {
        bus.say(new LegRinging(leg, Optional.of(parent), "gateway.example", earlyMedia ? 183 : 180, earlyMedia));
    }

    /** Places a caller in a room, answered by an agent that only listens; the caller's phone hums. */
    private FakePhone caller(double hertz) throws Exception {
        FakePhone phone = opened(new FakePhone(PhoneCodec.PCMU, 20, 0x1111));
        admit(TestCalls.admitted(parent, room, phone.offer()));
        phone.answered(((MediaReady) bus.await(parent, MediaReady.class).record()).sdpAnswer());
        agent = rtc.join(
                JoinRequest.of(Surroundings.LIVEKIT, FakeAgent.token(room, "quiet")), rtc.nextLoop(), new RoomListener() {})
                .toCompletableFuture().join();
        open.add(() -> agent.leave().toCompletableFuture().join());
        bus.await(parent, AgentJoined.class);
        answered(parent);
        phone.hum(hertz);
        return phone;
    }

    private MediaReady called(DialPurpose purpose, SrtpUse srtp) throws Exception {
        Optional<CallId> of = purpose == DialPurpose.DIAL ? Optional.empty() : Optional.of(parent);
        CallAdmitted call = TestCalls.goingOut(TestCalls.leg(purpose, of, srtp), TestCalls.admitted(leg, room, ""));
        admit(call);
        return (MediaReady) bus.await(leg, MediaReady.class).record();
    }

    @ParameterizedTest
    @CsvSource({"PCMU", "PCMA", "G722", "OPUS"})
    void whoIsCalledAndTheCallerHearEachOther(PhoneCodec codec) throws Exception {
        FakePhone caller = caller(440);
        MediaReady offer = called(DialPurpose.TRANSFER, SrtpUse.OFF);
        assertThat(offer.revision()).isZero();
        assertThat(offer.room()).isEqualTo(room);
        assertThat(offer.sdpAnswer()).contains(" RTP/AVP 0 8 9 96 101\r\n").doesNotContain("a=crypto");
        FakePhone callee = opened(new FakePhone(codec, 20, 0x2222));
        callee.answered(offer.sdpAnswer());
        ringing(false);
        bus.say(MediaOffered.answering(leg, 0, callee.offer()));
        answered(leg);
        callee.hum(660);
        Await.untilTrue("the callee hears the caller", () -> callee.hears(440));
        Await.untilTrue("the caller hears the callee", () -> caller.hears(660));
        assertThat(bus.count(leg, AgentJoined.class) + bus.count(leg, AgentDispatched.class)).isZero();
    }

    @Test
    void earlyMediaIsHeardInTheRoomAndTheRoomOnlyAfterTheAnswer() throws Exception {
        FakePhone caller = caller(440);
        MediaReady offer = called(DialPurpose.TRANSFER, SrtpUse.OFF);
        FakePhone callee = opened(new FakePhone(PhoneCodec.PCMU, 20, 0x2222));
        callee.answered(offer.sdpAnswer());
        callee.hum(425);
        bus.say(MediaOffered.answering(leg, 0, callee.offer("sendonly")));
        ringing(true);
        Await.untilTrue("the caller hears the ringback of the far end", () -> caller.hears(425));
        assertThat(callee.heard).isEmpty();
        assertThat(bus.count(leg, CallHeld.class)).isZero();

        // The final answer comes from another address, as behind a forking proxy.
        FakePhone other = opened(new FakePhone(PhoneCodec.PCMA, 20, 0x3333));
        other.answered(offer.sdpAnswer());
        callee.hush();
        bus.say(MediaOffered.answering(leg, 0, other.offer()));
        answered(leg);
        other.hum(660);
        Await.untilTrue("whoever answered hears the caller", () -> other.hears(440));
        Await.untilTrue("the caller hears whoever answered", () -> caller.hears(660));
        assertThat(callee.heard).isEmpty();
        assertThat(bus.count(leg, CallHeld.class)).isZero();
    }

    @Test
    void aHoldThatTheAnswerBeganIsToldOnceTheCallIsOne() throws Exception {
        caller(440);
        called(DialPurpose.TRANSFER, SrtpUse.OFF);
        FakePhone callee = opened(new FakePhone(PhoneCodec.PCMU, 20, 0x2222));
        bus.say(MediaOffered.answering(leg, 0, callee.offer("sendonly")));
        answered(leg);
        bus.await(leg, CallHeld.class);
    }

    @ParameterizedTest
    @CsvSource({"REQUIRE, RTP/SAVP", "OFFER, RTP/AVP"})
    void srtpIsSpokenWhereItIsTaken(SrtpUse use, String profile) throws Exception {
        FakePhone caller = caller(440);
        MediaReady offer = called(DialPurpose.TRANSFER, use);
        assertThat(offer.sdpAnswer()).contains(" " + profile + " 0 8 9 96 ")
                .contains("a=crypto:1 AES_CM_128_HMAC_SHA1_80 sealed:").doesNotContain("inline");
        FakePhone callee = opened(new FakePhone(PhoneCodec.PCMU, 20, 0x2222));
        var crypto = new PhoneCrypto(leg, SrtpSuite.AES_CM_128_HMAC_SHA1_80);
        callee.secure(crypto.agreed(offer.sdpAnswer().replace("a=crypto:1 ", "a=crypto:5 ")));
        callee.answered(offer.sdpAnswer());
        bus.say(MediaOffered.answering(leg, 0, crypto.secured(callee.offer()).replace("RTP/SAVP", profile)));
        answered(leg);
        callee.hum(660);
        Await.untilTrue("the callee hears the caller", () -> callee.hears(440));
        Await.untilTrue("the caller hears the callee", () -> caller.hears(660));
        assertThat(callee.unreadable).hasValue(0);
    }

    @Test
    void srtpThatIsOnlyOfferedMayBePassedOver() throws Exception {
        FakePhone caller = caller(440);
        MediaReady offer = called(DialPurpose.TRANSFER, SrtpUse.OFFER);
        FakePhone callee = opened(new FakePhone(PhoneCodec.PCMU, 20, 0x2222));
        callee.answered(offer.sdpAnswer());
        bus.say(MediaOffered.answering(leg, 0, callee.offer()));
        answered(leg);
        callee.hum(660);
        Await.untilTrue("the callee hears the caller", () -> callee.hears(440));
        Await.untilTrue("the caller hears the callee", () -> caller.hears(660));
    }

    @Test
    void anAnswerWithoutTheSrtpThatIsRequiredEndsTheCall() throws Exception {
        caller(440);
        called(DialPurpose.TRANSFER, SrtpUse.REQUIRE);
        FakePhone callee = opened(new FakePhone(PhoneCodec.PCMU, 20, 0x2222));
        bus.say(MediaOffered.answering(leg, 0, callee.offer()));
        var end = (EndCall) bus.await(leg, EndCall.class).record();
        assertThat(end.detail()).contains("The trunk requires SRTP");
        assertThat(bus.count(parent, EndCall.class)).isZero();
    }

    @Test
    void theRoomSeesHowFarTheCallIs() throws Exception {
        FakeAgent watcher = opened(new FakeAgent(rtc, room, "watcher", AudioCodec.PCMU));
        called(DialPurpose.DIAL, SrtpUse.OFF);
        untilStatus(watcher, "dialing");
        ringing(false);
        untilStatus(watcher, "ringing");
        bus.say(MediaOffered.answering(leg, 0, opened(new FakePhone(PhoneCodec.PCMU, 20, 0x2222)).offer()));
        answered(leg);
        untilStatus(watcher, "active");
        bus.await(leg, AgentJoined.class);
    }

    @Test
    void keysAreHeardAfterTheAnswerAndTheRoomSeesWhenAndWhatWasAnswered() throws Exception {
        FakeAgent watcher = opened(new FakeAgent(rtc, room, "watcher", AudioCodec.PCMU));
        var extras = new DialExtras("", "1w#", false, DialExtras.X_HEADERS, Map.of("Server", "pbx"));
        OutgoingLeg out = TestCalls.leg(DialPurpose.DIAL, Optional.empty(), SrtpUse.OFF);
        admit(TestCalls.goingOut(TestCalls.having(extras, leg, out), TestCalls.admitted(leg, room, "")));
        var offer = (MediaReady) bus.await(leg, MediaReady.class).record();
        FakePhone callee = opened(new FakePhone(PhoneCodec.PCMU, 20, 0x2222));
        callee.answered(offer.sdpAnswer());
        bus.say(MediaOffered.answering(leg, 0, callee.offer()));
        bus.say(new CallAnswered(leg, "edge-t", AnswerPolicy.IMMEDIATE, 50, "sealed", Optional.of(TestCalls.answer(
                leg, new AnswerSecrets("their-tag", Map.of("x-queue", "7", "server", "phone", "allow", "INVITE"))))));
        untilStatus(watcher, "automation");
        Await.untilTrue("both keys are heard", () -> callee.heard.stream()
                .filter(packet -> packet.payloadType() == FakePhone.DTMF).map(packet -> (int) packet.payload()[0]).distinct().toList()
                .equals(List.of(1, 11)));
        untilStatus(watcher, "active");
        Map<String, String> seen = watcher.room.participants().stream().map(RemoteParticipant::attributes)
                .filter(attributes -> attributes.getOrDefault("trunkline.callId", "").equals(leg.toString())).findFirst().orElseThrow();
        assertThat(seen).containsEntry("sip.callTag", "their-tag").containsEntry("sip.h.x-queue", "7").containsEntry("pbx", "phone")
                .doesNotContainKeys("sip.h.allow", "sip.h.server");
    }

    @Test
    void theRoomHearsARingingToneUntilTheAnswer() throws Exception {
        FakePhone caller = caller(440);
        var extras = new DialExtras("", "", true, DialExtras.NO_HEADERS, Map.of());
        OutgoingLeg out = TestCalls.leg(DialPurpose.TRANSFER, Optional.of(parent), SrtpUse.OFF);
        admit(TestCalls.goingOut(TestCalls.having(extras, leg, out), TestCalls.admitted(leg, room, "")));
        var offer = (MediaReady) bus.await(leg, MediaReady.class).record();
        Await.untilTrue("the caller hears that it rings", () -> caller.hears(425));
        FakePhone callee = opened(new FakePhone(PhoneCodec.PCMU, 20, 0x2222));
        callee.answered(offer.sdpAnswer());
        bus.say(MediaOffered.answering(leg, 0, callee.offer()));
        answered(leg);
        callee.hum(660);
        Await.untilTrue("the caller hears the callee", () -> caller.hears(660));
        caller.heard.clear();
        // The tone would sound for one second in five.
        Await.untilTrue("six seconds went by", () -> caller.heard.size() > 300);
        assertThat(caller.share(425)).isLessThan(0.05);
        Await.untilTrue("the callee hears the caller", () -> callee.hears(440));
    }

    private void untilStatus(FakeAgent watcher, String status) throws Exception {
        Await.untilTrue("the status is " + status, () -> watcher.room.participants().stream()
                .map(RemoteParticipant::attributes)
                .anyMatch(attributes -> attributes.getOrDefault("trunkline.callId", "").equals(leg.toString())
                        && attributes.getOrDefault("sip.callStatus", "").equals(status)));
    }

    @Test
    void whatRingsLongerThanAPhoneMayBeSilentGoesOn() throws Exception {
        caller(440);
        called(DialPurpose.TRANSFER, SrtpUse.OFF);
        FakePhone callee = opened(new FakePhone(PhoneCodec.PCMU, 20, 0x2222));
        bus.say(MediaOffered.answering(leg, 0, callee.offer()));
        ringing(true);
        // In these tests a phone that should send times out after 3 s, and heartbeats are one second apart.
        bus.await(leg, CallHeartbeat.class, beat -> beat.sequence() >= 5);
        assertThat(bus.count(leg, EndCall.class)).isZero();
    }

    @Test
    void nobodyIsCalledIntoARoomThatIsGone() throws Exception {
        admit(TestCalls.goingOut(
                TestCalls.leg(DialPurpose.TRANSFER, Optional.of(parent), SrtpUse.OFF), TestCalls.admitted(leg, room, "")));
        var rejected = (CallRejected) bus.await(leg, CallRejected.class).record();
        assertThat(rejected.reason()).isEqualTo(RefusalReason.ROOM_MISSING);
        assertThat(rejected.summary().orElseThrow().parent()).contains(parent);
    }

    @Test
    void aTrunkWithCodecsThatNobodySpeaksHereIsRefused() throws Exception {
        var out = TestCalls.leg(DialPurpose.DIAL, Optional.empty(), SrtpUse.OFF);
        admit(TestCalls.goingOut(new OutgoingLeg(
                out.purpose(), out.parent(), out.transfer(), out.sealedTarget(), out.ringingSeconds(), out.longestSeconds(),
                List.of("G729"), out.srtp(), out.emergency(), out.agentsStay(), Optional.empty(), Optional.empty()), TestCalls.admitted(leg, room, "")));
        var rejected = (CallRejected) bus.await(leg, CallRejected.class).record();
        assertThat(rejected.reason()).isEqualTo(RefusalReason.NO_COMMON_CODEC);
        assertThat(rejected.trace()).extracting("step").contains("trunk-codecs");
    }

    private TransferStarted started() {
        return new TransferStarted(
                parent, "transfer-1", TransferWay.BRIDGE, Optional.of(leg), Optional.of(new TrunkRef("out-1", "out")), Optional.empty(),
                List.of());
    }

    /** @return the phone of the called party, which hums and hears the caller */
    private FakePhone bridged() throws Exception {
        MediaReady offer = called(DialPurpose.TRANSFER, SrtpUse.OFF);
        bus.say(started());
        FakePhone callee = opened(new FakePhone(PhoneCodec.PCMU, 20, 0x2222));
        callee.answered(offer.sdpAnswer());
        bus.say(MediaOffered.answering(leg, 0, callee.offer()));
        answered(leg);
        callee.hum(660);
        Await.untilTrue("the callee hears the caller", () -> callee.hears(440));
        return callee;
    }

    @Test
    void agentsWhoLeaveTheTwoWhoWereJoinedLeaveNobodyAlone() throws Exception {
        FakePhone caller = caller(440);
        FakePhone callee = bridged();
        bus.say(new TransferSucceeded(parent, "transfer-1", TransferWay.BRIDGE, Optional.of(leg), false));
        agent.leave().toCompletableFuture().join();
        var left = (AgentLeft) bus.await(parent, AgentLeft.class).record();
        assertThat(left.alone()).isFalse();
        assertThat(left.route()).isEmpty();
        int before = caller.heard.size();
        Await.untilTrue("the two go on without a waiting sound",
                () -> caller.heard.size() > before + 100 && caller.hears(660) && callee.hears(440));
        assertThat(bus.count(parent, AgentJoined.class)).isEqualTo(1);

        // The callee hangs up; the edge decides what happens to the caller.
        bus.say(new CallEnded(leg, "sip-edge", EndReason.CALLEE_HUNG_UP, "", true, 1_000, Optional.empty()));
        int then = caller.heard.size();
        int beats = heartbeats();
        Await.untilTrue("the caller's call goes on", () -> heartbeats() >= beats + 3 && caller.heard.size() > then + 50);
        assertThat(bus.count(parent, EndCall.class)).isZero();
        assertThat(bus.count(parent, AgentLeft.class)).isEqualTo(1);
        assertThat(caller.share(523.25) + caller.share(659.25)).isLessThan(0.05);
    }

    private int heartbeats() {
        return (int) bus.count(parent, CallHeartbeat.class);
    }

    @Test
    void anAgentWhoLeavesAfterATransferThatFailedIsReplacedAsEver() throws Exception {
        caller(440);
        bus.say(started());
        bus.say(new TransferFailed(
                parent, "transfer-1", Optional.of(TransferWay.BRIDGE), Optional.of(leg), OptionalInt.of(486), "busy", List.of()));
        agent.leave().toCompletableFuture().join();
        var left = (AgentLeft) bus.await(parent, AgentLeft.class).record();
        assertThat(left.alone()).isTrue();
        assertThat(left.route()).isPresent();
    }
}
