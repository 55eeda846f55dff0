package dev.trunkline.relay.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.events.AgentJoined;
import dev.trunkline.events.AgentLeft;
import dev.trunkline.events.Announcement;
import dev.trunkline.events.CallAdmitted;
import dev.trunkline.events.CallEnded;
import dev.trunkline.events.CallHeartbeat;
import dev.trunkline.events.CallId;
import dev.trunkline.events.CallRejected;
import dev.trunkline.events.EndCall;
import dev.trunkline.events.MediaLost;
import dev.trunkline.events.MediaLost.Attendance;
import dev.trunkline.events.MediaOffered;
import dev.trunkline.events.MediaReady;
import dev.trunkline.events.MediaRefused;
import dev.trunkline.relay.sdp.PhoneCodec;
import dev.trunkline.rtc.AudioCodec;
import dev.trunkline.rtc.DisconnectReason;
import dev.trunkline.rtc.RemoteParticipant;
import dev.trunkline.rtc.srtp.SrtpSuite;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Answered calls whose relay is lost, taken over by this one: the whole service. */
@QuarkusTest
@QuarkusTestResource(Surroundings.class)
class TakeOverServiceTest extends WholeRelay {
    private static final String DESCRIPTION = """
            v=0\r
            o=trunkline 4711 3 IN IP4 198.51.100.7\r
            s=-\r
            c=IN IP4 198.51.100.7\r
            t=0 0\r
            m=audio 10000 RTP/AVP 8 97\r
            a=rtpmap:8 PCMA/8000\r
            a=rtpmap:97 telephone-event/8000\r
            a=sendrecv\r
            """;

    private final CallId call = new CallId(UUID.randomUUID());
    private final String room = "taken-" + call;

    private MediaLost lost(int revision, String description, String participantSid, CallAdmitted admitted) {
        return lost(revision, description, participantSid, Optional.empty(), admitted);
    }

    private MediaLost lost(
            int revision, String description, String participantSid, Optional<Attendance> attended, CallAdmitted admitted) {
        return new MediaLost(
                call, "relay-0", revision, "the relay said nothing for 5 s", description, participantSid, Instant.now().minusSeconds(60),
                false, attended, admitted);
    }

    private MediaReady takenUp(MediaLost lost) throws Exception {
        // The call's last event is then published at the end of the test.
        ending(call);
        bus.say(lost);
        return (MediaReady) bus.await(call, MediaReady.class, ready -> ready.revision() == lost.revision()).record();
    }

    @Test
    void theOfferGoesOnWithThePhonesSessionAndItsAnswerBringsTheAudioBack() throws Exception {
        FakePhone phone = opened(new FakePhone(PhoneCodec.PCMA, 20, 0x7001));
        FakeAgent agent = opened(new FakeAgent(rtc, room, "agent-1", AudioCodec.PCMA));
        MediaReady ready = takenUp(lost(4, DESCRIPTION, "", TestCalls.admitted(call, room, "the caller's first offer")));
        assertThat(ready.relay()).isNotEqualTo("relay-0");
        assertThat(ready.sdpAnswer())
                .contains("o=trunkline 4711 4 IN IP4 ")
                .contains(" RTP/AVP 8 0 9 96 97\r\n").contains("a=rtpmap:97 telephone-event/8000");

        phone.answered(ready.sdpAnswer());
        bus.say(MediaOffered.answering(call, 4, phone.offer()));
        phone.hum(440);
        Await.untilTrue("the phone hears its tone", () -> phone.hears(440));
        assertThat(agent.caller().attributes()).containsEntry("sip.callStatus", "active");
        bus.await(call, AgentJoined.class);
        bus.await(call, CallHeartbeat.class);
        assertThat(bus.count(call, CallRejected.class)).isZero();
        assertThat(bus.count(call, EndCall.class)).isZero();
    }

    @Test
    void theParticipantOfTheLostRelayIsReplacedUnderItsIdentity() throws Exception {
        String identity = "sip_" + TestCalls.CALLER + "_twin";
        FakeAgent agent = opened(new FakeAgent(rtc, room, "agent-1", AudioCodec.PCMA));
        FakeAgent ghost = opened(new FakeAgent(rtc, room, identity, AudioCodec.PCMA, "sip"));
        Await.untilTrue("the agent sees the caller", () -> agent.room.participants().size() == 1);
        MediaReady ready = takenUp(lost(1, DESCRIPTION, ghost.room.localSid(), TestCalls.admitted(call, room, "")));
        assertThat(ready.participantSid()).isNotEqualTo(ghost.room.localSid());
        Await.untilTrue("one caller, another participant", () -> agent.room.participants().stream()
                .map(RemoteParticipant::sid).toList().equals(java.util.List.of(ready.participantSid())));
        assertThat(agent.caller().identity()).isEqualTo(identity);
    }

