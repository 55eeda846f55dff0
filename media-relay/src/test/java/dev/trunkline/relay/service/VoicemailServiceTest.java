package dev.trunkline.relay.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trunkline.bus.CallEventPublisher;
import dev.trunkline.events.AgentJoined;
import dev.trunkline.events.AgentUnavailable;
import dev.trunkline.events.AnswerCall;
import dev.trunkline.events.AnswerPolicy;
import dev.trunkline.events.CallAnnounced;
import dev.trunkline.events.CallAnswered;
import dev.trunkline.events.CallEnded;
import dev.trunkline.events.CallId;
import dev.trunkline.events.EndCall;
import dev.trunkline.events.EndReason;
import dev.trunkline.events.Fallback;
import dev.trunkline.events.FallbackKind;
import dev.trunkline.events.MediaReady;
import dev.trunkline.events.MessageEnd;
import dev.trunkline.events.MessageRecorded;
import dev.trunkline.events.codec.EventJson;
import dev.trunkline.events.codec.SoundRecords;
import dev.trunkline.events.voicemail.Voicemail;
import dev.trunkline.events.voicemail.VoicemailKeys;
import dev.trunkline.events.voicemail.VoicemailName;
import dev.trunkline.relay.sdp.PhoneCodec;
import dev.trunkline.relay.sounds.SoundFiles;
import dev.trunkline.rtc.AudioCodec;
import dev.trunkline.store.FileStore;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Callers leave messages, through the whole service; the test plays router, dispatcher and edge, and opens what is in the store. */
@QuarkusTest
@QuarkusTestResource(Surroundings.class)
class VoicemailServiceTest extends WholeRelay {
    private static final double GREETING = 1_500;
    private static final double SIGNAL = 1_000;
    private static final double MESSAGE = 440;
    private static final int POUND = 11;
    private static CallEventPublisher router;

    private final CallId call = new CallId(UUID.randomUUID());
    private final String room = "voicemail-" + call;
    private FakePhone phone;

    @BeforeAll
    static void upload() throws Exception {
        router = new CallEventPublisher(Surroundings.KAFKA, "test-router");
        router.send(SoundRecords.encode(SoundFiles.record("", "leave-a-message", "", true, SoundFiles.wav(GREETING, 16_000, 600))))
                .toCompletableFuture().join();
        Await.untilTrue("the relay has it", () -> metric("trunkline_relay_sounds") >= 1);
    }

    @AfterAll
    static void stopRouter() {
        router.close();
    }

    private static ObjectNode config(String voicemail) throws Exception {
        return (ObjectNode) EventJson.MAPPER.readTree("{\"voicemail\": " + voicemail + "}");
    }

    private void ring(PhoneCodec codec, String voicemail) throws Exception {
        Await.untilTrue("there are ports", () -> metric("trunkline_relay_ports_available") >= 2);
        phone = opened(new FakePhone(codec, 20, 0x1111));
        admit(TestCalls.configured(config(voicemail), TestCalls.admitted(call, room, phone.offer())));
        phone.answered(((MediaReady) bus.await(call, MediaReady.class).record()).sdpAnswer());
    }

    private void answer() {
        bus.say(new CallAnswered(call, "edge-t", AnswerPolicy.ON_AGENT, 50, "sealed"));
    }

    private void nobodyCame(String sound) {
        bus.say(new AgentUnavailable(call, List.of("demo"), 10, "No agent came within 10 s.",
                List.of(new Fallback(FallbackKind.VOICEMAIL, sound, "", 0))));
    }

    private EndCall end() throws Exception {
        return (EndCall) bus.await(call, EndCall.class).record();
    }

    private MessageRecorded recorded() throws Exception {
        return (MessageRecorded) bus.await(call, MessageRecorded.class).record();
    }

    private static Voicemail opened(MessageRecorded recorded) throws Exception {
        VoicemailKeys keys = VoicemailKeys.parse(Optional.of(Surroundings.VOICEMAIL_KEY), Optional.empty()).orElseThrow();
        try (var store = new FileStore(Surroundings.MESSAGES.resolve("store"))) {
            String key = store.list(VoicemailName.of(recorded.organisationId(), recorded.message()), 1).getFirst();
            try (InputStream sealed = store.get(key).orElseThrow()) {
                return Voicemail.open(sealed, keys, recorded.organisationId(), recorded.message());
            }
        }
    }

    /** Returns the tone's share in the message, in pieces of 50 ms: a packet that arrives late on a busy machine shifts those behind it. */
    private static double share(Voicemail message, double frequency) {
        int piece = message.about().sampleRate() / 20;
        double tone = 0;
        double all = 0;
        for (int from = 0; from + piece <= message.pcm().length / 2; from += piece) {
            double real = 0;
            double imaginary = 0;
            double power = 0;
            for (int i = from; i < from + piece; i++) {
                double sample = (short) (message.pcm()[2 * i] & 0xff | message.pcm()[2 * i + 1] << 8);
                double angle = 2 * Math.PI * frequency * i / message.about().sampleRate();
                real += sample * Math.cos(angle);
                imaginary += sample * Math.sin(angle);
                power += sample * sample;
            }
            tone += 2 * (real * real + imaginary * imaginary) / piece;
            all += power;
        }
        return tone / all;
    }

