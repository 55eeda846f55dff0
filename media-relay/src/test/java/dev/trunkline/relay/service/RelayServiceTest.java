package dev.trunkline.relay.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.trunkline.events.AgentJoined;
import dev.trunkline.events.AnswerPolicy;
import dev.trunkline.events.CallAdmitted;
import dev.trunkline.events.CallAnswered;
import dev.trunkline.events.CallEnded;
import dev.trunkline.events.CallHeartbeat;
import dev.trunkline.events.CallHeld;
import dev.trunkline.events.CallId;
import dev.trunkline.events.CallRejected;
import dev.trunkline.events.CallResumed;
import dev.trunkline.events.DtmfReceived;
import dev.trunkline.events.EndCall;
import dev.trunkline.events.EndReason;
import dev.trunkline.events.Envelope;
import dev.trunkline.events.MediaOffered;
import dev.trunkline.events.MediaReady;
import dev.trunkline.events.MediaStats;
import dev.trunkline.events.RefusalReason;
import dev.trunkline.events.codec.EventJson;
import dev.trunkline.rtc.AudioCodec;
import dev.trunkline.rtc.DataMessage;
import dev.trunkline.rtc.ParticipantKind;
import dev.trunkline.rtc.RemoteParticipant;
import dev.trunkline.rtc.codec.G711;
import io.livekit.server.RoomServiceClient;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The whole service against real Kafka and a real LiveKit server; the tests play the other services, the phone, the agent. */
@QuarkusTest
@QuarkusTestResource(Surroundings.class)
class RelayServiceTest extends WholeRelay {

    private FakePhone phone(G711 law) throws IOException {
        return opened(new FakePhone(law, 0x1111 + open.size()));
    }

    private FakeAgent agent(String room, AudioCodec codec) {
        return opened(new FakeAgent(rtc, room, "agent-1", codec));
    }

    /** An established call: an echoing agent is in the room, and the phone has been answered. */
    private record TestCall(CallId id, FakePhone phone, FakeAgent agent, int port) {}

    private static String newRoom() {
        return "call-" + UUID.randomUUID();
    }

    private TestCall answeredCall(G711 law, AudioCodec agentCodec) throws Exception {
        FakePhone phone = phone(law);
        CallAdmitted admitted = TestCalls.admitted(newRoom(), phone.offer());
        admit(admitted);
        var ready = (MediaReady) bus.await(admitted.callId(), MediaReady.class).record();
        FakeAgent agent = agent(ready.room(), agentCodec);
        bus.await(admitted.callId(), AgentJoined.class);
        phone.answered(ready.sdpAnswer());
        bus.say(new CallAnswered(admitted.callId(), "edge-t", AnswerPolicy.ON_AGENT, 50, "sealed"));
        return new TestCall(admitted.callId(), phone, agent, FakePhone.portOf(ready.sdpAnswer()));
    }

    @Test
    void anEchoingAgentIsHeardByThePhone() throws Exception {
        TestCall call = answeredCall(G711.PCMU, AudioCodec.PCMU);
        call.phone().hum(440);

        Await.untilTrue("the phone hears its tone", () -> call.phone().hears(440));

        var joined = (AgentJoined) bus.await(call.id(), AgentJoined.class).record();
        assertThat(joined.agent()).isEqualTo("demo");
        assertThat(joined.kind()).isEqualTo("agent");
        var beat = (CallHeartbeat) bus.await(
                call.id(), CallHeartbeat.class, heartbeat -> heartbeat.media().packetsReceived() > 25).record();
        assertThat(beat.relay()).isEqualTo("relay-t");
        assertThat(beat.media().lost()).isZero();
        assertThat(beat.media().mos()).isGreaterThan(4);
    }

