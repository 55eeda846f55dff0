package dev.trunkline.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.events.AgentDispatched;
import dev.trunkline.events.AgentJoined;
import dev.trunkline.events.AgentLeft;
import dev.trunkline.events.CallEnded;
import dev.trunkline.events.EndReason;
import dev.trunkline.phone.AudioSource;
import dev.trunkline.phone.Call;
import dev.trunkline.phone.CallEnd;
import dev.trunkline.phone.CallRequest;
import dev.trunkline.phone.CallResult;
import dev.trunkline.phone.Phone;
import dev.trunkline.system.support.Await;
import dev.trunkline.system.support.CallLog;
import dev.trunkline.system.support.Ear;
import dev.trunkline.system.support.SuiteExtension;
import dev.trunkline.system.support.SuiteUnderTest;
import dev.trunkline.system.support.ToneWorker;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** Agents of LiveKit's Python worker that are killed, leave, come late or are full, and people who come and go. */
@Tag("long")
@ExtendWith(SuiteExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AgentLeavesIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    /** The longest silence that the project promises to a caller, in ms. */
    private static final double A_SECOND = 1_000;
    private static final int TONE = 900;
    private static final int EAR_TONE = 1_400;
    private static final String CALLER = "+32470860001";
    private static final String REPLACED = "+3225551720";
    private static final String NOT_REPLACED = "+3225551721";
    private static final String HANGS_UP = "+3225551722";
    private static final String STAYS = "+3225551723";
    private static final String DESK = "+3225551724";
    private static final String DESK_ROOM = "leave-desk";
    private static final String LATE = "+3225551725";
    private static final String FULL = "+3225551726";
    private static final String AGENT_LEFT = "SIP;cause=480;text=\"agent-left\"";

    private final SuiteUnderTest suite;
    private ToneWorker worker;

    AgentLeavesIT(SuiteUnderTest suite) {
        this.suite = suite;
    }

    @BeforeAll
    void rulesAndAWorker() throws Exception {
        suite.apply("""
                organisations:
                  - name: leaving
                    caller_rate: {calls: 1000, window_seconds: 3600}
                    numbers:
                      - {phone_number: "+3225551720", max_concurrent_calls: 5}
                      - {phone_number: "+3225551721", max_concurrent_calls: 1}
                      - {phone_number: "+3225551722", max_concurrent_calls: 1}
                      - {phone_number: "+3225551723", max_concurrent_calls: 5}
                      - {phone_number: "+3225551724", max_concurrent_calls: 5}
                      - {phone_number: "+3225551725", max_concurrent_calls: 5}
                      - {phone_number: "+3225551726", max_concurrent_calls: 5}
                rules:
                  - {name: leave-replaced, organisation: leaving, trunks: [demo], numbers: ["+3225551720"],
                     type: individual, room_prefix: leave, agents: [{name: leaver}], patience_seconds: 40}
                  - {name: leave-alone, organisation: leaving, trunks: [demo], numbers: ["+3225551721"],
                     type: individual, room_prefix: leave, agents: [{name: leaver-once}], patience_seconds: 8,
                     answer_policy: immediate}
                  - {name: leave-hang-up, organisation: leaving, trunks: [demo], numbers: ["+3225551722"],
                     type: individual, room_prefix: leave, agents: [{name: leaver}], patience_seconds: 40,
                     when_agent_leaves: hang_up}
                  - {name: leave-stay, organisation: leaving, trunks: [demo], numbers: ["+3225551723"], type: direct,
                     room_name: leave-stay, agents: [{name: leaver}], patience_seconds: 40, when_agent_leaves: stay}
                  - {name: leave-desk, organisation: leaving, trunks: [demo], numbers: ["+3225551724"], type: desk,
                     room_name: leave-desk, patience_seconds: 30}
                  - {name: leave-late, organisation: leaving, trunks: [demo], numbers: ["+3225551725"],
                     type: individual, room_prefix: leave, agents: [{name: latecomer}], patience_seconds: 60}
                  - {name: leave-full, organisation: leaving, trunks: [demo], numbers: ["+3225551726"],
                     type: individual, room_prefix: leave, agents: [{name: only-one}], patience_seconds: 60}
                """);
        worker = suite.toneWorker("leaver", TONE, 10).awaitRegistered();
    }

    @AfterAll
    void workerEnds() {
        worker.close();
    }

    @Test
    void anAgentThatIsKilledIsReplacedAndTheCallerIsNeverSilentForASecond() {
        try (Phone phone = suite.phone()) {
            Call call = answered(phone, REPLACED);
            awaitTone(call, TONE, 1_000);
            CallLog log = suite.events().of(call);
            worker.killAgentOf(log.callId());
            AgentLeft left = log.await(AgentLeft.class, PATIENCE);
            assertThat(left.kind()).isEqualTo("agent");
            assertThat(left.alone()).isTrue();
            assertThat(left.why()).isNotBlank();
            Await.until("a second agent is there", PATIENCE, () -> log.all(AgentJoined.class).size() == 2);
            awaitTone(call, TONE, call.media().heardMillis(TONE) + 1_000);
            assertThat(worker.agentsOf(log.callId())).hasSize(1);
            assertThat(log.story()).containsSubsequence(
                    AgentJoined.class, AgentLeft.class, AgentDispatched.class, AgentJoined.class);
            assertNeverSilent(call);
            hangUp(call, log);
        }
    }

    @Test
    void anAgentThatLeavesByItselfIsReplacedToo() {
        try (Phone phone = suite.phone()) {
            Call call = answered(phone, REPLACED);
            awaitTone(call, TONE, 1_000);
            CallLog log = suite.events().of(call);
            call.sendDtmf('0');
            assertThat(log.await(AgentLeft.class, PATIENCE).why()).isEqualTo("client-initiated");
            Await.until("a second agent is there", PATIENCE, () -> log.all(AgentJoined.class).size() == 2);
            awaitTone(call, TONE, call.media().heardMillis(TONE) + 1_000);
            assertNeverSilent(call);
            hangUp(call, log);
        }
    }

    @Test
    void whereNobodyTakesThePlaceTheCallEndsAndItsSlotIsFree() throws Exception {
        try (Phone phone = suite.phone(); ToneWorker once = suite.toneWorker("leaver-once", TONE, 5).awaitRegistered()) {
            Call call = answered(phone, NOT_REPLACED);
            awaitTone(call, TONE, 1_000);
            CallLog log = suite.events().of(call);
            once.kill();
            log.await(AgentLeft.class, PATIENCE);
            assertEndedByUs(call, log);
            assertSlotIsFree(phone, NOT_REPLACED);
        }
    }

    @Test
    void aRuleMayHangUp() {
        try (Phone phone = suite.phone()) {
            Call call = answered(phone, HANGS_UP);
            awaitTone(call, TONE, 1_000);
            CallLog log = suite.events().of(call);
            call.sendDtmf('0');
            assertEndedByUs(call, log);
            assertThat(log.all(AgentDispatched.class)).hasSize(1);
            assertSlotIsFree(phone, HANGS_UP);
        }
    }

    @Test
    void aRuleMayLetTheCallerWaitForWhoComesNext() throws Exception {
        try (Phone phone = suite.phone()) {
            Call call = answered(phone, STAYS);
            awaitTone(call, TONE, 1_000);
            CallLog log = suite.events().of(call);
            call.sendDtmf('0');
            assertThat(log.await(AgentLeft.class, PATIENCE).alone()).isTrue();
            // Longer than LiveKit takes to report it, and longer than any pause between dispatches.
            Await.pause(5_000);
            assertThat(call.isUp()).isTrue();
            assertThat(log.all(AgentDispatched.class)).hasSize(1);
            assertNeverSilent(call);
            try (Ear person = suite.ear("leave-stay", EAR_TONE)) {
                person.awaitCaller();
                awaitTone(call, EAR_TONE, 1_000);
                assertThat(log.all(AgentJoined.class)).last().satisfies(who -> assertThat(who.kind()).isEqualTo("standard"));
                hangUp(call, log);
            }
        }
    }

    @Test
    void atADeskTheNextPersonTakesThePlaceOfWhoLeft() throws Exception {
        try (Phone phone = suite.phone(); Ear first = suite.ear(DESK_ROOM, EAR_TONE)) {
            Call call = answered(phone, DESK);
            awaitTone(call, EAR_TONE, 1_000);
            CallLog log = suite.events().of(call);
            first.leave();
            AgentLeft left = log.await(AgentLeft.class, PATIENCE);
            assertThat(left.kind()).isEqualTo("standard");
            assertThat(left.alone()).isTrue();
            try (Ear second = suite.ear(DESK_ROOM, EAR_TONE + 200)) {
                second.awaitCaller();
                awaitTone(call, EAR_TONE + 200, 1_000);
                assertNeverSilent(call);
                hangUp(call, log);
            }
            assertThat(suite.script("trace", call.callId()).output())
                    .contains("a person there answers, answered when a person publishes or listens", "(a person) answers", "(a person) left")
                    .doesNotContain("an agent");
        }
    }

    @Test
    void aWorkerThatRegistersFiveSecondsLateGetsTheCall() throws Exception {
        try (Phone phone = suite.phone()) {
            Call call = dial(phone, LATE);
            CallLog log = suite.events().of(call);
            log.await(AgentDispatched.class);
            Await.pause(5_000);
            try (ToneWorker late = suite.toneWorker("latecomer", TONE, 5).awaitRegistered()) {
                call.awaitAnswer(PATIENCE);
                awaitTone(call, TONE, 500);
                assertThat(log.all(AgentDispatched.class)).hasSizeGreaterThan(1);
                assertThat(late.agentsOf(log.callId())).hasSize(1);
                assertThat(log.all(AgentJoined.class)).hasSize(1);
                hangUp(call, log);
            }
        }
    }

    @Test
    void aWorkerThatWasFullGetsTheCallWhenItIsFree() throws Exception {
        try (Phone phone = suite.phone(); ToneWorker narrow = suite.toneWorker("only-one", TONE, 1).awaitRegistered()) {
            Call first = answered(phone, FULL);
            awaitTone(first, TONE, 1_000);
            // A worker reports its load to LiveKit each 2.5 s.
            Await.pause(4_000);
            Call second = dial(phone, FULL);
            CallLog log = suite.events().of(second);
            Await.until("the second call's agent is asked for again", PATIENCE,
                    () -> log.all(AgentDispatched.class).size() > 1);
            assertThat(second.isUp()).isFalse();
            hangUp(first, suite.events().of(first));
            second.awaitAnswer(PATIENCE);
            awaitTone(second, TONE, 500);
            assertThat(narrow.agentsOf(log.callId())).hasSize(1);
            hangUp(second, log);
        }
    }

    private static Call dial(Phone phone, String number) {
        return phone.dial(CallRequest.to(number).from(CALLER).saying(AudioSource.tone(500))
                .listeningFor(TONE, EAR_TONE, EAR_TONE + 200));
    }

    private static Call answered(Phone phone, String number) {
        Call call = dial(phone, number);
        call.awaitAnswer(PATIENCE);
        return call;
    }

    private static void awaitTone(Call call, int hertz, long millis) {
        Await.until("the phone hears " + hertz + " Hz for " + millis + " ms", PATIENCE,
                () -> call.media().heardMillis(hertz) >= millis);
    }

    private static void assertNeverSilent(Call call) {
        assertThat(call.media().longestSilenceMillis()).as("the longest silence that the caller heard, ms").isLessThan(A_SECOND);
    }

    private void assertEndedByUs(Call call, CallLog log) {
        CallEnd end = call.awaitEnd(PATIENCE).orElseThrow(() -> new AssertionError("the call is still up"));
        assertThat(end.by()).isEqualTo(CallEnd.By.FAR_END);
        assertThat(end.reason()).hasValue(AGENT_LEFT);
        CallEnded ended = log.assertEnded(EndReason.AGENT_LEFT);
        assertThat(ended.answered()).isTrue();
        assertNeverSilent(call);
    }

    /** Asserts that the next call is not busy; the number takes one call at a time. */
    private void assertSlotIsFree(Phone phone, String number) {
        Await.until("the next call to " + number + " is not busy", Duration.ofSeconds(15), () -> {
            Call next = dial(phone, number);
            boolean busy = next.awaitFinal(Duration.ofMillis(1_500)) instanceof CallResult.Refused refused
                    && refused.status() == 486;
            next.hangUp().toCompletableFuture().join();
            return !busy;
        });
    }

    private static void hangUp(Call call, CallLog log) {
        assertThat(call.hangUp().toCompletableFuture().join().status()).isEqualTo(200);
        log.assertEnded(EndReason.CALLER_HUNG_UP);
    }
}