    /** Speaks until some of the message is on disk. */
    private void speak() throws InterruptedException {
        phone.hum(MESSAGE);
        Await.untilTrue("the caller is recorded", () -> spooled() > 40_000);
        assertThat(phone.everHeard(GREETING)).as("the caller was asked").isTrue();
        assertThat(phone.everHeard(SIGNAL)).as("and told to speak").isTrue();
    }

    @ParameterizedTest
    @EnumSource(value = PhoneCodec.class, names = {"PCMU", "G722", "OPUS"})
    void aCallerWhoRingsIsAnsweredAndLeavesAMessageThatTheKeyEnds(PhoneCodec codec) throws Exception {
        ring(codec, "{\"messages\": true, \"keep_days\": 7}");
        nobodyCame("leave-a-message");
        assertThat(((AnswerCall) bus.await(call, AnswerCall.class).record()).requestedBy()).isEqualTo("media-relay");
        assertThat(bus.count(call, CallAnnounced.class)).isZero();
        answer();
        speak();
        phone.press(POUND);
        assertThat(end().reason()).isEqualTo(EndReason.MESSAGE_LEFT);
        MessageRecorded recorded = recorded();
        assertThat(recorded.ended()).isEqualTo(MessageEnd.KEY);
        assertThat(recorded.organisationId()).isEqualTo("org-1");
        assertThat(recorded.keptUntil()).isEqualTo(recorded.recordedAt().plusSeconds(7 * 86_400));
        Voicemail message = opened(recorded);
        assertThat(message.length().toMillis()).isEqualTo(recorded.millis()).isGreaterThanOrEqualTo(1_500);
        assertThat(share(message, MESSAGE)).isGreaterThan(0.8);
    }

    private long spooled() {
        try (var files = java.nio.file.Files.walk(Surroundings.MESSAGES.resolve("spool"))) {
            return files.filter(file -> file.toString().endsWith(".part")).mapToLong(file -> file.toFile().length()).sum();
        } catch (java.io.IOException | java.io.UncheckedIOException e) {
            return 0;
        }
    }

    @Test
    void silenceEndsAMessageAndIsNotPartOfIt() throws Exception {
        ring(PhoneCodec.PCMU, "{\"messages\": true, \"silence_seconds\": 2}");
        answer();
        nobodyCame("leave-a-message");
        speak();
        phone.hush();
        assertThat(end().reason()).isEqualTo(EndReason.MESSAGE_LEFT);
        assertThat(recorded().ended()).isEqualTo(MessageEnd.SILENCE);
        assertThat(share(opened(recorded()), MESSAGE)).isGreaterThan(0.8);
    }

    @Test
    void whoHangsUpHasLeftWhatWasSaid() throws Exception {
        ring(PhoneCodec.PCMU, "{\"messages\": true}");
        answer();
        nobodyCame("leave-a-message");
        speak();
        bus.say(new CallEnded(call, "sip-edge", EndReason.CALLER_HUNG_UP, "", true, 1_000, Optional.empty()));
        assertThat(recorded().ended()).isEqualTo(MessageEnd.HUNG_UP);
        assertThat(share(opened(recorded()), MESSAGE)).isGreaterThan(0.8);
        assertThat(bus.count(call, EndCall.class)).isZero();
    }

    @Test
    void withoutItsGreetingTheSignalAsks() throws Exception {
        ring(PhoneCodec.PCMU, "{\"messages\": true, \"longest_seconds\": 5}");
        answer();
        nobodyCame("nobodys");
        phone.hum(MESSAGE);
        assertThat(end().reason()).isEqualTo(EndReason.MESSAGE_LEFT);
        assertThat(recorded().ended()).isEqualTo(MessageEnd.LONGEST);
        assertThat(recorded().millis()).isEqualTo(5_000);
        assertThat(phone.everHeard(SIGNAL)).isTrue();
    }

    @Test
    void whereNoMessagesAreTakenTheSoundIsPlayedAndNothingIsRecorded() throws Exception {
        ring(PhoneCodec.PCMU, "{}");
        nobodyCame("leave-a-message");
        bus.await(call, AnswerCall.class);
        answer();
        phone.hum(MESSAGE);
        assertThat(end().reason()).isEqualTo(EndReason.ANNOUNCED);
        assertThat(((CallAnnounced) bus.await(call, CallAnnounced.class).record()).complete()).isTrue();
        assertThat(phone.everHeard(GREETING)).isTrue();
        assertThat(phone.everHeard(SIGNAL)).isFalse();
        assertThat(spooled()).isZero();
        assertThat(bus.count(call, MessageRecorded.class)).isZero();
    }

    @Test
    void anAgentWhoComesAfterAllHasTheCallerAndNothingIsKept() throws Exception {
        ring(PhoneCodec.PCMU, "{\"messages\": true}");
        answer();
        nobodyCame("leave-a-message");
        speak();
        opened(new FakeAgent(rtc, room, "agent-1", AudioCodec.PCMU));
        bus.await(call, AgentJoined.class);
        Await.untilTrue("the two hear each other", () -> phone.hears(MESSAGE));
        Await.untilTrue("nothing of it is left", () -> spooled() == 0);
        assertThat(bus.count(call, MessageRecorded.class) + bus.count(call, EndCall.class)).isZero();
    }
}