    @Test
    void theCallerIsAParticipantAsLiveKitSipMakesThem() throws Exception {
        TestCall call = answeredCall(G711.PCMA, AudioCodec.PCMA);
        RemoteParticipant caller = call.agent().caller();

        assertThat(caller.kind()).isEqualTo(ParticipantKind.SIP);
        assertThat(caller.identity()).isEqualTo("sip_" + TestCalls.CALLER);
        assertThat(caller.name()).isEqualTo("Phone " + TestCalls.CALLER);
        assertThat(caller.attributes())
                .containsEntry("sip.callIDFull", "sip-call-id@pbx")
                .containsEntry("sip.trunkID", "trunk-1")
                .containsEntry("sip.ruleID", "rule-1")
                .containsEntry("sip.phoneNumber", TestCalls.CALLER)
                .containsEntry("sip.trunkPhoneNumber", TestCalls.CALLED)
                .containsEntry("sip.h.x-account", "42")
                .containsEntry("trunkline.callId", call.id().toString());
        assertThat(caller.attributes().get("sip.callID")).matches("SCL_[0-9A-Za-z]{12}");
        Await.untilTrue("the call is active", () ->
                "active".equals(call.agent().caller().attributes().get("sip.callStatus")));

        JsonNode metadata = EventJson.MAPPER.readTree(call.agent().room.metadata());
        assertThat(metadata.get("callId").asText()).isEqualTo(call.id().toString());
        assertThat(metadata.get("called").asText()).isEqualTo(TestCalls.CALLED);
        assertThat(metadata.get("caller").asText()).isEqualTo(TestCalls.CALLER);
        assertThat(metadata.at("/organisation/id").asText()).isEqualTo("org-1");
        assertThat(metadata.at("/config/greeting").asText()).isEqualTo("hello");
    }

    @Test
    void aRoomThatWasMadeBeforeGetsItsMetadataToo() throws Exception {
        String room = newRoom();
        FakePhone phone = phone(G711.PCMU);
        FakeAgent agent = agent(room, AudioCodec.PCMU);
        CallAdmitted admitted = TestCalls.admitted(room, phone.offer());
        admit(admitted);

        bus.await(admitted.callId(), AgentJoined.class);
        Await.untilTrue("the room has its metadata", () -> agent.room.metadata().contains(admitted.callId().toString()));
    }

    @Test
    void twoCallersWithOneNumberShareARoom() throws Exception {
        String room = newRoom();
        FakePhone phone = phone(G711.PCMU);
        CallAdmitted first = TestCalls.admitted(room, phone.offer());
        admit(first);
        bus.await(first.callId(), MediaReady.class);
        CallAdmitted second = TestCalls.admitted(room, phone.offer());
        admit(second);
        bus.await(second.callId(), MediaReady.class);
        FakeAgent agent = agent(room, AudioCodec.PCMU);

        Await.untilTrue("both are there", () -> agent.room.participants().size() == 2);
        assertThat(agent.room.participants()).extracting(RemoteParticipant::identity).doesNotHaveDuplicates()
                .allMatch(identity -> identity.startsWith("sip_" + TestCalls.CALLER));
    }

    @Test
    void keysGoBothWays() throws Exception {
        TestCall call = answeredCall(G711.PCMU, AudioCodec.PCMU);
        call.phone().hum(440);
        Await.untilTrue("the phone hears its tone", () -> call.phone().hears(440));

        call.phone().press(11);
        Await.untilTrue("the agent gets the key", () -> !call.agent().data.isEmpty());
        assertThat(call.agent().data).containsExactly(new DataMessage.SipDtmf(11, "#"));
        var dtmf = (DtmfReceived) bus.await(call.id(), DtmfReceived.class).record();
        assertThat(dtmf.fromCaller()).isTrue();
        assertThat(dtmf.durationMillis()).isEqualTo(100);

        call.agent().room.sendData(new DataMessage.SipDtmf(5, "5"));
        Await.untilTrue("the phone gets the key", () -> keyPackets(call).size() == 8);
        bus.await(call.id(), DtmfReceived.class, key -> !key.fromCaller() && key.durationMillis() == 100);
        List<FakePhone.Heard> packets = keyPackets(call);
        assertThat(packets).extracting(FakePhone.Heard::timestamp).containsOnly(packets.getFirst().timestamp());
        assertThat(packets).allMatch(packet -> packet.payload()[0] == 5);
        assertThat(packets.stream().filter(packet -> packet.payload()[1] < 0)).hasSize(3);
        assertThat(packets.getFirst().marker()).isTrue();
        Await.untilTrue("the tone goes on", () -> call.phone().hears(440));
    }

