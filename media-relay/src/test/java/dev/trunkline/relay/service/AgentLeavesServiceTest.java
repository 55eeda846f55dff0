package dev.trunkline.relay.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.events.AgentJoined;
import dev.trunkline.events.AgentLeft;
import dev.trunkline.events.AnswerPolicy;
import dev.trunkline.events.CallAdmitted;
import dev.trunkline.events.CallAnswered;
import dev.trunkline.events.CallEnded;
import dev.trunkline.events.CallHeartbeat;
import dev.trunkline.events.CallId;
import dev.trunkline.events.CallSummary;
import dev.trunkline.events.EndCall;
import dev.trunkline.events.EndReason;
import dev.trunkline.events.MediaReady;
import dev.trunkline.events.WhenAgentLeaves;
import dev.trunkline.rtc.AudioCodec;
import dev.trunkline.rtc.JoinRequest;
import dev.trunkline.rtc.LiveKitRtc;
import dev.trunkline.rtc.Room;
import dev.trunkline.rtc.RoomListener;
import dev.trunkline.rtc.RtcSettings;
import dev.trunkline.rtc.codec.G711;
import dev.trunkline.rtc.loop.MediaLoop;
import io.livekit.server.RoomServiceClient;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Agents and people who leave a caller, with a real LiveKit server and for each of its disconnect reasons. */
@QuarkusTest
@QuarkusTestResource(Surroundings.class)
class AgentLeavesServiceTest extends WholeRelay {
    private final RoomServiceClient rooms =
            RoomServiceClient.createClient("http://127.0.0.1:17900", Surroundings.API_KEY, Surroundings.API_SECRET);

    private record TestCall(CallAdmitted admitted, FakePhone phone, FakeAgent agent) {
        CallId id() {
            return admitted.callId();
        }

        String room() {
            return admitted.route().room();
        }
    }

    private TestCall joined(WhenAgentLeaves what, int patienceSeconds) throws Exception {
        FakePhone phone = opened(new FakePhone(G711.PCMU, 0x3333 + open.size()));
        CallAdmitted admitted = TestCalls.whenAgentLeaves(
                what, patienceSeconds, TestCalls.admitted("left-" + UUID.randomUUID(), phone.offer()));
        admit(admitted);
        var ready = (MediaReady) bus.await(admitted.callId(), MediaReady.class).record();
        phone.answered(ready.sdpAnswer());
        FakeAgent agent = opened(new FakeAgent(rtc, ready.room(), "agent-1", AudioCodec.PCMU));
        bus.await(admitted.callId(), AgentJoined.class);
        return new TestCall(admitted, phone, agent);
    }

    private static void answer(TestCall call) {
        bus.say(new CallAnswered(call.id(), "edge-t", AnswerPolicy.ON_AGENT, 50, "sealed"));
    }

    private TestCall talking(WhenAgentLeaves what) throws Exception {
        TestCall call = joined(what, 10);
        answer(call);
        call.phone().hum(440);
        Await.untilTrue("the phone hears its tone", () -> call.phone().hears(440));
        return call;
    }

    private static AgentLeft left(TestCall call, String sid) throws Exception {
        return (AgentLeft) bus.await(call.id(), AgentLeft.class, event -> event.participantSid().equals(sid)).record();
    }

    /** Returns whether the last second that the phone received contains a sound. */
    private static boolean hearsSomething(FakePhone phone) {
        List<FakePhone.Heard> heard = List.copyOf(phone.heard);
        return heard.subList(Math.max(0, heard.size() - 50), heard.size()).stream()
                .anyMatch(packet -> loudness(packet.payload()) > 100);
    }

    private static double loudness(byte[] payload) {
        short[] pcm = new short[payload.length];
        G711.PCMU.decode(payload, 0, payload.length, pcm, 0);
        double sum = 0;
        for (short sample : pcm) {
            sum += (double) sample * sample;
        }
        return Math.sqrt(sum / pcm.length);
    }

    private static void assertNeverSilent(FakePhone phone, Duration during) throws InterruptedException {
        long until = System.nanoTime() + during.toNanos();
        while (System.nanoTime() - until < 0) {
            assertThat(hearsSomething(phone)).as("the last second that the phone heard has a sound").isTrue();
            Thread.sleep(50);
        }
    }

    @Test
    void anAgentWhoLeavesIsToldWithTheRouteAndTheNextOneIsToldAgain() throws Exception {
        TestCall call = talking(WhenAgentLeaves.REPLACE);
        String sid = call.agent().room.localSid();
        call.agent().close();
        AgentLeft left = left(call, sid);
        assertThat(left.agent()).isEqualTo("demo");
        assertThat(left.kind()).isEqualTo("agent");
        assertThat(left.why()).isEqualTo("client-initiated");
        assertThat(left.alone()).isTrue();
        assertThat(left.stayedMillis()).isBetween(1L, 60_000L);
        assertThat(left.route()).contains(call.admitted().route());
        assertNeverSilent(call.phone(), Duration.ofSeconds(4));

        FakeAgent next = opened(new FakeAgent(rtc, call.room(), "agent-2", AudioCodec.PCMU));
        bus.await(call.id(), AgentJoined.class, joined -> joined.participantSid().equals(next.room.localSid()));
        Await.untilTrue("the phone hears its tone again, and nothing else", () -> call.phone().hears(440));
        next.close();
        assertThat(left(call, next.room.localSid()).alone()).isTrue();
        assertThat(bus.count(call.id(), AgentLeft.class)).isEqualTo(2);
        assertThat(bus.count(call.id(), EndCall.class)).isZero();
        assertThat(get("/q/metrics").asString())
                .contains("trunkline_relay_agents_left_total{alone=\"true\",why=\"client-initiated\"}");
    }

