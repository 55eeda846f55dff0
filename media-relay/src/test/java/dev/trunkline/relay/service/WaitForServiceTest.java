package dev.trunkline.relay.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.events.AgentJoined;
import dev.trunkline.events.AgentLeft;
import dev.trunkline.events.AnswerPolicy;
import dev.trunkline.events.CallAdmitted;
import dev.trunkline.events.CallAnswered;
import dev.trunkline.events.CallHeartbeat;
import dev.trunkline.events.CallId;
import dev.trunkline.events.MediaReady;
import dev.trunkline.events.WaitFor;
import dev.trunkline.rtc.AudioCodec;
import dev.trunkline.rtc.AudioPublication;
import dev.trunkline.rtc.JoinRequest;
import dev.trunkline.rtc.LocalAudioTrack;
import dev.trunkline.rtc.RemoteAudioTrack;
import dev.trunkline.rtc.RemoteParticipant;
import dev.trunkline.rtc.Room;
import dev.trunkline.rtc.RoomListener;
import dev.trunkline.rtc.codec.G711;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What an agent must do for the call to be answered, and that nothing of what it says then is lost. */
@QuarkusTest
@QuarkusTestResource(Surroundings.class)
class WaitForServiceTest extends WholeRelay {
    private static final int WORDS = 50;
    private static final int OCTETS = 160;

    private record TestCall(CallAdmitted admitted, FakePhone phone, String room) {
        CallId id() {
            return admitted.callId();
        }
    }

    private CallAdmitted call(FakePhone phone) {
        return TestCalls.admitted("waits-" + UUID.randomUUID(), phone.offer());
    }

    private TestCall ringing(CallAdmitted admitted, FakePhone phone) throws Exception {
        admit(admitted);
        var ready = (MediaReady) bus.await(admitted.callId(), MediaReady.class).record();
        phone.answered(ready.sdpAnswer());
        return new TestCall(admitted, phone, ready.room());
    }

    private TestCall ringing() throws Exception {
        FakePhone phone = phone();
        return ringing(call(phone), phone);
    }

    private TestCall waitingFor(WaitFor what) throws Exception {
        FakePhone phone = phone();
        return ringing(TestCalls.waitingFor(what, call(phone)), phone);
    }

    private FakePhone phone() throws Exception {
        return opened(new FakePhone(G711.PCMU, 0x4444 + open.size()));
    }

    /** Joins an agent that subscribes to nothing. */
    private Room deaf(TestCall call, boolean publishes, RoomListener listener) {
        JoinRequest request = JoinRequest.of(Surroundings.LIVEKIT, FakeAgent.token(call.room(), "deaf"))
                .withAutoSubscribe(false);
        Room room = rtc.join(
                publishes ? request.publishing(new AudioPublication("voice", List.of(AudioCodec.PCMU))) : request,
                rtc.nextLoop(), listener).toCompletableFuture().join();
        opened(() -> room.leave().toCompletableFuture().join());
        return room;
    }

    private static void answer(TestCall call) {
        bus.say(new CallAnswered(call.id(), "edge-t", AnswerPolicy.ON_AGENT, 50, "sealed"));
    }

    private static void awaitJoined(TestCall call, Room who) throws InterruptedException {
        bus.await(call.id(), AgentJoined.class, joined -> joined.participantSid().equals(who.localSid()));
    }

    /** Waits long enough for the relay to learn of participants that joined before. */
    private static void awaitHeartbeats(TestCall call, int more) throws InterruptedException {
        long before = bus.count(call.id(), CallHeartbeat.class);
        Await.untilTrue(more + " heartbeats pass", () -> bus.count(call.id(), CallHeartbeat.class) >= before + more);
    }

    @Test
    void anAgentThatPublishesAudioAnswersThoughItSubscribesToNothing() throws Exception {
        TestCall call = ringing();
        awaitJoined(call, deaf(call, true, new RoomListener() {}));
    }

    @Test
    void anAgentThatWasThereBeforeTheCallerAnswersWhenTheCallerComes() throws Exception {
        FakePhone phone = phone();
        CallAdmitted admitted = call(phone);
        Room agent = deaf(new TestCall(admitted, phone, admitted.route().room()), true, new RoomListener() {});
        awaitJoined(ringing(admitted, phone), agent);
    }

    @Test
    void anAgentThatNeitherPublishesNorSubscribesDoesNotAnswer() throws Exception {
        TestCall call = ringing();
        deaf(call, false, new RoomListener() {});
        awaitHeartbeats(call, 2);
        assertThat(bus.count(call.id(), AgentJoined.class)).isZero();
    }

