package dev.trunkline.relay.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.trunkline.events.AgentJoined;
import dev.trunkline.events.AgentLeft;
import dev.trunkline.events.AnswerPolicy;
import dev.trunkline.events.CallAnswered;
import dev.trunkline.events.CallId;
import dev.trunkline.events.EndCall;
import dev.trunkline.events.MediaReady;
import dev.trunkline.relay.sdp.PhoneCodec;
import dev.trunkline.rtc.AudioCodec;
import dev.trunkline.rtc.AudioPublication;
import dev.trunkline.rtc.JoinRequest;
import dev.trunkline.rtc.RemoteAudioTrack;
import dev.trunkline.rtc.Room;
import dev.trunkline.rtc.RoomListener;
import dev.trunkline.rtc.RpcException;
import dev.trunkline.rtc.RtpPacket;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Supervisors, who are in a room for those who answer, and whom no phone hears. */
@QuarkusTest
@QuarkusTestResource(Surroundings.class)
class SupervisorServiceTest extends WholeRelay {
    private static final double CALLER = 440;
    private static final double WHISPER = 900;

    private final CallId call = new CallId(UUID.randomUUID());
    private final String room = "supervised-" + call;
    private final AtomicInteger whispered = new AtomicInteger();

    /** Joins a person who talks with the caller and hears the whisper. */
    private Room person() {
        var request = JoinRequest.of(Surroundings.LIVEKIT, FakeAgent.token(room, "desk-anna", "standard"))
                .publishing(new AudioPublication("voice", List.of(AudioCodec.PCMU)));
        Room in = rtc.join(request, rtc.nextLoop(), new RoomListener() {
            @Override
            public void audioReceived(RemoteAudioTrack track, RtpPacket packet) {
                if (track.name().equals("trunkline.whisper")) {
                    whispered.incrementAndGet();
                }
            }
        }).toCompletableFuture().join();
        open.add(() -> in.leave().toCompletableFuture().join());
        return in;
    }

    @Test
    void aWhisperIsHeardInTheRoomAndNotByThePhoneAndAnswersNobody() throws Exception {
        Await.untilTrue("there are ports", () -> metric("trunkline_relay_ports_available") >= 1);
        FakePhone caller = opened(new FakePhone(PhoneCodec.PCMU, 20, 0x1111));
        admit(TestCalls.admitted(call, room, caller.offer()));
        caller.answered(((MediaReady) bus.await(call, MediaReady.class).record()).sdpAnswer());
        OpusHummer supervisor = opened(OpusHummer.whispering(rtc, room, WHISPER));
        Room person = person();
        assertThat(((AgentJoined) bus.await(call, AgentJoined.class).record()).participantSid()).as("who answers").isEqualTo(person.localSid());
        bus.say(new CallAnswered(call, "edge-t", AnswerPolicy.IMMEDIATE, 50, "sealed"));
        caller.hum(CALLER);

        int before = whispered.get();
        Await.untilTrue("the person hears two seconds of the whisper", () -> whispered.get() > before + 100);
        assertThat(caller.heard).as("the phone hears the line kept warm").isNotEmpty();
        assertThat(caller.share(WHISPER)).isLessThan(0.05);

        Throwable refused = catchThrowable(() -> supervisor.room()
                .performRpc("sip_" + TestCalls.CALLER, "trunkline.hold", "", Duration.ofSeconds(60)).toCompletableFuture().join());
        assertThat(refused).hasCauseInstanceOf(RpcException.class);
        assertThat(((RpcException) refused.getCause()).error().code()).isEqualTo(403);

        person.leave().toCompletableFuture().join();
        var left = (AgentLeft) bus.await(call, AgentLeft.class).record();
        assertThat(left.alone()).as("a supervisor is no company").isTrue();
        assertThat(bus.count(call, EndCall.class)).isZero();
    }
}
