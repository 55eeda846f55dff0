package dev.trunkline.relay.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.events.AgentJoined;
import dev.trunkline.events.AnswerPolicy;
import dev.trunkline.events.CallAnswered;
import dev.trunkline.events.CallId;
import dev.trunkline.events.EndCall;
import dev.trunkline.events.EndReason;
import dev.trunkline.events.HeadersChanged;
import dev.trunkline.events.MediaReady;
import dev.trunkline.events.ParticipantSettings;
import dev.trunkline.events.TransferRequested;
import dev.trunkline.events.privacy.SealedTargets;
import dev.trunkline.relay.sdp.PhoneCodec;
import dev.trunkline.rtc.AudioCodec;
import io.livekit.server.RoomServiceClient;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Attributes that agents set on the caller, as headers that the edge is to put on a BYE or a REFER. */
@QuarkusTest
@QuarkusTestResource(Surroundings.class)
class PartingHeadersServiceTest extends WholeRelay {
    private static final SealedTargets TARGETS = new SealedTargets(TestCalls.SEALER);
    private static final RoomServiceClient ROOMS =
            RoomServiceClient.createClient("http://127.0.0.1:17900", Surroundings.API_KEY, Surroundings.API_SECRET);

    private final String room = "parting-" + UUID.randomUUID();
    private FakePhone phone;
    private FakeAgent agent;

    private CallId answered(Map<String, String> mapping) throws Exception {
        phone = opened(new FakePhone(PhoneCodec.PCMU, 20, 0x1111));
        var admitted = TestCalls.as(ParticipantSettings.none().telling(mapping), room, phone.offer());
        CallId call = admitted.callId();
        admit(admitted);
        phone.answered(((MediaReady) bus.await(call, MediaReady.class).record()).sdpAnswer());
        agent = opened(new FakeAgent(rtc, room, "agent-1", AudioCodec.PCMU));
        bus.await(call, AgentJoined.class);
        bus.say(new CallAnswered(call, "edge-t", AnswerPolicy.ON_AGENT, 50, "sealed"));
        return call;
    }

    private void set(Map<String, String> attributes) throws Exception {
        assertThat(ROOMS.updateParticipant(room, "sip_" + TestCalls.CALLER, null, null, null, attributes).execute().isSuccessful()).isTrue();
    }

    private void awaitSaid(CallId call, Map<String, String> headers) throws Exception {
        bus.await(call, HeadersChanged.class, said -> TARGETS.given(call, said.sealedHeaders()).headers().equals(headers));
    }

    @Test
    void theEdgeIsToldAtTheAnswerAndAtEachChangeAndWithTheEnd() throws Exception {
        CallId call = answered(Map.of("outcome", "X-Outcome", "sip.phoneNumber", "X-Number"));
        awaitSaid(call, Map.of("X-Number", TestCalls.CALLER));
        set(Map.of("outcome", "sold\nto Anna", "other", "1"));
        awaitSaid(call, Map.of("X-Number", TestCalls.CALLER, "X-Outcome", "sold to Anna"));
        set(Map.of("outcome", ""));
        Await.untilTrue("the last word is without it", Duration.ofSeconds(20), () -> bus.count(call, HeadersChanged.class) == 3);
        set(Map.of("outcome", "last"));
        ROOMS.deleteRoom(room).execute();

        var end = (EndCall) bus.await(call, EndCall.class).record();
        assertThat(end.reason()).isEqualTo(EndReason.ROOM_CLOSED);
        assertThat(end.toString()).doesNotContain("last");
        assertThat(TARGETS.given(call, end.sealedHeaders().orElseThrow()).headers())
                .as("though the room is gone").isEqualTo(Map.of("X-Number", TestCalls.CALLER, "X-Outcome", "last"));
    }

    @Test
    void beforeATransferTheEdgeHearsOfWhatIsSoThen() throws Exception {
        CallId call = answered(Map.of("outcome", "X-Outcome"));
        set(Map.of("outcome", "open"));
        awaitSaid(call, Map.of("X-Outcome", "open"));
        set(Map.of("outcome", "sold"));
        Await.untilTrue("the agent sees it", () -> "sold".equals(agent.caller().attributes().get("outcome")));
        agent.room.performRpc("sip_" + TestCalls.CALLER, "trunkline.transfer", "{\"to\": \"+32470123456\", \"way\": \"refer\"}", Duration.ofSeconds(60));
        bus.await(call, TransferRequested.class);
        assertThat(bus.count(call, HeadersChanged.class)).as("both are there already").isEqualTo(2);
        awaitSaid(call, Map.of("X-Outcome", "sold"));
    }

    @Test
    void aRoomThatIsEnteredAgainHasWhatTheAgentHadSet() throws Exception {
        CallId call = answered(Map.of("outcome", "X-Outcome"));
        set(Map.of("outcome", "sold"));
        awaitSaid(call, Map.of("X-Outcome", "sold"));
        opened(new FakeAgent(rtc, room, "sip_" + TestCalls.CALLER, AudioCodec.PCMU)).close();
        Await.untilTrue("the caller is there under another identity, with the attribute", () -> agent.room.participants().stream()
                .anyMatch(one -> one.identity().startsWith("sip_" + TestCalls.CALLER + "_") && "sold".equals(one.attributes().get("outcome"))));
        ROOMS.deleteRoom(room).execute();
        var end = (EndCall) bus.await(call, EndCall.class).record();
        assertThat(TARGETS.given(call, end.sealedHeaders().orElseThrow()).headers()).isEqualTo(Map.of("X-Outcome", "sold"));
    }

    @Test
    void ofATrunkWithoutThemNothingIsSaid() throws Exception {
        CallId call = answered(Map.of());
        set(Map.of("outcome", "sold"));
        Await.untilTrue("the agent sees it", () -> "sold".equals(agent.caller().attributes().get("outcome")));
        ROOMS.deleteRoom(room).execute();
        assertThat(((EndCall) bus.await(call, EndCall.class).record()).sealedHeaders()).isEmpty();
        assertThat(bus.count(call, HeadersChanged.class)).isZero();
    }
}
