package dev.trunkline.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.events.AgentJoined;
import dev.trunkline.events.AgentLeft;
import dev.trunkline.events.CallId;
import dev.trunkline.events.CallRouted;
import dev.trunkline.events.EndReason;
import dev.trunkline.events.TransferConsulting;
import dev.trunkline.events.TransferFailed;
import dev.trunkline.events.TransferStarted;
import dev.trunkline.events.TransferSucceeded;
import dev.trunkline.events.TransferWay;
import dev.trunkline.phone.AudioSource;
import dev.trunkline.phone.Call;
import dev.trunkline.phone.CallEnd;
import dev.trunkline.phone.CallRequest;
import dev.trunkline.phone.Phone;
import dev.trunkline.phone.TakenCall;
import dev.trunkline.system.support.Await;
import dev.trunkline.system.support.CallLog;
import dev.trunkline.system.support.CalledPhone;
import dev.trunkline.system.support.SuiteExtension;
import dev.trunkline.system.support.SuiteUnderTest;
import dev.trunkline.system.support.ToneWorker;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** The program for warm hand-offs of {@code docs/agents.md}, exactly as printed there, transfers callers to a phone. */
@Tag("long")
@ExtendWith(SuiteExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WarmTransferIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String NUMBER = "+3225551760";
    private static final int CALLER = 700;
    /** The tone that the program hums. */
    private static final int AGENT = 440;

    private final SuiteUnderTest suite;
    private CalledPhone target;
    private ToneWorker worker;

    WarmTransferIT(SuiteUnderTest suite) {
        this.suite = suite;
    }

    @BeforeAll
    void aPhoneARuleAndAWorker() throws Exception {
        target = CalledPhone.open(suite);
        target.does(CalledPhone.answers(CALLER, AGENT));
        worker = suite.warmWorker("warm-python", 19_188);
        suite.apply("""
                organisations:
                  - name: demo
                    numbers: [{phone_number: "%s", max_concurrent_calls: 5}]
                rules:
                  - {name: warm-transfer, organisation: demo, trunks: [demo], numbers: ["%s"], type: individual,
                     room_prefix: demo-warm, agents: [{name: warm-python, metadata: {hand_over: "+3225550198"}}], patience_seconds: 60}
                """.formatted(NUMBER, NUMBER));
        worker.awaitRegistered();
    }

    @AfterAll
    void close() {
        worker.close();
        target.close();
    }

    /** Returns the call of a caller who hears the agent and asks for somebody else. */
    private Call caller(Phone phone, String from) {
        Call call = phone.dial(CallRequest.to(NUMBER).from(from).saying(AudioSource.tone(CALLER))
                .listeningFor(AGENT, CalledPhone.TONE));
        call.awaitAnswer(PATIENCE);
        awaitAgent(call);
        call.sendDtmf('9');
        return call;
    }

    private static void awaitAgent(Call call) {
        long heard = call.media().heardMillis(AGENT);
        Await.until("the caller hears the agent", PATIENCE, () -> call.media().heardMillis(AGENT) >= heard + 500);
    }

    /** Brings agent and target into a conversation, while nobody speaks with the caller. */
    private TakenCall consulting(Call call, CallLog log) throws Exception {
        TakenCall taken = target.awaitCall();
        log.await(TransferConsulting.class);
        long before = call.media().heardMillis(AGENT);
        Await.until("the target hears the agent", PATIENCE, () -> taken.media().heardMillis(AGENT) >= 1_000);
        assertThat(call.media().heardMillis(AGENT)).as("the caller hears nothing of it").isEqualTo(before);
        assertThat(call.media().heardMillis(CalledPhone.TONE)).isZero();
        assertThat(taken.media().heardMillis(CALLER)).isZero();
        return taken;
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
    void theTargetTakesTheCallerAfterSpeakingWithTheAgent() throws Exception {
        try (Phone phone = suite.phone()) {
            Call call = caller(phone, "+32470100201");
            CallLog log = suite.events().of(call);
            TakenCall taken = consulting(call, log);
            taken.sendDtmf('1');
            assertThat(log.await(TransferSucceeded.class).way()).isEqualTo(TransferWay.WARM);
            Await.until("each hears the other", PATIENCE,
                    () -> call.media().heardMillis(CalledPhone.TONE) >= 500 && taken.media().heardMillis(CALLER) >= 500);
            log.await(AgentLeft.class);
            Await.until("the caller hears the target alone", PATIENCE, () -> call.toneNow().orElse(0) == CalledPhone.TONE);
            assertThat(log.all(AgentJoined.class)).as("nobody took the agent's place").hasSize(1);
            assertThat(suite.script("trace", log.callId()).output())
                    .contains("speaks with the agent; the caller waits", "the caller has the target, by warm");

            taken.hangUp().toCompletableFuture().join();
            assertThat(call.awaitEnd(PATIENCE).orElseThrow().by()).isEqualTo(CallEnd.By.FAR_END);
            log.assertEnded(EndReason.PARTNER_LEFT);
            assertNothingLeft(log);
        }
    }

    @Test
    void theTargetDeclinesByAKeyAndTheCallerIsWithTheAgentAgain() throws Exception {
        try (Phone phone = suite.phone()) {
            Call call = caller(phone, "+32470100202");
            CallLog log = suite.events().of(call);
            TakenCall taken = consulting(call, log);
            taken.sendDtmf('9');
            assertThat(log.await(TransferFailed.class).status()).hasValue(603);
            assertThat(taken.awaitEnd(PATIENCE).orElseThrow().by()).isEqualTo(CallEnd.By.FAR_END);
            leg(log).assertEnded(EndReason.CALLEE_DECLINED);
            awaitAgent(call);
            assertThat(log.all(AgentLeft.class)).isEmpty();
            call.hangUp().toCompletableFuture().join();
            log.assertEnded(EndReason.CALLER_HUNG_UP);
            assertNothingLeft(log);
        }
    }

    @Test
    void anAgentWhoIsKilledInTheMiddleIsReplacedAndTheTargetIsLetGo() throws Exception {
        try (Phone phone = suite.phone()) {
            Call call = caller(phone, "+32470100203");
            CallLog log = suite.events().of(call);
            TakenCall taken = consulting(call, log);
            worker.killAgentOf(log.callId());
            log.await(TransferFailed.class, PATIENCE);
            assertThat(taken.awaitEnd(PATIENCE).orElseThrow().by()).isEqualTo(CallEnd.By.FAR_END);
            leg(log).assertEnded(EndReason.AGENT_LEFT);
            assertThat(log.await(AgentLeft.class).alone()).isTrue();
            assertThat(call.media().heardMillis(CalledPhone.TONE)).as("the caller hears nothing of the target").isZero();
            awaitAgent(call);
            call.hangUp().toCompletableFuture().join();
            log.assertEnded(EndReason.CALLER_HUNG_UP);
            assertNothingLeft(log);
        }
    }

    @Test
    void aCallerWhoHangsUpInTheMiddleLeavesNothing() throws Exception {
        try (Phone phone = suite.phone()) {
            Call call = caller(phone, "+32470100204");
            CallLog log = suite.events().of(call);
            TakenCall taken = consulting(call, log);
            call.hangUp().toCompletableFuture().join();
            log.assertEnded(EndReason.CALLER_HUNG_UP);
            assertThat(taken.awaitEnd(PATIENCE).orElseThrow().by()).isEqualTo(CallEnd.By.FAR_END);
            leg(log).assertEnded(EndReason.PARTNER_LEFT);
            assertNothingLeft(log);
        }
    }
}
