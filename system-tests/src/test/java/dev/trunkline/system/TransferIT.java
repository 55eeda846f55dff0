package dev.trunkline.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.events.AgentLeft;
import dev.trunkline.events.CallAnswered;
import dev.trunkline.events.CallDirection;
import dev.trunkline.events.CallEnded;
import dev.trunkline.events.CallId;
import dev.trunkline.events.CallRouted;
import dev.trunkline.events.EndReason;
import dev.trunkline.events.LegRinging;
import dev.trunkline.events.TransferFailed;
import dev.trunkline.events.TransferRequested;
import dev.trunkline.events.TransferStarted;
import dev.trunkline.events.TransferSucceeded;
import dev.trunkline.phone.Answering;
import dev.trunkline.phone.AudioSource;
import dev.trunkline.phone.Call;
import dev.trunkline.phone.CallEnd;
import dev.trunkline.phone.CallRequest;
import dev.trunkline.phone.CallResult;
import dev.trunkline.phone.Phone;
import dev.trunkline.phone.TakenCall;
import dev.trunkline.system.support.Await;
import dev.trunkline.system.support.CallLog;
import dev.trunkline.system.support.CalledPhone;
import dev.trunkline.system.support.Script;
import dev.trunkline.system.support.SuiteExtension;
import dev.trunkline.system.support.SuiteUnderTest;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A caller who talks with the demo agent is transferred to a phone, by an outbound call that is joined with the caller's. */
@ExtendWith(SuiteExtension.class)
class TransferIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    /** A number of the demo: a 9 transfers the caller, by the agent's data message. */
    private static final String HAND_OVER = "+3225550107";
    private static final int TONE = 700;
    private static CalledPhone target;

    private final SuiteUnderTest suite;

    TransferIT(SuiteUnderTest suite) {
        this.suite = suite;
    }

    @BeforeAll
    static void open(SuiteUnderTest suite) throws Exception {
        target = CalledPhone.open(suite);
    }

    @AfterAll
    static void close() {
        target.close();
    }

    /** Returns the call of a caller who hears the agent. */
    private static Call caller(Phone phone, String from) {
        Call call = phone.dial(CallRequest.to(HAND_OVER).from(from).saying(AudioSource.tone(TONE)).listeningFor(CalledPhone.TONE));
        call.awaitAnswer(PATIENCE);
        awaitEcho(call);
        return call;
    }

    private static void awaitEcho(Call call) {
        long heard = call.media().heardMillis(TONE);
        Await.until("the caller hears the agent", PATIENCE, () -> call.media().heardMillis(TONE) >= heard + 500);
    }

    private CallLog leg(CallLog caller) {
        CallId leg = caller.await(TransferStarted.class).leg().orElseThrow();
        return suite.events().ofCall(leg.toString());
    }

    private void assertNothingLeft(CallLog caller) {
        String room = caller.await(CallRouted.class).room();
        Await.until("nobody is in the room", PATIENCE, () -> isEmpty(room));
        Await.until("no slot is held", PATIENCE, () -> suite.gauge("rate-limiter", "trunkline_limiter_calls") == 0);
    }

    private boolean isEmpty(String room) {
        try {
            return suite.rooms().occupied(room).isEmpty();
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Test
    void theAgentHandsTheCallerOverAndTheTwoHearEachOtherWithoutIt() throws Exception {
        target.does(CalledPhone.answers(TONE));
        try (Phone phone = suite.phone()) {
            Call call = caller(phone, "+32470100101");
            CallLog log = suite.events().of(call);
            call.sendDtmf('9');
            assertThat(log.await(TransferRequested.class).requestedBy()).isEqualTo("agent");
            TakenCall taken = target.awaitCall();
            log.await(TransferSucceeded.class);
            Await.until("each hears the other", PATIENCE,
                    () -> call.media().heardMillis(CalledPhone.TONE) >= 500 && taken.media().heardMillis(TONE) >= 500);
            log.await(AgentLeft.class);
            Await.until("the caller hears the target alone", PATIENCE, () -> call.toneNow().orElse(0) == CalledPhone.TONE);

            assertThat(taken.hangUp().toCompletableFuture().join().status()).isEqualTo(200);
            assertThat(call.awaitEnd(PATIENCE).orElseThrow().by()).isEqualTo(CallEnd.By.FAR_END);
            log.assertEnded(EndReason.PARTNER_LEFT);
            CallEnded legEnded = leg(log).assertEnded(EndReason.CALLEE_HUNG_UP);
            assertThat(legEnded.summary()).hasValueSatisfying(summary -> {
                assertThat(summary.direction()).isEqualTo(CallDirection.OUTBOUND);
                assertThat(summary.parent()).contains(CallId.of(log.callId()));
            });
            Script.Ended trace = suite.script("trace", log.callId());
            assertThat(trace.output()).contains("agent asks for the caller to be handed over", "the caller has the target, by bridge")
                    .contains("leg of    " + log.callId(), "whoever was called answered");
            assertNothingLeft(log);
        }
    }

    @Test
    void whereTheTargetIsBusyTheCallerIsWithTheAgentAsBefore() throws Exception {
        target.does(Answering.refusing(486, Duration.ZERO));
        try (Phone phone = suite.phone()) {
            Call call = caller(phone, "+32470100102");
            CallLog log = suite.events().of(call);
            call.sendDtmf('9');
            assertThat(log.await(TransferFailed.class).status()).hasValue(486);
            target.awaitCall();
            leg(log).assertEnded(EndReason.CALLEE_BUSY);
            awaitEcho(call);
            assertThat(log.all(AgentLeft.class)).isEmpty();
            call.hangUp().toCompletableFuture().join();
            log.assertEnded(EndReason.CALLER_HUNG_UP);
            assertNothingLeft(log);
        }
    }

    @Test
    void whenTheCallerHangsUpWhileTheTargetRingsTheTargetStopsRinging() throws Exception {
        target.does(Answering.never());
        try (Phone phone = suite.phone()) {
            Call call = caller(phone, "+32470100103");
            CallLog log = suite.events().of(call);
            call.sendDtmf('9');
            TakenCall taken = target.awaitCall();
            CallLog leg = leg(log);
            leg.await(LegRinging.class);
            call.hangUp().toCompletableFuture().join();
            log.assertEnded(EndReason.CALLER_HUNG_UP);
            assertThat(taken.awaitFinal(PATIENCE)).isEqualTo(new CallResult.Cancelled(false));
            leg.assertEnded(EndReason.PARTNER_LEFT);
            assertThat(leg.all(CallAnswered.class)).isEmpty();
            assertNothingLeft(log);
        }
    }

    @Test
    void aPersonWhoAsksByRestHandsTheCallerOverAndTheAgentMayStay() throws Exception {
        target.does(CalledPhone.answers(TONE));
        try (Phone phone = suite.phone()) {
            Call call = caller(phone, "+32470100104");
            CallLog log = suite.events().of(call);
            suite.asAdmin().json("POST", "/calls/" + log.callId() + "/transfer",
                    "{\"to\": \"+3225550198\", \"way\": \"bridge\", \"agents_stay\": true}");
            TakenCall taken = target.awaitCall();
            assertThat(log.await(TransferSucceeded.class).agentsStay()).isTrue();
            // The agent echoes the caller: mixed with the target's tone, neither would stand out.
            call.say(AudioSource.silence());
            Await.until("the caller hears the target", PATIENCE, () -> call.media().heardMillis(CalledPhone.TONE) >= 500);
            call.say(AudioSource.tone(TONE));
            Await.until("the target hears the caller", PATIENCE, () -> taken.media().heardMillis(TONE) >= 500);
            assertThat(log.all(AgentLeft.class)).isEmpty();
            call.hangUp().toCompletableFuture().join();
            log.assertEnded(EndReason.CALLER_HUNG_UP);
            assertThat(taken.awaitEnd(PATIENCE).orElseThrow().by()).isEqualTo(CallEnd.By.FAR_END);
            assertNothingLeft(log);
        }
    }
}