    private static List<FakePhone.Heard> keyPackets(TestCall call) {
        return call.phone().heard.stream().filter(packet -> packet.payloadType() == FakePhone.DTMF).toList();
    }

    @Test
    void nobodyElseCanSpeakIntoTheCall() throws Exception {
        TestCall call = answeredCall(G711.PCMU, AudioCodec.PCMU);
        call.phone().hum(440);
        Await.untilTrue("the phone hears its tone", () -> call.phone().hears(440));
        try (FakePhone intruder = new FakePhone(G711.PCMU, 0x9999)) {
            intruder.answered("m=audio " + call.port() + " RTP/AVP 0");
            intruder.hum(1_000);
            int before = call.phone().heard.size();
            Await.untilTrue("a second passes", () -> call.phone().heard.size() > before + 50);

            assertThat(call.phone().hears(440)).isTrue();
            assertThat(call.phone().hears(1_000)).isFalse();
            assertThat(intruder.heard).isEmpty();
        }
        assertThat(get("/q/metrics").asString())
                .contains("trunkline_relay_packets_dropped_total{reason=\"wrong-source\"}");
    }

    @Test
    void holdIsAnsweredAndNothingIsSentMeanwhile() throws Exception {
        TestCall call = answeredCall(G711.PCMU, AudioCodec.PCMU);
        call.phone().hum(440);
        Await.untilTrue("the phone hears its tone", () -> call.phone().hears(440));

        bus.say(new MediaOffered(call.id(), 1, call.phone().offer("sendonly")));
        var held = (MediaReady) bus.await(call.id(), MediaReady.class, ready -> ready.revision() == 1).record();
        assertThat(held.sdpAnswer()).contains("a=recvonly").contains("m=audio " + call.port());
        bus.await(call.id(), CallHeld.class);
        int before = call.phone().heard.size();
        Thread.sleep(300);
        assertThat(call.phone().heard.size()).isLessThanOrEqualTo(before + 5);

        bus.say(new MediaOffered(call.id(), 2, call.phone().offer("sendrecv")));
        bus.await(call.id(), MediaReady.class, ready -> ready.revision() == 2);
        bus.await(call.id(), CallResumed.class);
        int resumed = call.phone().heard.size();
        Await.untilTrue("audio goes on", () -> call.phone().heard.size() > resumed + 25 && call.phone().hears(440));
    }

    @Test
    void aPhoneThatFallsSilentEndsTheCallAndFreesItsPort() throws Exception {
        TestCall call = answeredCall(G711.PCMU, AudioCodec.PCMU);
        call.phone().hum(440);
        Await.untilTrue("the phone hears its tone", () -> call.phone().hears(440));
        call.phone().hush();

        var end = (EndCall) bus.await(call.id(), EndCall.class).record();
        assertThat(end.reason()).isEqualTo(EndReason.MEDIA_TIMEOUT);
        Envelope ended = bus.await(call.id(), CallEnded.class);
        assertThat(((CallEnded) ended.record()).by()).isEqualTo("media-relay");
        assertThat(((CallEnded) ended.record()).media()).isPresent();
        assertThat(ended.owners()).isEqualTo(new Envelope.Owners(Optional.of("edge-t"), Optional.of("relay-t")));
        Await.untilTrue("the caller left the room", () -> call.agent().room.participants().isEmpty());
        call.agent().close();
        Await.untilTrue("the port is free", () -> metric("trunkline_relay_ports_used") == 0);
    }

