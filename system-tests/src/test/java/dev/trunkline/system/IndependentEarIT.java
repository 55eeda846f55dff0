package dev.trunkline.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.trunkline.events.AgentJoined;
import dev.trunkline.events.CallRouted;
import dev.trunkline.events.EndReason;
import dev.trunkline.events.codec.EventJson;
import dev.trunkline.phone.AudioSource;
import dev.trunkline.phone.Call;
import dev.trunkline.phone.CallEnd;
import dev.trunkline.phone.CallRequest;
import dev.trunkline.phone.Phone;
import dev.trunkline.phone.ReceivedDigit;
import dev.trunkline.system.support.Await;
import dev.trunkline.system.support.CallLog;
import dev.trunkline.system.support.Ear;
import dev.trunkline.system.support.SuiteExtension;
import dev.trunkline.system.support.SuiteUnderTest;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A call as LiveKit's own Python SDK sees and hears it, on a trunk and a number of its own without any agent. */
@Tag("long")
@ExtendWith(SuiteExtension.class)
class IndependentEarIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String NUMBER = "+3225550190";
    private static final String TRUNK_ADDRESS = "127.0.0.3";
    private static final String ROOM = "ear-room";
    private static final int PHONE_TONE = 700;
    private static final int EAR_TONE = 1_200;
    private static final String DIRECTORY =
            """
            organisations:
              - name: ear
                config: {language: fr, greeting: Bonjour}
                numbers:
                  - phone_number: "%s"
                    config_override: {greeting: Salut}
                    max_concurrent_calls: 10
            trunks:
              - {name: ear, addresses: ["%s"], country: BE, headers_to_room: [X-Ticket]}
            rules:
              - name: ear
                organisation: ear
                trunks: [ear]
                numbers: ["%s"]
                type: direct
                room_name: %s
                answer_policy: on-agent
                patience_seconds: 25
            """
                    .formatted(NUMBER, TRUNK_ADDRESS, NUMBER, ROOM);

    private final SuiteUnderTest suite;

    IndependentEarIT(SuiteUnderTest suite) {
        this.suite = suite;
    }

    @BeforeEach
    void directory() throws Exception {
        suite.apply(DIRECTORY);
    }

    @Test
    void theEarHearsThePhoneAndThePhoneHearsTheEar() throws Exception {
        try (Phone phone = suite.phoneAt(TRUNK_ADDRESS); Ear ear = suite.ear(ROOM, EAR_TONE)) {
            Call call = phone.dial(CallRequest.to(NUMBER).from("0470500001").named("Jeanne")
                    .header("X-Ticket", "4711")
                    .saying(AudioSource.tone(PHONE_TONE))
                    .listeningFor(EAR_TONE));
            JsonNode caller = ear.awaitCaller();
            call.awaitAnswer(PATIENCE);
            ear.awaitTone(PHONE_TONE, 10);
            awaitEarTone(call, 1_000);

            assertThat(caller.path("identity").asText()).isEqualTo("sip_+32470500001");
            assertThat(caller.path("name").asText()).isEqualTo("Phone +32470500001");
            CallLog log = suite.events().of(call);
            CallRouted routed = log.await(CallRouted.class);
            JsonNode attributes = caller.path("attributes");
            assertThat(attributes.path("sip.phoneNumber").asText()).isEqualTo("+32470500001");
            assertThat(attributes.path("sip.trunkPhoneNumber").asText()).isEqualTo(NUMBER);
            assertThat(attributes.path("sip.trunkID").asText()).isEqualTo(routed.invite().trunk().id());
            assertThat(attributes.path("sip.ruleID").asText()).isEqualTo(routed.rule().id());
            assertThat(attributes.path("sip.callID").asText()).startsWith("SCL_");
            assertThat(attributes.path("sip.callIDFull").asText()).isEqualTo(call.callId());
            assertThat(attributes.path("sip.h.x-ticket").asText()).isEqualTo("4711");
            ear.await("attributes", said -> said.path("attributes").path("sip.callStatus").asText().equals("active"));

            assertThat(log.await(AgentJoined.class).kind()).isEqualTo("standard");
            call.hangUp().toCompletableFuture().join();
            ear.await("left", said -> said.path("identity").asText().equals("sip_+32470500001"));
            log.assertEnded(EndReason.CALLER_HUNG_UP);
        }
    }

    @Test
    void theRoomSaysWhoCallsWhomAndTheMergedConfiguration() throws Exception {
        try (Phone phone = suite.phoneAt(TRUNK_ADDRESS); Ear ear = suite.ear(ROOM, EAR_TONE)) {
            Call call = phone.dial(CallRequest.to(NUMBER).from("+32470500002").saying(AudioSource.tone(PHONE_TONE))
                    .listeningFor(EAR_TONE));
            call.awaitAnswer(PATIENCE);
            JsonNode said = ear.await("metadata", event -> event.path("metadata").asText().contains("+32470500002"));
            JsonNode metadata = EventJson.MAPPER.readTree(said.path("metadata").asText());
            assertThat(metadata.path("callId").asText()).isEqualTo(suite.events().of(call).callId());
            assertThat(metadata.path("called").asText()).isEqualTo(NUMBER);
            assertThat(metadata.path("caller").asText()).isEqualTo("+32470500002");
            assertThat(metadata.path("organisation").path("name").asText()).isEqualTo("ear");
            assertThat(metadata.path("config").path("language").asText()).isEqualTo("fr");
            assertThat(metadata.path("config").path("greeting").asText()).isEqualTo("Salut");
            call.hangUp().toCompletableFuture().join();
        }
    }

    @Test
    void keysGoBothWaysAsSipDtmf() throws Exception {
        try (Phone phone = suite.phoneAt(TRUNK_ADDRESS); Ear ear = suite.ear(ROOM, EAR_TONE)) {
            Call call = phone.dial(CallRequest.to(NUMBER).from("+32470500003").saying(AudioSource.tone(PHONE_TONE))
                    .listeningFor(EAR_TONE));
            call.awaitAnswer(PATIENCE);
            awaitEarTone(call, 200);
            call.sendDtmf('7');
            assertThat(ear.await("dtmf", said -> true).path("digit").asText()).isEqualTo("7");
            ear.sendDtmf(5);
            Await.until("the phone hears 5", PATIENCE,
                    () -> call.media().digits().stream().map(ReceivedDigit::digit).toList().equals(List.of('5')));
            call.hangUp().toCompletableFuture().join();
            suite.events().of(call).assertEnded(EndReason.CALLER_HUNG_UP);
        }
    }

    @Test
    void whoeverClosesTheRoomHangsUp() throws Exception {
        try (Phone phone = suite.phoneAt(TRUNK_ADDRESS); Ear ear = suite.ear(ROOM, EAR_TONE)) {
            Call call = phone.dial(CallRequest.to(NUMBER).from("+32470500004").saying(AudioSource.tone(PHONE_TONE))
                    .listeningFor(EAR_TONE));
            call.awaitAnswer(PATIENCE);
            awaitEarTone(call, 200);
            ear.closeRoom();
            CallEnd end = call.awaitEnd(PATIENCE).orElseThrow();
            assertThat(end.by()).isEqualTo(CallEnd.By.FAR_END);
            assertThat(end.reason()).hasValue("SIP;cause=200;text=\"room-closed\"");
            suite.events().of(call).assertEnded(EndReason.ROOM_CLOSED);
        }
    }

    private static void awaitEarTone(Call call, long millis) {
        Await.until("the phone hears the ear's " + EAR_TONE + " Hz", PATIENCE,
                () -> call.media().heardMillis(EAR_TONE) >= millis);
    }
}