    @Test
    void whereTheRuleHangsUpTheEdgeIsAskedForTheEnd() throws Exception {
        TestCall call = talking(WhenAgentLeaves.HANG_UP);
        String sid = call.agent().room.localSid();
        call.agent().close();
        assertThat(left(call, sid).route()).isEmpty();
        var end = (EndCall) bus.await(call.id(), EndCall.class).record();
        assertThat(end.reason()).isEqualTo(EndReason.AGENT_LEFT);
        assertThat(end.detail()).contains("demo").contains("client-initiated");
        assertThat(end.mediaUntil()).isEmpty();
        // The edge does not publish the end; the relay does, with a summary of the whole call.
        var ended = (CallEnded) bus.await(call.id(), CallEnded.class).record();
        CallSummary summary = ended.summary().orElseThrow();
        assertThat(ended.durationMillis()).isEqualTo(summary.talkMillis()).isPositive();
        assertThat(summary.agent()).contains("demo");
        assertThat(summary.room()).contains(call.room());
        assertThat(summary.answeredAt()).isPresent();
        assertThat(summary.quality()).isEqualTo(ended.media());
    }

    @Test
    void whereTheRuleStaysTheCallerWaitsAndIsNeverInSilence() throws Exception {
        TestCall call = talking(WhenAgentLeaves.STAY);
        String sid = call.agent().room.localSid();
        call.agent().close();
        AgentLeft left = left(call, sid);
        assertThat(left.alone()).isTrue();
        assertThat(left.route()).isEmpty();
        assertNeverSilent(call.phone(), Duration.ofSeconds(4));
        assertThat(bus.count(call.id(), EndCall.class)).isZero();
    }

