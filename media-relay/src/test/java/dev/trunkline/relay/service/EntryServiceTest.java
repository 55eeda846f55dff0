package dev.trunkline.relay.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.trunkline.events.AgentJoined;
import dev.trunkline.events.AnswerPolicy;
import dev.trunkline.events.CallAdmitted;
import dev.trunkline.events.CallAnswered;
import dev.trunkline.events.CallHeartbeat;
import dev.trunkline.events.CallId;
import dev.trunkline.events.CallRejected;
import dev.trunkline.events.DtmfReceived;
import dev.trunkline.events.EndCall;
import dev.trunkline.events.EndReason;
import dev.trunkline.events.MediaReady;
import dev.trunkline.events.ParticipantSettings;
import dev.trunkline.events.RefusalReason;
import dev.trunkline.events.codec.EventJson;
import dev.trunkline.rtc.AudioCodec;
import dev.trunkline.rtc.RemoteParticipant;
import dev.trunkline.rtc.codec.G711;
import io.livekit.server.RoomServiceClient;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The conditions for a caller to enter the room, and the participant that the caller becomes: the whole service. */
@QuarkusTest
@QuarkusTestResource(Surroundings.class)
class EntryServiceTest extends WholeRelay {
    private static RoomServiceClient rooms;

    private final String room = "entry-" + UUID.randomUUID();

    @BeforeAll
    static void connect() {
        rooms = RoomServiceClient.createClient(
                "http://127.0.0.1:" + Surroundings.LIVEKIT.getPort(), Surroundings.API_KEY, Surroundings.API_SECRET);
    }

    private FakePhone phone() throws IOException {
        return opened(new FakePhone(G711.PCMU, 0x2222 + open.size()));
    }

    private CallId begin(CallAdmitted call) {
        admit(call);
        return call.callId();
    }

    private FakeAgent agent() {
        return opened(new FakeAgent(rtc, room, "agent-1", AudioCodec.PCMU));
    }

