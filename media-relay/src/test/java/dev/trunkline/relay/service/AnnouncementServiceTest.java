package dev.trunkline.relay.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.bus.CallEventPublisher;
import dev.trunkline.events.AgentJoined;
import dev.trunkline.events.AgentUnavailable;
import dev.trunkline.events.Announcement;
import dev.trunkline.events.AnswerPolicy;
import dev.trunkline.events.CallAdmitted;
import dev.trunkline.events.CallAnnounced;
import dev.trunkline.events.CallAnswered;
import dev.trunkline.events.CallEnded;
import dev.trunkline.events.CallId;
import dev.trunkline.events.EndCall;
import dev.trunkline.events.EndReason;
import dev.trunkline.events.Fallback;
import dev.trunkline.events.FallbackKind;
import dev.trunkline.events.MediaReady;
import dev.trunkline.events.codec.SoundRecords;
import dev.trunkline.relay.sdp.PhoneCodec;
import dev.trunkline.relay.sounds.SoundFiles;
import dev.trunkline.rtc.AudioCodec;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Announcements before anybody is heard, through the whole service; the test plays router and edge. The agent echoes. */
@QuarkusTest
@QuarkusTestResource(Surroundings.class)
class AnnouncementServiceTest extends WholeRelay {
    private static final double TOLD = 1_000;
    private static final double PHONE = 440;
    private static CallEventPublisher router;

    private final CallId call = new CallId(UUID.randomUUID());
    private final String room = "announcement-" + call;
    private FakePhone phone;
    private FakeAgent agent;

    @BeforeAll
    static void upload() throws Exception {
        router = new CallEventPublisher(Surroundings.KAFKA, "test-router");
        router.send(SoundRecords.encode(SoundFiles.record("", "machine", "nl", true, SoundFiles.wav(TOLD, 16_000, 1_500))))
                .toCompletableFuture().join();
        router.send(SoundRecords.encode(SoundFiles.record("", "long", "", true, SoundFiles.wav(TOLD, 8_000, 30_000))))
                .toCompletableFuture().join();
        Await.untilTrue("the relay has them", () -> metric("trunkline_relay_sounds") >= 2);
    }

    @AfterAll
    static void stopRouter() {
        router.close();
    }

    private void ring(PhoneCodec codec, String sound) throws Exception {
        Await.untilTrue("there are ports", () -> metric("trunkline_relay_ports_available") >= 2);
        phone = opened(new FakePhone(codec, 20, 0x1111));
        CallAdmitted plain = TestCalls.admitted(call, room, phone.offer());
        admit(new CallAdmitted(
                call, plain.route().announcing(new Announcement(sound, "fr-BE")), plain.counts(), plain.leaseSeconds()));
        phone.answered(((MediaReady) bus.await(call, MediaReady.class).record()).sdpAnswer());
        agent = opened(new FakeAgent(rtc, room, "agent-1", codec == PhoneCodec.PCMU ? AudioCodec.PCMU : AudioCodec.OPUS));
        bus.await(call, AgentJoined.class);
        phone.hum(PHONE);
    }

    private void answer() {
        bus.say(new CallAnswered(call, "edge-t", AnswerPolicy.ON_AGENT, 50, "sealed"));
    }

    private CallAnnounced announced() throws Exception {
        return (CallAnnounced) bus.await(call, CallAnnounced.class).record();
    }

    @ParameterizedTest
    @EnumSource(value = PhoneCodec.class, names = {"PCMU", "G722", "OPUS"})
    void theCallerIsToldBeforeAnybodyIsHeard(PhoneCodec codec) throws Exception {
        ring(codec, "machine");
        answer();
        Await.untilTrue("the phone hears what it is told", () -> phone.hears(TOLD));
        assertThat(bus.count(call, CallAnnounced.class)).isZero();
        CallAnnounced told = announced();
        assertThat(told.complete()).as(told.detail()).isTrue();
        assertThat(told.detail()).isEmpty();
        assertThat(told.name()).isEqualTo("machine");
        assertThat(told.language()).as("the default").isEqualTo("nl");
        assertThat(told.playedMillis()).isEqualTo(1_500);
        Await.untilTrue("the phone hears itself by the agent", () -> phone.hears(PHONE));
        assertThat(agent.heard.get()).isPositive();
        Await.untilTrue("the room is told that people talk",
                () -> agent.caller().attributes().getOrDefault("sip.callStatus", "").equals("active"));
    }

    @Test
    void nothingGoesToTheRoomOrComesFromItMeanwhile() throws Exception {
        ring(PhoneCodec.PCMU, "long");
        answer();
        Await.untilTrue("the phone hears what it is told", () -> phone.hears(TOLD));
        int before = phone.heard.size();
        Await.untilTrue("a second of it went by", () -> phone.heard.size() > before + 50);
        assertThat(phone.share(PHONE)).isLessThan(0.01);
        assertThat(agent.heard).as("packets of the caller that the agent heard").hasValue(0);
        assertThat(agent.caller().attributes().getOrDefault("sip.callStatus", "")).isNotEqualTo("active");
    }

    @Test
    void whoHangsUpInTheMiddleWasNotToldAll() throws Exception {
        ring(PhoneCodec.PCMU, "long");
        answer();
        Await.untilTrue("the phone hears what it is told", () -> phone.hears(TOLD));
        bus.say(new CallEnded(call, "sip-edge", EndReason.CALLER_HUNG_UP, "", true, 1_000, Optional.empty()));
        CallAnnounced told = announced();
        assertThat(told.complete()).isFalse();
        assertThat(told.detail()).isEqualTo("the call ended first");
        assertThat(told.playedMillis()).isBetween(20L, 29_000L);
    }

    @Test
    void aSoundThatIsNotThereIsSaidAndTheTalkBegins() throws Exception {
        ring(PhoneCodec.PCMU, "nobodys");
        answer();
        CallAnnounced told = announced();
        assertThat(told.complete()).isFalse();
        assertThat(told.detail()).isEqualTo("there is no sound nobodys");
        assertThat(told.playedMillis()).isZero();
        Await.untilTrue("the phone hears itself by the agent", () -> phone.hears(PHONE));
    }

    @Test
    void aFallbackWhoseLastStepIsAnAnnouncementEndsTheCallAsToldOnceItWasPlayed() throws Exception {
        Await.untilTrue("there are ports", () -> metric("trunkline_relay_ports_available") >= 2);
        phone = opened(new FakePhone(PhoneCodec.PCMU, 20, 0x1111));
        admit(TestCalls.admitted(call, room, phone.offer()));
        phone.answered(((MediaReady) bus.await(call, MediaReady.class).record()).sdpAnswer());
        answer();
        bus.say(new AgentUnavailable(call, List.of("demo"), 10, "No agent came within 10 s.",
                List.of(new Fallback(FallbackKind.ANNOUNCEMENT, "machine", "", 0))));
        Await.untilTrue("the phone hears what it is told", () -> phone.hears(TOLD));
        assertThat(announced().complete()).isTrue();
        var end = (EndCall) bus.await(call, EndCall.class).record();
        assertThat(end.reason()).isEqualTo(EndReason.ANNOUNCED);
    }
}
