package dev.trunkline.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.trunkline.bus.CallEventPublisher;
import dev.trunkline.bus.KafkaAddress;
import dev.trunkline.events.CallAdmitted;
import dev.trunkline.events.CallAnswered;
import dev.trunkline.events.CallDirection;
import dev.trunkline.events.CallEnded;
import dev.trunkline.events.CallId;
import dev.trunkline.events.CallRouted;
import dev.trunkline.events.EndCall;
import dev.trunkline.events.EndReason;
import dev.trunkline.events.Envelope;
import dev.trunkline.events.LegFailed;
import dev.trunkline.events.LegRinging;
import dev.trunkline.events.codec.Envelopes;
import dev.trunkline.phone.Answering;
import dev.trunkline.phone.CallEnd;
import dev.trunkline.phone.CallResult;
import dev.trunkline.phone.TakenCall;
import dev.trunkline.system.support.Await;
import dev.trunkline.system.support.CallLog;
import dev.trunkline.system.support.CalledPhone;
import dev.trunkline.system.support.Script;
import dev.trunkline.system.support.SuiteExtension;
import dev.trunkline.system.support.SuiteUnderTest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The suite calls a phone of the test, from the request to the router to the last event. */
@ExtendWith(SuiteExtension.class)
class CallOutIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static CalledPhone callee;

    private final SuiteUnderTest suite;

    CallOutIT(SuiteUnderTest suite) {
        this.suite = suite;
    }

    @BeforeAll
    static void open(SuiteUnderTest suite) throws Exception {
        callee = CalledPhone.open(suite);
    }

    @AfterAll
    static void close() {
        callee.close();
    }

    private CallLog dial(String number, String more) throws Exception {
        JsonNode made = suite.asAdmin().json("POST", "/calls", "{\"organisation\": \"demo\", \"to\": \"%s\", \"trunk\": \"%s\"%s}"
                .formatted(number, CalledPhone.TRUNK, more));
        return suite.events().ofCall(made.path("call_id").asText());
    }

    @Test
    void thePhoneRingsIsAnsweredAndTalksWithTheAgentUntilItHangsUp() throws Exception {
        callee.does(CalledPhone.answers(CalledPhone.TONE));
        CallLog log = dial("+3225550191", ", \"agents\": [{\"name\": \"demo\"}]");
        TakenCall call = callee.awaitCall();
        assertThat(call.called()).isEqualTo("+3225550191");
        assertThat(call.from()).isEqualTo("+3225550100");
        log.await(CallAnswered.class);
        // The agent echoes, so the tone has gone both ways.
        Await.until("the phone hears its own tone from the agent", PATIENCE, () -> call.media().heardMillis(CalledPhone.TONE) >= 500);
        assertThat(call.hangUp().toCompletableFuture().join().status()).isEqualTo(200);

        CallEnded ended = log.assertEnded(EndReason.CALLEE_HUNG_UP);
        assertThat(ended.summary()).hasValueSatisfying(summary -> {
            assertThat(summary.direction()).isEqualTo(CallDirection.OUTBOUND);
            assertThat(summary.parent()).isEmpty();
            assertThat(summary.trunk().name()).isEqualTo(CalledPhone.TRUNK);
            assertThat(summary.talkMillis()).isPositive();
        });
        assertThat(log.story()).containsSubsequence(
                CallRouted.class, CallAdmitted.class, LegRinging.class, CallAnswered.class, CallEnded.class);
        assertThat(log.await(CallAdmitted.class).counts()).extracting(count -> count.what()).contains("trunk", "calls-out", "trunk-rate");
    }

    @Test
    void aBusyPhoneIsSaidToBeBusy() throws Exception {
        callee.does(Answering.refusing(486, Duration.ZERO));
        CallLog log = dial("+3225550192", "");
        assertThat(log.assertEnded(EndReason.CALLEE_BUSY).answered()).isFalse();
        assertThat(log.await(LegFailed.class).status()).isEqualTo(486);
        callee.awaitCall();
    }

    @Test
    void aPhoneThatDeclinesIsSaidToDecline() throws Exception {
        callee.does(Answering.refusing(603, Duration.ZERO));
        CallLog log = dial("+3225550193", "");
        log.assertEnded(EndReason.CALLEE_DECLINED);
        callee.awaitCall();
    }

    @Test
    void aPhoneThatNobodyAnswersStopsRinging() throws Exception {
        callee.does(Answering.never());
        CallLog log = dial("+3225550194", ", \"ringing_seconds\": 2");
        TakenCall call = callee.awaitCall();
        log.assertEnded(EndReason.NO_ANSWER);
        assertThat(call.awaitFinal(PATIENCE)).isEqualTo(new CallResult.Cancelled(false));
    }

    @Test
    void aCallThatIsEndedByACommandWhileItRingsIsCancelled() throws Exception {
        callee.does(Answering.never());
        CallLog log = dial("+3225550195", "");
        TakenCall call = callee.awaitCall();
        log.await(LegRinging.class);
        try (var publisher = new CallEventPublisher(KafkaAddress.of(suite.suite().backends().kafka()), "call-out-it")) {
            var envelopes = new Envelopes("/test/call-out-it", Clock.systemUTC(), UUID::randomUUID);
            var end = new EndCall(CallId.of(log.callId()), EndReason.REQUESTED, "test", "Enough.");
            publisher.publish(envelopes.first(end, Envelope.Owners.NONE)).toCompletableFuture().join();
        }
        log.assertEnded(EndReason.REQUESTED);
        assertThat(call.awaitFinal(PATIENCE)).isEqualTo(new CallResult.Cancelled(false));
    }

    @Test
    void aDestinationThatIsNotAllowedIsRefusedWithItsReasonAndTheSteps() throws Exception {
        int before = callee.calls();
        HttpResponse<String> answer = suite.asAdmin().send("POST", "/calls",
                "{\"organisation\": \"demo\", \"to\": \"+881612345678\", \"trunk\": \"%s\"}".formatted(CalledPhone.TRUNK));
        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.body()).contains("destination-forbidden", "\"trace\"");
        assertThat(callee.calls()).isEqualTo(before);
    }

    @Test
    void theCommandDialShowsTheCallToItsEnd() throws Exception {
        callee.does(CalledPhone.answers().talkingFor(Duration.ofSeconds(1)));
        Script.Ended told = suite.script("dial", "+3225550197", "--trunk", CalledPhone.TRUNK);
        assertThat(told.exitCode()).as(told.output()).isZero();
        assertThat(told.output()).contains("call.routed", "out by trunk " + CalledPhone.TRUNK, "call.answered", "callee-hung-up");
        assertThat(callee.awaitCall().called()).isEqualTo("+3225550197");
    }

    @Test
    void aCallThatTheSuiteEndsHangsUpThePhone() throws Exception {
        callee.does(CalledPhone.answers());
        CallLog log = dial("+3225550196", "");
        TakenCall call = callee.awaitCall();
        log.await(CallAnswered.class);
        String room = log.await(CallRouted.class).room();
        suite.rooms().close(room);
        log.assertEnded(EndReason.ROOM_CLOSED);
        assertThat(call.awaitEnd(PATIENCE).orElseThrow().by()).isEqualTo(CallEnd.By.FAR_END);
    }
}