    @Test
    void aClosedRoomEndsTheCall() throws Exception {
        TestCall call = answeredCall(G711.PCMU, AudioCodec.PCMU);
        RoomServiceClient.createClient(
                        "http://127.0.0.1:17900", Surroundings.API_KEY, Surroundings.API_SECRET)
                .deleteRoom(call.agent().room.name()).execute();

        var end = (EndCall) bus.await(call.id(), EndCall.class).record();
        assertThat(end.reason()).isEqualTo(EndReason.ROOM_CLOSED);
        assertThat(end.requestedBy()).isEqualTo("media-relay");
    }

    @Test
    void aCallerWhoIsRemovedFromTheRoomIsHungUpOn() throws Exception {
        TestCall call = answeredCall(G711.PCMU, AudioCodec.PCMU);
        rooms().removeParticipant(call.agent().room.name(), call.agent().caller().identity()).execute();
        assertThat(((EndCall) bus.await(call.id(), EndCall.class).record()).reason()).isEqualTo(EndReason.ROOM_CLOSED);
    }

    @Test
    void aCallerWhomTheRoomMutesIsNotHeardAlsoAfterTheRoomIsEnteredAgain() throws Exception {
        TestCall call = answeredCall(G711.PCMU, AudioCodec.PCMU);
        call.phone().hum(440);
        Await.untilTrue("the phone hears its tone", () -> call.phone().hears(440));
        String room = call.agent().room.name();
        rooms().mutePublishedTrack(room, call.agent().caller().identity(), call.agent().caller().audioTracks().getFirst().sid(), true).execute();
        // Packets that were under way have arrived.
        heartbeats(call.id(), 3);
        int before = call.agent().heard.get();
        opened(new FakeAgent(rtc, room, call.agent().caller().identity(), AudioCodec.PCMU)).close();
        Await.untilTrue("the caller's track is there under another identity", () -> call.agent().room.participants().stream()
                .anyMatch(participant -> participant.identity().startsWith("sip_" + TestCalls.CALLER + "_")
                        && !participant.audioTracks().isEmpty()));
        heartbeats(call.id(), 3);
        // A phone sends 150 packets in three seconds; the server itself sends ten packets of silence for a track that ends.
        assertThat(call.agent().heard.get()).isLessThan(before + 50);
        assertThat(bus.count(call.id(), EndCall.class)).isZero();
    }

    /** Waits for this many more heartbeats; there is one a second. */
    private static void heartbeats(CallId call, int more) throws Exception {
        long now = bus.count(call, CallHeartbeat.class);
        Await.untilTrue(more + " heartbeats more", () -> bus.count(call, CallHeartbeat.class) >= now + more);
    }

    private static RoomServiceClient rooms() {
        return RoomServiceClient.createClient("http://127.0.0.1:17900", Surroundings.API_KEY, Surroundings.API_SECRET);
    }

    @Test
    void aCallerWhoLosesItsPlaceTakesAnother() throws Exception {
        TestCall call = answeredCall(G711.PCMU, AudioCodec.PCMU);
        call.phone().hum(440);
        Await.untilTrue("the phone hears its tone", () -> call.phone().hears(440));
        opened(new FakeAgent(rtc, call.agent().room.name(), call.agent().caller().identity(), AudioCodec.PCMU)).close();

        Await.untilTrue("the caller is there under another identity", () -> call.agent().room.participants().stream()
                .anyMatch(participant -> participant.identity().startsWith("sip_" + TestCalls.CALLER + "_")));
        int before = call.phone().heard.size();
        Await.untilTrue("the phone hears its tone again", () ->
                call.phone().heard.size() > before + 50 && call.phone().hears(440));
        assertThat(bus.count(call.id(), EndCall.class)).isZero();
        assertThat(bus.count(call.id(), MediaReady.class)).isEqualTo(1);
    }