    private static boolean exists(String room) {
        try {
            return !rooms.listRooms(List.of(room)).execute().body().isEmpty();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Answers, as the edge does, a caller that must enter a PIN before the room. */
    private FakePhone asked(CallId call, FakePhone phone) throws Exception {
        var ready = (MediaReady) bus.await(call, MediaReady.class).record();
        assertThat(ready.participantSid()).isEmpty();
        phone.answered(ready.sdpAnswer());
        phone.hum(440);
        bus.say(new CallAnswered(call, "edge-t", AnswerPolicy.IMMEDIATE, 50, "sealed"));
        Await.untilTrue("the phone is asked", () -> phone.share(1_000) > 0.3);
        return phone;
    }

    private static void enter(FakePhone phone, int... keys) throws Exception {
        for (int key : keys) {
            phone.press(key);
            Thread.sleep(40);
        }
    }

    @Test
    void aCallerWithTheRightPinIsLetIn() throws Exception {
        FakePhone phone = phone();
        CallId call = begin(TestCalls.withPin(room, phone.offer(), "4711"));
        FakeAgent agent = agent();
        asked(call, phone);
        bus.await(call, CallHeartbeat.class);
        assertThat(agent.room.participants()).isEmpty();

        enter(phone, 4, 7, 1, 2);
        Await.untilTrue("the phone hears that this was wrong", () -> phone.share(400) > 0.2);
        assertThat(agent.room.participants()).isEmpty();

        enter(phone, 4, 7, 1, 1, 11);
        var in = (MediaReady) bus.await(call, MediaReady.class, ready -> !ready.participantSid().isEmpty()).record();
        assertThat(in.room()).isEqualTo(room);
        bus.await(call, AgentJoined.class);
        Await.untilTrue("the phone hears its tone", () -> phone.hears(440));
        Await.untilTrue("the call is active", () -> "active".equals(agent.caller().attributes().get("sip.callStatus")));
        assertThat(agent.data).isEmpty();

        phone.press(5);
        Await.untilTrue("later keys are the room's", () -> agent.data.size() == 1);
        bus.await(call, DtmfReceived.class);
        assertThat(bus.count(call, DtmfReceived.class)).isEqualTo(1);
        assertThat(bus.count(call, EndCall.class)).isZero();
    }

    @Test
    void keysThatComeBeforeTheNewsOfTheAnswerCount() throws Exception {
        FakePhone phone = phone();
        CallId call = begin(TestCalls.withPin(room, phone.offer(), "4711"));
        phone.answered(((MediaReady) bus.await(call, MediaReady.class).record()).sdpAnswer());
        phone.hum(440);
        enter(phone, 4, 7);
        bus.say(new CallAnswered(call, "edge-t", AnswerPolicy.IMMEDIATE, 50, "sealed"));
        enter(phone, 1, 1);
        bus.await(call, MediaReady.class, ready -> !ready.participantSid().isEmpty());
    }

    @Test
    void aCallerWithoutThePinIsSentAway() throws Exception {
        FakePhone phone = phone();
        CallId call = begin(TestCalls.withPin(room, phone.offer(), "4711"));
        asked(call, phone);
        enter(phone, 1, 11, 4, 7, 1, 0, 4, 4, 4, 4);

        var end = (EndCall) bus.await(call, EndCall.class).record();
        assertThat(end.reason()).isEqualTo(EndReason.PIN_WRONG);
        assertThat(end.detail()).doesNotContain("4711");
        assertThat(bus.count(call, MediaReady.class)).isEqualTo(1);
        assertThat(bus.count(call, DtmfReceived.class)).isZero();
        assertThat(exists(room)).isFalse();
    }

    @Test
    void aPinThatCannotBeEnteredRefusesTheCall() throws Exception {
        String offer = "v=0\r\nc=IN IP4 127.0.0.1\r\nm=audio 4000 RTP/AVP 0\r\n";
        CallId call = begin(TestCalls.withPin(room, offer, "4711"));
        var rejected = (CallRejected) bus.await(call, CallRejected.class).record();
        assertThat(rejected.status()).isEqualTo(488);
        assertThat(rejected.trace()).extracting("step").contains("pin-without-keys");
        assertThat(exists(room)).isFalse();
    }

    @Test
    void aRuleWhoseSealedPinIsNoneLetsNobodyIn() throws Exception {
        CallId call = begin(TestCalls.withPin(room, phone().offer(), "secret"));
        var rejected = (CallRejected) bus.await(call, CallRejected.class).record();
        assertThat(rejected.status()).isEqualTo(503);
        assertThat(rejected.trace()).extracting("step").contains("pin-unusable");
        assertThat(rejected.trace().toString()).doesNotContain("secret");
    }

    @Test
    void aRoomThatMustExistIsNotMade() throws Exception {
        CallId call = begin(TestCalls.toARoomThatMustExist(room, phone().offer()));
        var rejected = (CallRejected) bus.await(call, CallRejected.class).record();
        assertThat(rejected.reason()).isEqualTo(RefusalReason.ROOM_MISSING);
        assertThat(rejected.status()).isEqualTo(404);
        assertThat(rejected.trace()).extracting("step").contains("rule-matched", "room-missing");
        assertThat(exists(room)).isFalse();
    }

    @Test
    void aRoomThatExistsIsEntered() throws Exception {
        rooms.createRoom(room).execute();
        CallId call = begin(TestCalls.toARoomThatMustExist(room, phone().offer()));
        var ready = (MediaReady) bus.await(call, MediaReady.class).record();
        assertThat(ready.participantSid()).startsWith("PA_");
    }

    @Test
    void theRuleSaysWhoTheCallerIs() throws Exception {
        var settings = new ParticipantSettings(
                "{\"vip\":true}",
                EventJson.MAPPER.createObjectNode().put("team", "orders").put("sip.trunkID", "mine"), true);
        CallId call = begin(TestCalls.as(settings, room, phone().offer()));
        bus.await(call, MediaReady.class);
        FakeAgent agent = agent();
        Await.untilTrue("the caller is there", () -> !agent.room.participants().isEmpty());
        RemoteParticipant caller = agent.caller();
        assertThat(caller.identity()).isEqualTo("sip_0000000000000000");
        assertThat(caller.name()).isEqualTo("Phone 9999");
        assertThat(caller.metadata()).isEqualTo("{\"vip\":true}");
        assertThat(caller.attributes())
                .containsEntry("team", "orders")
                .containsEntry("sip.trunkID", "trunk-1")
                .doesNotContainKeys("sip.phoneNumber", "sip.trunkPhoneNumber");
        JsonNode metadata = EventJson.MAPPER.readTree(agent.room.metadata());
        assertThat(metadata.get("caller").asText()).isEmpty();
        assertThat(agent.room.metadata() + caller).doesNotContain(TestCalls.CALLER);
    }
}
