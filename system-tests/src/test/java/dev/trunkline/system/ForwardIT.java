package dev.trunkline.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.events.AgentUnavailable;
import dev.trunkline.events.CallAdmitted;
import dev.trunkline.events.CallAnswered;
import dev.trunkline.events.CallId;
import dev.trunkline.events.CallRejected;
import dev.trunkline.events.CallRouted;
import dev.trunkline.events.DialPurpose;
import dev.trunkline.events.EndReason;
import dev.trunkline.events.OutgoingLeg;
import dev.trunkline.events.RefusalReason;
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
import dev.trunkline.system.support.SuiteExtension;
import dev.trunkline.system.support.SuiteUnderTest;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Callers are forwarded to phones of the test, by a rule or because no agent came: from their INVITE to both last events. */
@ExtendWith(SuiteExtension.class)
class ForwardIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    /** The tone that the caller sends. */
    private static final int TONE = 700;
    private static final String TO_ONE = "+3225550681";
    private static final String ONE_THEN_OTHER = "+3225550682";
    private static final String BOTH_AT_ONCE = "+3225550683";
    private static final String TWO_SECONDS = "+3225550684";
    private static final String AT_ONCE = "+3225550685";
    private static final String AFTER_NO_AGENT = "+3225550686";
    private static final String NUMBERS = "{\"phone_number\": \"+322555068*\", \"organisation\": \"demo\", \"max_concurrent_calls\": 10}";
    private static final String RULES = """
            rules:
              - {name: it-forward-one, trunks: [demo], numbers: ["+3225550681"], type: forward,
                 forward_to: {to: "+3225550691", trunk: it-phone, headers: {X-Queue: sales}}}
              - {name: it-forward-then, trunks: [demo], numbers: ["+3225550682"], type: forward,
                 forward_to: [{to: "+3225550691", trunk: it-phone}, {to: "+3225550692", trunk: it-second-phone}]}
              - {name: it-forward-both, trunks: [demo], numbers: ["+3225550683"], type: forward,
                 forward_to: [[{to: "+3225550691", trunk: it-phone}, {to: "+3225550692", trunk: it-second-phone}]]}
              - {name: it-forward-short, trunks: [demo], numbers: ["+3225550684"], type: forward,
                 forward_to: {to: "+3225550691", trunk: it-phone, ring_seconds: 2}}
              - {name: it-forward-at-once, trunks: [demo], numbers: ["+3225550685"], type: forward, answer_policy: immediate,
                 forward_to: {to: "+3225550691", trunk: it-phone}}
              - {name: it-forward-fallback, trunks: [demo], numbers: ["+3225550686"], type: individual, agents: [{name: it-never-comes}],
                 patience_seconds: 1, fallback: [{forward: "+3225550691", trunk: it-phone, patience_seconds: 15}]}
            """;
    private static CalledPhone one;
    private static CalledPhone other;

    private final SuiteUnderTest suite;

    ForwardIT(SuiteUnderTest suite) {
        this.suite = suite;
    }

    @BeforeAll
    static void open(SuiteUnderTest suite) throws Exception {
        one = CalledPhone.open(suite);
        other = CalledPhone.openSecond(suite);
        suite.asAdmin().json("POST", "/numbers", NUMBERS);
        suite.apply(RULES);
    }

    @AfterAll
    static void close() {
        one.close();
        other.close();
    }

    private static Call dial(Phone phone, String number, String from) {
        return phone.dial(CallRequest.to(number).from(from).saying(AudioSource.tone(TONE)).listeningFor(CalledPhone.TONE));
    }

    private CallLog leg(CallLog caller, int number) {
        Await.until("leg " + number + " is called", PATIENCE, () -> caller.all(TransferStarted.class).size() > number);
        CallId leg = caller.all(TransferStarted.class).get(number).leg().orElseThrow();
        return suite.events().ofCall(leg.toString());
    }

    private static void assertTalk(Call call, TakenCall taken) {
        Await.until("each hears the other", PATIENCE,
                () -> call.media().heardMillis(CalledPhone.TONE) >= 500 && taken.media().heardMillis(TONE) >= 500);
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
    void aCallerIsAnsweredWhenTheTargetAnswersAndTheTwoHearEachOther() throws Exception {
        one.does(CalledPhone.answers(TONE));
        try (Phone phone = suite.phone()) {
            Call call = dial(phone, TO_ONE, "+32470100301");
            TakenCall taken = one.awaitCall();
            call.awaitAnswer(PATIENCE);
            CallLog log = suite.events().of(call);
            assertThat(taken.called()).isEqualTo("+3225550691");
            assertThat(taken.from()).isEqualTo("+3225550100");
            assertThat(taken.invite().headers().first("X-Queue")).contains("sales");
            assertTalk(call, taken);
            OutgoingLeg outgoing = leg(log, 0).await(CallRouted.class).outgoing().orElseThrow();
            assertThat(outgoing.purpose()).isEqualTo(DialPurpose.FORWARD);
            assertThat(outgoing.parent()).contains(CallId.of(log.callId()));

            assertThat(taken.hangUp().toCompletableFuture().join().status()).isEqualTo(200);
            assertThat(call.awaitEnd(PATIENCE).orElseThrow().by()).isEqualTo(CallEnd.By.FAR_END);
            log.assertEnded(EndReason.PARTNER_LEFT);
            leg(log, 0).assertEnded(EndReason.CALLEE_HUNG_UP);
            assertThat(log.story()).containsSubsequence(
                    CallRouted.class, CallAdmitted.class, TransferRequested.class, TransferStarted.class, TransferSucceeded.class);
            assertThat(log.all(CallAnswered.class)).hasSize(1);
            assertNothingLeft(log);
        }
    }

    @Test
    void whereTheFirstIsBusyTheNextRings() throws Exception {
        one.does(Answering.refusing(486, Duration.ZERO));
        other.does(CalledPhone.answers(TONE));
        try (Phone phone = suite.phone()) {
            Call call = dial(phone, ONE_THEN_OTHER, "+32470100302");
            one.awaitCall();
            TakenCall taken = other.awaitCall();
            call.awaitAnswer(PATIENCE);
            CallLog log = suite.events().of(call);
            assertTalk(call, taken);
            assertThat(log.await(TransferFailed.class).status()).hasValue(486);
            assertThat(log.await(TransferSucceeded.class).transfer()).isEqualTo("forward.2.1");

            call.hangUp().toCompletableFuture().join();
            log.assertEnded(EndReason.CALLER_HUNG_UP);
            assertThat(taken.awaitEnd(PATIENCE).orElseThrow().by()).isEqualTo(CallEnd.By.FAR_END);
            assertNothingLeft(log);
        }
    }

    @Test
    void ofTwoWhoRingAtOnceTheFirstWhoAnswersHasTheCaller() throws Exception {
        one.does(Answering.never());
        other.does(CalledPhone.answers(TONE));
        try (Phone phone = suite.phone()) {
            Call call = dial(phone, BOTH_AT_ONCE, "+32470100303");
            TakenCall ringing = one.awaitCall();
            TakenCall taken = other.awaitCall();
            call.awaitAnswer(PATIENCE);
            CallLog log = suite.events().of(call);
            assertTalk(call, taken);
            assertThat(ringing.awaitFinal(PATIENCE)).isEqualTo(new CallResult.Cancelled(false));

            taken.hangUp().toCompletableFuture().join();
            assertThat(call.awaitEnd(PATIENCE).orElseThrow().by()).isEqualTo(CallEnd.By.FAR_END);
            log.assertEnded(EndReason.PARTNER_LEFT);
            assertThat(log.all(TransferSucceeded.class)).hasSize(1);
            assertNothingLeft(log);
        }
    }

    @Test
    void whereEverybodyIsBusySoIsTheCallersCall() throws Exception {
        one.does(Answering.refusing(486, Duration.ZERO));
        other.does(Answering.refusing(486, Duration.ZERO));
        try (Phone phone = suite.phone()) {
            Call call = dial(phone, ONE_THEN_OTHER, "+32470100304");
            CallResult.Refused refused = (CallResult.Refused) call.awaitFinal(PATIENCE);
            one.awaitCall();
            other.awaitCall();
            CallLog log = suite.events().of(call);
            assertThat(refused.status()).isEqualTo(486);
            CallRejected rejected = log.await(CallRejected.class);
            assertThat(rejected.reason()).isEqualTo(RefusalReason.FORWARD_FAILED);
            assertThat(rejected.status()).isEqualTo(486);
            assertThat(refused.headers().all("Reason")).anyMatch(reason -> reason.contains("forward-failed"));
            assertNothingLeft(log);
        }
    }

    @Test
    void whereNobodyAnswersTheCallerIsToldSo() throws Exception {
        one.does(Answering.never());
        try (Phone phone = suite.phone()) {
            Call call = dial(phone, TWO_SECONDS, "+32470100305");
            TakenCall ringing = one.awaitCall();
            CallResult.Refused refused = (CallResult.Refused) call.awaitFinal(PATIENCE);
            CallLog log = suite.events().of(call);
            assertThat(refused.status()).isEqualTo(480);
            log.assertRejected(RefusalReason.FORWARD_FAILED);
            assertThat(ringing.awaitFinal(PATIENCE)).isEqualTo(new CallResult.Cancelled(false));
            leg(log, 0).assertEnded(EndReason.NO_ANSWER);
            assertNothingLeft(log);
        }
    }

    @Test
    void aCallerWhoIsAnsweredAtOnceWaitsForTheTarget() throws Exception {
        one.does(Answering.after(Duration.ofSeconds(3)).saying(AudioSource.tone(CalledPhone.TONE)).listeningFor(TONE));
        try (Phone phone = suite.phone()) {
            Call call = dial(phone, AT_ONCE, "+32470100306");
            call.awaitAnswer(PATIENCE);
            TakenCall taken = one.awaitCall();
            CallLog log = suite.events().of(call);
            assertTalk(call, taken);
            List<Class<?>> story = log.story();
            assertThat(story).containsSubsequence(CallAnswered.class, TransferSucceeded.class);

            taken.hangUp().toCompletableFuture().join();
            assertThat(call.awaitEnd(PATIENCE).orElseThrow().by()).isEqualTo(CallEnd.By.FAR_END);
            log.assertEnded(EndReason.PARTNER_LEFT);
            assertNothingLeft(log);
        }
    }

    @Test
    void aCallerToWhomNoAgentCameGoesOnByTheFallback() throws Exception {
        one.does(CalledPhone.answers(TONE));
        try (Phone phone = suite.phone()) {
            Call call = dial(phone, AFTER_NO_AGENT, "+32470100307");
            TakenCall taken = one.awaitCall();
            call.awaitAnswer(PATIENCE);
            CallLog log = suite.events().of(call);
            assertTalk(call, taken);
            assertThat(log.story()).containsSubsequence(AgentUnavailable.class, TransferRequested.class, TransferSucceeded.class);
            assertThat(log.await(TransferRequested.class).requestedBy()).isEqualTo("fallback");

            call.hangUp().toCompletableFuture().join();
            log.assertEnded(EndReason.CALLER_HUNG_UP);
            assertThat(taken.awaitEnd(PATIENCE).orElseThrow().by()).isEqualTo(CallEnd.By.FAR_END);
            assertNothingLeft(log);
        }
    }
}
