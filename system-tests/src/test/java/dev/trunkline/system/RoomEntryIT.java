package dev.trunkline.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.trunkline.events.AgentDispatched;
import dev.trunkline.events.AgentJoined;
import dev.trunkline.events.AgentUnavailable;
import dev.trunkline.events.CallAnswered;
import dev.trunkline.events.CallEnded;
import dev.trunkline.events.CallRejected;
import dev.trunkline.events.CallRouted;
import dev.trunkline.events.DtmfReceived;
import dev.trunkline.events.EndReason;
import dev.trunkline.events.MediaReady;
import dev.trunkline.events.RefusalReason;
import dev.trunkline.phone.Call;
import dev.trunkline.phone.CallRequest;
import dev.trunkline.phone.CallResult;
import dev.trunkline.phone.Phone;
import dev.trunkline.system.support.Ear;
import dev.trunkline.system.support.SuiteExtension;
import dev.trunkline.system.support.SuiteUnderTest;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Conditions that a caller must pass before the room, and the fallbacks when nobody comes. */
@ExtendWith(SuiteExtension.class)
class RoomEntryIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String CALLER = "+32470810002";
    private static final int EAR_TONE = 1_300;

    private final SuiteUnderTest suite;

    RoomEntryIT(SuiteUnderTest suite) {
        this.suite = suite;
    }

    @BeforeEach
    void rules() throws Exception {
        suite.apply("""
                organisations:
                  - name: doors
                    caller_rate: {calls: 1000, window_seconds: 3600}
                    numbers:
                      - {phone_number: "+3225551620", max_concurrent_calls: 5}
                      - {phone_number: "+3225551621", max_concurrent_calls: 5}
                      - {phone_number: "+3225551622", max_concurrent_calls: 5}
                      - {phone_number: "+3225551623", max_concurrent_calls: 5}
                      - {phone_number: "+3225551624", max_concurrent_calls: 5}
                      - {phone_number: "+3225551625", max_concurrent_calls: 5}
                rules:
                  - {name: door-pin, organisation: doors, trunks: [demo], numbers: ["+3225551620"], type: individual,
                     room_prefix: board, pin: "2580", agents: [{name: demo, metadata: {scenario: echo}}]}
                  - {name: door-known, organisation: doors, trunks: [demo], numbers: ["+3225551621"], type: direct,
                     room_name: a-room-that-nobody-made, room_must_exist: true}
                  - {name: door-second, organisation: doors, trunks: [demo], numbers: ["+3225551622"], type: individual,
                     room_prefix: second, agents: [{name: nobody}], patience_seconds: 2,
                     fallback: [{agent: demo, metadata: {scenario: echo}, patience_seconds: 20}]}
                  - {name: door-busy, organisation: doors, trunks: [demo], numbers: ["+3225551623"], type: individual,
                     room_prefix: busy, agents: [{name: nobody}], patience_seconds: 2,
                     fallback: [{announcement: closed}, {refuse: 486}]}
                  - {name: door-onward, organisation: doors, trunks: [demo], numbers: ["+3225551624"], type: individual,
                     room_prefix: onward, agents: [{name: nobody}], patience_seconds: 2,
                     fallback: [{forward: "sip:helpdesk@pbx.example"}]}
                  - {name: door-hidden, organisation: doors, trunks: [demo], numbers: ["+3225551625"], type: individual,
                     room_prefix: hidden, hide_phone_number: true, answer_policy: immediate, patience_seconds: 60,
                     metadata: a-caller, attributes: {team: orders}}
                """);
    }

    private static Call dial(Phone phone, String number) {
        return phone.dial(CallRequest.to(number).from(CALLER));
    }

    private static void enter(Call call, String keys) {
        keys.chars().forEach(key -> call.sendDtmf((char) key));
    }

    @Test
    void thePinLetsTheCallerInAndTheAgentComesOnlyThen() {
        try (Phone phone = suite.phone()) {
            Call call = dial(phone, "+3225551620");
            call.awaitAnswer(PATIENCE);
            assertThat(suite.events().of(call).await(MediaReady.class).participantSid()).isEmpty();
            enter(call, "1111");
            enter(call, "2580");
            suite.events().of(call).await(AgentJoined.class);
            assertThat(suite.events().of(call).all(MediaReady.class)).hasSize(2);
            assertThat(suite.events().of(call).story()).containsSubsequence(
                    MediaReady.class, CallAnswered.class, MediaReady.class, AgentDispatched.class,
                    AgentJoined.class);
            assertThat(suite.events().of(call).all(DtmfReceived.class)).isEmpty();
            assertThat(call.hangUp().toCompletableFuture().join().status()).isEqualTo(200);
            suite.events().of(call).assertEnded(EndReason.CALLER_HUNG_UP);
        }
    }

    @Test
    void threeWrongPinsEndTheCallWhichWasNoTalk() throws Exception {
        try (Phone phone = suite.phone()) {
            // A different caller, because one who guessed wrong is throttled in the next call too.
            Call call = phone.dial(CallRequest.to("+3225551620").from("+32470510099"));
            call.awaitAnswer(PATIENCE);
            enter(call, "1111");
            enter(call, "258#");
            enter(call, "0852");
            CallEnded ended = suite.events().of(call).assertEnded(EndReason.PIN_WRONG);
            assertThat(ended.answered()).isTrue();
            assertThat(call.awaitEnd(PATIENCE)).isPresent();
            assertThat(suite.events().of(call).all(AgentDispatched.class)).isEmpty();
            assertThat(suite.script("trace", call.callId()).output())
                    .contains("Answered for the PIN alone, talked to nobody. Ended by sip-edge, pin-wrong");
        }
    }

    @Test
    void aRoomThatNobodyMadeRefusesTheCall() {
        try (Phone phone = suite.phone()) {
            Call call = dial(phone, "+3225551621");
            assertThat(call.awaitFinal(PATIENCE)).isInstanceOfSatisfying(
                    CallResult.Refused.class, refused -> assertThat(refused.status()).isEqualTo(404));
            suite.events().of(call).assertRejected(RefusalReason.ROOM_MISSING);
        }
    }

    @Test
    void whenTheFirstAgentDoesNotComeTheSecondDoes() {
        try (Phone phone = suite.phone()) {
            Call call = dial(phone, "+3225551622");
            call.awaitAnswer(PATIENCE);
            assertThat(suite.events().of(call).all(AgentDispatched.class))
                    .extracting(AgentDispatched::agent)
                    .containsExactly("nobody", "demo");
            assertThat(suite.events().of(call).all(AgentUnavailable.class)).isEmpty();
            assertThat(call.hangUp().toCompletableFuture().join().status()).isEqualTo(200);
            suite.events().of(call).assertEnded(EndReason.CALLER_HUNG_UP);
        }
    }

    @Test
    void theFallbacksStatusReachesTheCaller() {
        try (Phone phone = suite.phone()) {
            Call call = dial(phone, "+3225551623");
            assertThat(call.awaitFinal(PATIENCE)).isInstanceOfSatisfying(
                    CallResult.Refused.class, refused -> assertThat(refused.status()).isEqualTo(486));
            CallRejected rejected = suite.events().of(call).await(CallRejected.class);
            assertThat(rejected.reason()).isEqualTo(RefusalReason.NO_AGENT);
            assertThat(rejected.trace()).extracting("detail")
                    .contains("refused with status 486");
        }
    }

    @Test
    void aFallbackToWhereNoTrunkLeadsEndsInARefusal() {
        try (Phone phone = suite.phone()) {
            Call call = dial(phone, "+3225551624");
            assertThat(call.awaitFinal(PATIENCE)).isInstanceOfSatisfying(
                    CallResult.Refused.class, refused -> assertThat(refused.status()).isEqualTo(480));
            suite.events().of(call).assertRejected(RefusalReason.NO_AGENT);
        }
    }

    @Test
    void aHiddenNumberIsNotInTheRoom() throws Exception {
        try (Phone phone = suite.phone()) {
            Call call = dial(phone, "+3225551625");
            call.awaitAnswer(PATIENCE);
            CallRouted routed = suite.events().of(call).await(CallRouted.class);
            try (Ear ear = suite.ear(routed.room(), EAR_TONE)) {
                JsonNode caller = ear.awaitCaller();
                assertThat(caller.path("identity").asText()).matches("sip_[0-9a-f]{16}(_.*)?");
                assertThat(caller.path("attributes").path("team").asText()).isEqualTo("orders");
                assertThat(caller.toString() + ear.roomMetadata() + routed.room()).doesNotContain(CALLER.substring(3));
            }
            suite.events().of(call).assertEnded(EndReason.ROOM_CLOSED);
        }
    }
}