    @Test
    void twoSpeakersAreMixed() throws Exception {
        TestCall call = answeredCall(G711.PCMU, AudioCodec.PCMU);
        call.phone().hum(440);
        Await.untilTrue("the phone hears its tone", () -> call.phone().hears(440));
        try (OpusHummer hummer = OpusHummer.in(rtc, call.agent().room.name(), 1_200)) {
            Await.untilTrue("the phone hears both", () -> call.phone().share(440) > 0.2 && call.phone().share(1_200) > 0.2);
            assertThat(hummer).isNotNull();
        }
        Await.untilTrue("the phone hears its tone alone", () -> call.phone().hears(440));
        List<FakePhone.Heard> heard = List.copyOf(call.phone().heard);
        for (int i = 1; i < heard.size(); i++) {
            assertThat((short) (heard.get(i).sequence() - heard.get(i - 1).sequence())).isPositive();
        }
    }

    @Test
    void opusFromTheRoomIsHeardByThePhone() throws Exception {
        FakePhone phone = phone(G711.PCMU);
        CallAdmitted admitted = TestCalls.admitted(newRoom(), phone.offer());
        admit(admitted);
        var ready = (MediaReady) bus.await(admitted.callId(), MediaReady.class).record();
        phone.answered(ready.sdpAnswer());
        bus.say(new CallAnswered(admitted.callId(), "edge-t", AnswerPolicy.IMMEDIATE, 50, "sealed"));
        try (OpusHummer hummer = OpusHummer.in(rtc, ready.room(), 600)) {
            Await.untilTrue("the phone hears the hum", () -> phone.hears(600));
        }
        assertThat(phone.heard).extracting(FakePhone.Heard::payloadType).containsOnly(0);
    }

    @Test
    void anOfferWithoutG711IsRefusedAndSaysWhy() throws Exception {
        CallAdmitted admitted = TestCalls.admitted(newRoom(), "v=0\r\nc=IN IP4 127.0.0.1\r\nm=audio 4000 RTP/AVP 18\r\n");
        admit(admitted);
        var rejected = (CallRejected) bus.await(admitted.callId(), CallRejected.class).record();
        assertThat(rejected.reason()).isEqualTo(RefusalReason.NO_COMMON_CODEC);
        assertThat(rejected.status()).isEqualTo(488);
        assertThat(rejected.trace()).extracting("step").contains("rule-matched", "stream-codec");
        assertThat(rejected.summary().orElseThrow().room()).contains(admitted.route().room());
        assertThat(rejected.summary().orElseThrow().talkMillis()).isZero();
    }

    @Test
    void anAdmissionThatComesTwiceChangesNothing() throws Exception {
        FakePhone phone = phone(G711.PCMU);
        CallAdmitted admitted = TestCalls.admitted(newRoom(), phone.offer());
        Envelope envelope = admit(admitted);
        bus.await(admitted.callId(), MediaReady.class);
        bus.say(envelope);
        bus.await(admitted.callId(), CallHeartbeat.class);
        assertThat(bus.count(admitted.callId(), MediaReady.class)).isEqualTo(1);
    }

    @Test
    void withoutAFreePortACallIsRefused() throws Exception {
        List<CallAdmitted> many = new ArrayList<>();
        FakePhone phone = phone(G711.PCMU);
        Await.untilTrue("all ports are free", () -> metric("trunkline_relay_ports_available") == 5);
        for (int i = 0; i < 6; i++) {
            CallAdmitted admitted = TestCalls.admitted(newRoom(), phone.offer());
            many.add(admitted);
            admit(admitted);
        }
        Await.untilTrue("one is refused", () ->
                many.stream().filter(call -> bus.count(call.callId(), CallRejected.class) == 1).count() == 1);
        Await.untilTrue("five are taken", () ->
                many.stream().filter(call -> bus.count(call.callId(), MediaReady.class) == 1).count() == 5);
        Map<String, CallAdmitted> byKey = many.stream()
                .collect(Collectors.toMap(call -> call.callId().toString(), call -> call));
        for (CallAdmitted call : byKey.values()) {
            bus.say(new CallEnded(call.callId(), "sip-edge", EndReason.CALLER_HUNG_UP, "", false, 0,
                    Optional.of(new MediaStats(0, 0, 0, 0, 1))));
        }
        Await.untilTrue("all ports are free again", () -> metric("trunkline_relay_ports_available") == 5);
    }
}