    @Test
    void aSecureCallStaysSecureUnderANewKey() throws Exception {
        FakePhone phone = opened(new FakePhone(PhoneCodec.PCMU, 20, 0x7002));
        opened(new FakeAgent(rtc, room, "agent-1", AudioCodec.PCMU));
        var crypto = new PhoneCrypto(call, SrtpSuite.AES_CM_128_HMAC_SHA1_80);
        String former = crypto.secured(phone.offer()).replace("o=", "o=trunkline 4712 1 IN IP4 192.0.2.1\r\nx=");
        MediaReady ready = takenUp(lost(1, former, "", TestCalls.admitted(call, room, "")));
        assertThat(ready.sdpAnswer()).contains(" RTP/SAVP 0 ").contains("a=crypto:1 AES_CM_128_HMAC_SHA1_80 sealed:");
        phone.secure(crypto.agreed(ready.sdpAnswer().replace("a=crypto:1 ", "a=crypto:5 ")));
        phone.answered(ready.sdpAnswer());
        bus.say(MediaOffered.answering(call, 1, crypto.secured(phone.offer())));
        phone.hum(440);
        Await.untilTrue("the phone hears its tone", () -> phone.hears(440));
        assertThat(phone.unreadable).hasValue(0);
    }

    @Test
    void aRelayThatLivesAndIsTakenForLostLetsGoAndMayBeTheOneThatTakesItUp() throws Exception {
        FakePhone phone = opened(new FakePhone(PhoneCodec.PCMU, 20, 0x7003));
        CallAdmitted admitted = TestCalls.admitted(call, room, phone.offer());
        FakeAgent agent = opened(new FakeAgent(rtc, room, "agent-1", AudioCodec.PCMU));
        admit(admitted);
        var first = (MediaReady) bus.await(call, MediaReady.class, ready -> ready.revision() == 0).record();
        double calls = metric("trunkline_relay_calls");
        MediaReady second = takenUp(lost(1, first.sdpAnswer(), first.participantSid(), admitted));
        assertThat(second.participantSid()).isNotEqualTo(first.participantSid());
        assertThat(port(second)).isNotEqualTo(port(first));
        Await.untilTrue("the agent sees the first one go", () -> !agent.left.isEmpty());
        assertThat(agent.left).as("as one whose place was taken").containsExactly(DisconnectReason.DUPLICATE_IDENTITY);
        assertThat(metric("trunkline_relay_calls")).isEqualTo(calls);
        assertThat(bus.count(call, CallEnded.class)).isZero();
        assertThat(bus.count(call, EndCall.class)).isZero();
    }

    private static String port(MediaReady ready) {
        return ready.sdpAnswer().lines().filter(line -> line.startsWith("m=audio ")).findFirst().orElseThrow().split(" ")[1];
    }

    @Test
    void aCallThatCannotBeTakenUpIsRefusedToItsEdgeAndNotRejected() throws Exception {
        CallAdmitted admitted = TestCalls.admitted(call, room, "");
        var invite = new dev.trunkline.events.InviteReceived(
                call, "edge-t", admitted.route().invite().trunk(), "masked@pbx", TestCalls.CALLED, TestCalls.CALLED,
                admitted.route().invite().caller(), "v1.broken", "", "127.0.0.1:5060", Instant.now(), Instant.now());
        ending(call);
        bus.say(lost(2, DESCRIPTION, "", new CallAdmitted(
                call, admitted.route().toBuilder().invite(invite).build(), admitted.counts(), admitted.leaseSeconds())));
        var refused = (MediaRefused) bus.await(call, MediaRefused.class).record();
        assertThat(refused.revision()).isEqualTo(2);
        assertThat(bus.count(call, CallRejected.class)).isZero();
    }

    @Test
    void whoWasToldIsToldNoMore() throws Exception {
        CallAdmitted admitted = TestCalls.admitted(call, room, "");
        CallAdmitted telling = new CallAdmitted(
                call, admitted.route().announcing(new Announcement("a-sound-that-nobody-has", "")), admitted.counts(), 30);
        opened(new FakeAgent(rtc, room, "agent-1", AudioCodec.PCMA));
        FakePhone phone = opened(new FakePhone(PhoneCodec.PCMA, 20, 0x7004));
        ending(call);
        bus.say(new MediaLost(call, "relay-0", 1, "it ended", DESCRIPTION, "", Instant.now(), true, Optional.empty(), telling));
        MediaReady ready = (MediaReady) bus.await(call, MediaReady.class).record();
        phone.answered(ready.sdpAnswer());
        bus.say(MediaOffered.answering(call, 1, phone.offer()));
        phone.hum(440);
        Await.untilTrue("the phone hears its tone", () -> phone.hears(440));
        assertThat(bus.count(call, dev.trunkline.events.CallAnnounced.class)).isZero();
    }

    /** Nobody saw the agent leave: relay and agent may have died with one machine. */
    @Test
    void anAgentWhoLeftWhileTheCallHadNoRelayIsReplaced() throws Exception {
        var gone = new Attendance("demo", "PA_gone", "agent", Instant.now().minusSeconds(30));
        CallAdmitted admitted = TestCalls.admitted(call, room, "");
        takenUp(lost(1, DESCRIPTION, "", Optional.of(gone), admitted));
        var left = (AgentLeft) bus.await(call, AgentLeft.class).record();
        assertThat(left.agent()).isEqualTo("demo");
        assertThat(left.participantSid()).isEqualTo("PA_gone");
        assertThat(left.alone()).isTrue();
        assertThat(left.stayedMillis()).isGreaterThanOrEqualTo(30_000);
        assertThat(left.route()).as("for the dispatcher").isPresent();
        assertThat(bus.count(call, EndCall.class)).isZero();

        opened(new FakeAgent(rtc, room, "agent-2", AudioCodec.PCMA));
        bus.await(call, AgentJoined.class);
    }
}