    @Test
    void whereASecondOneStaysTheCallerIsNotAlone() throws Exception {
        TestCall call = talking(WhenAgentLeaves.HANG_UP);
        FakeAgent second = opened(new FakeAgent(rtc, call.room(), "agent-2", AudioCodec.PCMU));
        Await.untilTrue("both are there", () -> second.room.participants().size() == 2);
        String sid = call.agent().room.localSid();
        call.agent().close();
        assertThat(left(call, sid).alone()).isFalse();
        bus.await(call.id(), AgentJoined.class, joined -> joined.participantSid().equals(second.room.localSid()));
        assertThat(bus.count(call.id(), EndCall.class)).isZero();
        second.close();
        assertThat(left(call, second.room.localSid()).alone()).isTrue();
        assertThat(((EndCall) bus.await(call.id(), EndCall.class).record()).reason()).isEqualTo(EndReason.AGENT_LEFT);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anAgentWhoLeavesBeforeTheAnswerIsHeardIsMissedAllTheSame(boolean leavesFirst) throws Exception {
        TestCall call = joined(WhenAgentLeaves.REPLACE, 10);
        String sid = call.agent().room.localSid();
        if (leavesFirst) {
            call.agent().close();
            assertThat(left(call, sid).route()).isPresent();
            answer(call);
        } else {
            answer(call);
            call.agent().close();
            assertThat(left(call, sid).route()).isPresent();
        }
        call.phone().hum(440);
        Await.untilTrue("the caller hears the waiting sound", () -> hearsSomething(call.phone()));
        assertNeverSilent(call.phone(), Duration.ofSeconds(2));
    }

    @Test
    void anAgentWhoIsPutOutIsMissedAndARoomThatIsClosedEndsTheCallAsBefore() throws Exception {
        TestCall call = talking(WhenAgentLeaves.REPLACE);
        String sid = call.agent().room.localSid();
        rooms.removeParticipant(call.room(), "agent-1").execute();
        AgentLeft left = left(call, sid);
        assertThat(left.why()).isEqualTo("participant-removed");
        assertThat(left.alone()).isTrue();

        TestCall closed = talking(WhenAgentLeaves.REPLACE);
        rooms.deleteRoom(closed.room()).execute();
        assertThat(((EndCall) bus.await(closed.id(), EndCall.class).record()).reason()).isEqualTo(EndReason.ROOM_CLOSED);
        assertThat(bus.count(closed.id(), AgentLeft.class)).isZero();
    }

    @Test
    void anAgentWhoJoinsAnewOverAnotherConnectionIsNotMissed() throws Exception {
        TestCall call = talking(WhenAgentLeaves.HANG_UP);
        String sid = call.agent().room.localSid();
        FakeAgent again = opened(new FakeAgent(rtc, call.room(), "agent-1", AudioCodec.PCMU));
        bus.await(call.id(), AgentJoined.class, joined -> joined.participantSid().equals(again.room.localSid()));
        Await.untilTrue("the phone hears its tone again", () -> call.phone().hears(440));
        AgentLeft left = left(call, sid);
        assertThat(left.why()).isEqualTo("duplicate-identity");
        assertThat(left.alone()).isFalse();
        assertThat(bus.count(call.id(), EndCall.class)).isZero();
    }

    @Test
    void anAgentWhoseConnectionIsCutIsMissedWhenLiveKitMissesItAndTheCallerIsNeverInSilence() throws Exception {
        TestCall call = joined(WhenAgentLeaves.REPLACE, 10);
        call.agent().close();
        LiveKitRtc doomed = LiveKitRtc.create(RtcSettings.defaults().withLoops(1));
        FakeAgent agent = new FakeAgent(doomed, call.room(), "agent-2", AudioCodec.PCMU);
        answer(call);
        call.phone().hum(440);
        bus.await(call.id(), AgentJoined.class, joined -> joined.participantSid().equals(agent.room.localSid()));
        // Longer than it takes to recognise a participant that sends without a pause.
        Await.untilTrue("the phone has heard its tone for seven seconds",
                () -> call.phone().heard.size() > 350 && call.phone().hears(440));
        // The agent stops responding entirely, as if its process had been killed.
        doomed.loops().forEach(MediaLoop::close);
        assertNeverSilent(call.phone(), Duration.ofSeconds(5));
        assertThat(bus.count(call.id(), AgentLeft.class)).isEqualTo(1);
        Await.untilTrue("LiveKit has missed it", Duration.ofSeconds(45), () -> bus.count(call.id(), AgentLeft.class) == 2);
        AgentLeft left = left(call, agent.room.localSid());
        assertThat(left.why()).isIn("connection-timeout", "signal-close");
        assertThat(left.alone()).isTrue();
        assertThat(left.route()).isPresent();
        assertNeverSilent(call.phone(), Duration.ofSeconds(3));
    }

    @Test
    void anAgentInTheirPlaceWhoHasNotSaidAnythingEndsNoWaitingSoundAndTheOneWhoSpeaksDoes() throws Exception {
        TestCall call = talking(WhenAgentLeaves.REPLACE);
        String sid = call.agent().room.localSid();
        call.agent().close();
        left(call, sid);
        Room quiet = rtc.join(
                JoinRequest.of(Surroundings.LIVEKIT, FakeAgent.token(call.room(), "agent-2")), rtc.nextLoop(),
                new RoomListener() {}).toCompletableFuture().join();
        bus.await(call.id(), AgentJoined.class, joined -> joined.participantSid().equals(quiet.localSid()));
        assertNeverSilent(call.phone(), Duration.ofSeconds(4));
        quiet.leave().toCompletableFuture().join();
        left(call, quiet.localSid());
        opened(new FakeAgent(rtc, call.room(), "agent-3", AudioCodec.PCMU));
        Await.untilTrue("the phone hears its tone", () -> call.phone().hears(440));
        call.phone().hum(0);
        Await.untilTrue("the waiting sound is over", () -> !hearsSomething(call.phone()));
    }

    @Test
    void aDispatcherThatSaysNothingDoesNotKeepTheCallerForEver() throws Exception {
        TestCall call = joined(WhenAgentLeaves.REPLACE, 0);
        answer(call);
        call.phone().hum(440);
        call.agent().close();
        var end = (EndCall) bus.await(call.id(), EndCall.class).record();
        assertThat(end.reason()).isEqualTo(EndReason.AGENT_LEFT);
        assertThat(end.detail()).contains("nobody took their place");
        assertThat(bus.count(call.id(), AgentLeft.class)).isEqualTo(1);
    }

    @Test
    void theTalkOfACallThatLosesItsMediaEndsWithItsLastPacket() throws Exception {
        Instant before = Instant.now();
        TestCall call = talking(WhenAgentLeaves.REPLACE);
        var beat = (CallHeartbeat) bus.await(
                call.id(), CallHeartbeat.class, heartbeat -> heartbeat.lastHeardAt().isPresent()).record();
        assertThat(beat.lastHeardAt().orElseThrow()).isBetween(before, Instant.now());
        call.phone().hush();
        Instant hushed = Instant.now();
        var end = (EndCall) bus.await(call.id(), EndCall.class).record();
        assertThat(end.reason()).isEqualTo(EndReason.MEDIA_TIMEOUT);
        // The phone's last packet may still have been under way.
        assertThat(end.mediaUntil().orElseThrow()).isBetween(hushed.minusMillis(200), hushed.plusMillis(200));
        var ended = (CallEnded) bus.await(call.id(), CallEnded.class).record();
        CallSummary summary = ended.summary().orElseThrow();
        assertThat(summary.endedAt()).isEqualTo(end.mediaUntil().orElseThrow());
        assertThat(ended.durationMillis()).isEqualTo(summary.talkMillis())
                .isEqualTo(Duration.between(summary.answeredAt().orElseThrow(), summary.endedAt()).toMillis());
    }
}
