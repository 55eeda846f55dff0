package dev.trunkline.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.events.AgentJoined;
import dev.trunkline.events.CallAnswered;
import dev.trunkline.events.CallEnded;
import dev.trunkline.events.EndReason;
import dev.trunkline.events.MediaReady;
import dev.trunkline.events.RoomGiven;
import dev.trunkline.phone.Call;
import dev.trunkline.phone.CallRequest;
import dev.trunkline.phone.Phone;
import dev.trunkline.system.support.Await;
import dev.trunkline.system.support.CallLog;
import dev.trunkline.system.support.Frozen;
import dev.trunkline.system.support.SuiteExtension;
import dev.trunkline.system.support.SuiteUnderTest;
import dev.trunkline.system.support.ToneWorker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Agents of LiveKit's Python worker that wait for callers, with two dispatchers, and two calls a second.
 * {@code -Dtrunkline.warm.calls=100} for the long form.
 */
@Tag("long")
@ExtendWith(SuiteExtension.class)
class WarmIT {
    private static final int CALLS = Integer.getInteger("trunkline.warm.calls", 20);
    private static final int CALLS_IN_TROUBLE = 16;
    private static final long BETWEEN_CALLS_MILLIS = 500;
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final int TONE = 900;
    private static final String NUMBER = "+3225551750";
    private static final String PREFIX = "warmly";
    private static final String DISPATCHER = "agent-dispatcher";

    private final SuiteUnderTest suite;
    private String second;
    private ToneWorker worker;

    WarmIT(SuiteUnderTest suite) {
        this.suite = suite;
    }

    private void rule(int warm) throws Exception {
        suite.apply("""
                organisations:
                  - name: warm
                    caller_rate: {calls: 100000, window_seconds: 3600}
                    numbers: [{phone_number: "+3225551750", max_concurrent_calls: 100}]
                rules:
                  - {name: warm, organisation: warm, trunks: [demo], numbers: ["+3225551750"], type: individual,
                     room_prefix: warmly, agents: [{name: waiter}], patience_seconds: 60, warm: %d}
                """.formatted(warm));
    }

    @BeforeEach
    void agentsWaitInTwoDispatchers() throws Exception {
        worker = suite.toneWorker("waiter", TONE, 200).awaitRegistered();
        second = suite.suite().addReplica(DISPATCHER);
        rule(3);
        awaitWaiting(DISPATCHER);
        awaitWaiting(second);
    }

    @AfterEach
    void nothingIsLeft() throws Exception {
        rule(0);
        suite.suite().removeReplica(second);
        Await.until("no room has anybody in it, agent or caller", PATIENCE, this::nobodyIsThere);
        worker.close();
    }

    private void awaitWaiting(String dispatcher) {
        Await.until("agents wait at " + dispatcher, PATIENCE, () -> suite.gauge(dispatcher, "trunkline_dispatcher_warm_waiting") >= 1);
    }

    private boolean nobodyIsThere() {
        try {
            return suite.rooms().occupied(PREFIX).isEmpty();
        } catch (Exception e) {
            return false;
        }
    }

    /** What happens while calls arrive. */
    private interface Trouble {
        void at(int call) throws Exception;
    }

    /** Places the calls and returns them in order. */
    private List<CallLog> call(int count, Trouble trouble) throws Exception {
        List<Future<CallLog>> calls = new ArrayList<>();
        try (Phone phone = suite.phone(); ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < count; i++) {
                String caller = "+324708900" + (10_000 + i);
                Callable<CallLog> life = () -> live(phone, caller);
                calls.add(callers.submit(life));
                trouble.at(i);
                Await.pause(BETWEEN_CALLS_MILLIS);
            }
            List<CallLog> logs = new ArrayList<>();
            for (Future<CallLog> one : calls) {
                logs.add(one.get());
            }
            return logs;
        }
    }

    private CallLog live(Phone phone, String caller) {
        Call call = phone.dial(CallRequest.to(NUMBER).from(caller).listeningFor(TONE));
        call.awaitAnswer(PATIENCE);
        Await.until("the caller hears the agent", PATIENCE, () -> call.media().heardMillis(TONE) >= 500);
        call.hangUp();
        CallLog log = suite.events().of(call);
        log.assertEnded(EndReason.CALLER_HUNG_UP);
        return log;
    }

    /** Asserts that no call is in two rooms, no two are in one, and every event about a call names the room in which it was. */
    private static void assertEachInARoomOfItsOwn(List<CallLog> calls) {
        List<String> rooms = new ArrayList<>();
        for (CallLog call : calls) {
            List<String> entered = call.all(MediaReady.class).stream().map(MediaReady::room).distinct().toList();
            assertThat(entered).as("rooms of call " + call.callId()).hasSize(1);
            assertThat(call.await(CallEnded.class).summary().orElseThrow().room()).contains(entered.getFirst());
            assertThat(call.all(AgentJoined.class)).as("agents of call " + call.callId()).hasSize(1);
            rooms.add(entered.getFirst());
        }
        assertThat(new HashSet<>(rooms)).as("rooms of all calls").hasSameSizeAs(rooms);
    }

    private static boolean wasWarm(CallLog call) {
        return call.await(MediaReady.class).room().contains("_warm_");
    }

    private static String setup(String which, List<CallLog> calls) {
        List<Long> millis = calls.stream().map(call -> call.await(CallAnswered.class).setupMillis()).sorted().toList();
        return millis.isEmpty() ? "no " + which : "%d %s: p50 %d ms, p95 %d ms, most %d ms".formatted(
                millis.size(), which, millis.get(millis.size() / 2), millis.get(millis.size() * 95 / 100), millis.getLast());
    }

    @Test
    void callersAreAnsweredByAgentsWhoWaitedEachInARoomOfItsOwn() throws Exception {
        List<CallLog> calls = call(CALLS, i -> {});

        System.out.printf("warm agents: setup of %s; %s; %s%n", setup("calls", calls),
                setup("warm", calls.stream().filter(WarmIT::wasWarm).toList()),
                setup("cold", calls.stream().filter(call -> !wasWarm(call)).toList()));
        assertEachInARoomOfItsOwn(calls);
        assertThat(calls.stream().filter(WarmIT::wasWarm)).as("calls that were put into a room with an agent").isNotEmpty();
        assertThat(calls).allSatisfy(call -> assertThat(call.all(RoomGiven.class)).hasSize(1));
    }

    @Test
    void aDispatcherThatIsFrozenAndOneThatIsKilledCostNobodyACall() throws Exception {
        List<CallLog> calls = call(CALLS_IN_TROUBLE, i -> {
            if (i == CALLS_IN_TROUBLE / 4) {
                try (Frozen frozen = Frozen.process(suite.suite().process(second).pid())) {
                    Await.pause(1_500);
                }
            } else if (i == CALLS_IN_TROUBLE / 2) {
                suite.suite().process(second).kill();
                suite.suite().restart(second);
            }
        });

        assertEachInARoomOfItsOwn(calls);
        awaitWaiting(second);
    }
}