    @Test
    void anAgentThatOnlyListensAnswersAndIsMissedWhenItLeaves() throws Exception {
        TestCall call = ringing();
        Room agent = rtc.join(
                JoinRequest.of(Surroundings.LIVEKIT, FakeAgent.token(call.room(), "listener")), rtc.nextLoop(),
                new RoomListener() {}).toCompletableFuture().join();
        opened(() -> agent.leave().toCompletableFuture().join());
        var joined = (AgentJoined) bus.await(call.id(), AgentJoined.class).record();
        assertThat(joined.participantSid()).isEqualTo(agent.localSid());
        assertThat(joined.agent()).isEqualTo("demo");
        assertThat(joined.kind()).isEqualTo("agent");
        answer(call);
        call.phone().hum(440);
        // Longer than LiveKit takes to report a participant that publishes nothing.
        awaitHeartbeats(call, 5);
        assertThat(bus.count(call.id(), AgentJoined.class)).isEqualTo(1);
        assertThat(bus.count(call.id(), AgentLeft.class)).isZero();

        agent.leave().toCompletableFuture().join();
        var left = (AgentLeft) bus.await(call.id(), AgentLeft.class).record();
        assertThat(left.participantSid()).isEqualTo(agent.localSid());
        assertThat(left.alone()).isTrue();
    }

    @Test
    void anAgentThatLeavesBeforeLiveKitHasToldOfItIsMissedToo() throws Exception {
        TestCall call = ringing();
        Room agent = rtc.join(
                JoinRequest.of(Surroundings.LIVEKIT, FakeAgent.token(call.room(), "brief")), rtc.nextLoop(),
                new RoomListener() {}).toCompletableFuture().join();
        awaitJoined(call, agent);
        agent.leave().toCompletableFuture().join();
        var left = (AgentLeft) bus.await(call.id(), AgentLeft.class).record();
        assertThat(left.participantSid()).isEqualTo(agent.localSid());
        assertThat(left.alone()).isTrue();
    }

    @Test
    void whereListeningIsWaitedForAnAgentThatOnlyPublishesDoesNotAnswerAndOneThatSubscribesDoes() throws Exception {
        TestCall call = waitingFor(WaitFor.LISTENING);
        Room agent = deaf(call, true, new RoomListener() {});
        awaitHeartbeats(call, 2);
        assertThat(bus.count(call.id(), AgentJoined.class)).isZero();

        RemoteAudioTrack voice = agent.participants().getFirst().audioTracks().getFirst();
        agent.setSubscribed(voice.sid(), true);
        awaitJoined(call, agent);
    }

    @Test
    void anAgentThatSpeaksOnceTheCallIsActiveIsHeardFromItsFirstWord() throws Exception {
        TestCall call = ringing();
        var speaks = new SpeaksWhenActive();
        Room agent = deaf(call, true, speaks);
        speaks.room = agent;
        awaitJoined(call, agent);
        answer(call);

        Await.untilTrue("the phone hears the last word", () -> hears(call.phone(), WORDS - 1));
        for (int word = 0; word < WORDS; word++) {
            assertThat(hears(call.phone(), word)).as("the phone heard word %d", word).isTrue();
        }
    }

    @Test
    void aCallerIsNotLeftInSilenceByAnAgentThatDiesBetweenItsAnswerAndItsFirstPacket() throws Exception {
        TestCall call = ringing();
        call.phone().hum(440);
        // This agent publishes a track but sends nothing, as if its process had been killed, until LiveKit notices.
        Room dead = deaf(call, true, new RoomListener() {});
        awaitJoined(call, dead);
        answer(call);
        Await.untilTrue("the phone hears something", () -> call.phone().heard.stream()
                .anyMatch(packet -> loud(packet.payload())));
        assertThat(bus.count(call.id(), AgentLeft.class)).isZero();

        var voice = new SpeaksWhenActive();
        voice.room = dead;
        voice.begin();
        Await.untilTrue("the phone hears the last word", () -> hears(call.phone(), WORDS - 1));
    }

    private static boolean hears(FakePhone phone, int word) {
        byte[] said = SpeaksWhenActive.word(word);
        return phone.heard.stream().anyMatch(packet -> Arrays.equals(packet.payload(), said));
    }

    private static boolean loud(byte[] payload) {
        short[] pcm = new short[payload.length];
        G711.PCMU.decode(payload, 0, payload.length, pcm, 0);
        for (short sample : pcm) {
            if (Math.abs(sample) > 500) {
                return true;
            }
        }
        return false;
    }

    /** Speaks distinguishable words once the caller's status is active. */
    private static final class SpeaksWhenActive implements RoomListener {
        private volatile Room room;
        private volatile boolean begun;
        private int next;

        @Override
        public void participantUpdated(RemoteParticipant participant) {
            if ("active".equals(participant.attributes().get("sip.callStatus")) && !begun) {
                begin();
            }
        }

        void begin() {
            begun = true;
            room.loop().execute(this::speak);
        }

        private void speak() {
            if (next < WORDS) {
                LocalAudioTrack track = room.audio().orElseThrow();
                track.send(next, next * (long) OCTETS, next == 0, word(next), 0, OCTETS);
                next++;
                room.loop().schedule(Duration.ofMillis(20), this::speak);
            }
        }

        static byte[] word(int number) {
            byte[] payload = new byte[OCTETS];
            Arrays.fill(payload, (byte) (number + 1));
            return payload;
        }
    }
}
