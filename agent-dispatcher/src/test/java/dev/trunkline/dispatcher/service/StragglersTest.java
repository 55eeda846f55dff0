package dev.trunkline.dispatcher.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.dispatcher.livekit.AgentDispatches;
import dev.trunkline.events.Agent;
import dev.trunkline.events.AgentJoined;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import livekit.LivekitAgent.Job;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Agents who come, or stay, although their dispatch was taken back. */
@QuarkusTest
@QuarkusTestResource(Surroundings.class)
class StragglersTest extends ServiceTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private double before;

    @BeforeEach
    void count() {
        before = metric("trunkline_dispatcher_shown_out_total");
    }

    /** Asserts that the dispatcher removed the agent. LiveKit itself also ends connections without media, but later. */
    private void assertShownOut(TestParticipant agent) {
        assertThat(agent.gone()).succeedsWithin(PATIENCE);
        long until = System.nanoTime() + PATIENCE.toNanos();
        while (metric("trunkline_dispatcher_shown_out_total") == before) {
            assertThat(System.nanoTime()).as("in time: it is counted").isLessThan(until);
            Thread.onSpinWait();
        }
    }

    private static Job next(TestWorker worker) throws InterruptedException {
        Job job = worker.jobs().poll(10, TimeUnit.SECONDS);
        assertThat(job).isNotNull();
        return job;
    }

    private void awaitTakenBack() throws Exception {
        try (AgentDispatches livekit = livekit()) {
            long until = System.nanoTime() + PATIENCE.toNanos();
            while (livekit.list(room).stream().anyMatch(dispatch -> !dispatch.agent().isEmpty())) {
                assertThat(System.nanoTime()).isLessThan(until);
                Thread.sleep(20);
            }
        }
    }

    @Test
    void anAgentThatEntersAfterTheCallIsOverIsShownOut() throws Exception {
        try (var worker = new TestWorker(Surroundings.LIVEKIT, "comes-too-late")) {
            bus.say(admitted(LONG, new Agent("comes-too-late", "")));
            Job job = next(worker);
            end(callId);
            awaitTakenBack();
            assertThat(worker.terminated().poll(10, TimeUnit.SECONDS)).isEqualTo(job.getId());
            try (TestParticipant agent = worker.enter(job)) {
                assertShownOut(agent);
            }
        }
    }

    @Test
    void anAgentWhoseWorkerIsGoneDoesNotStayAfterTheCall() throws Exception {
        try (var worker = new TestWorker(Surroundings.LIVEKIT, "loses-its-worker")) {
            bus.say(admitted(LONG, new Agent("loses-its-worker", "")));
            try (TestParticipant agent = worker.enter(next(worker))) {
                bus.say(new AgentJoined(callId, "loses-its-worker", "PA_1", "agent", 20));
                worker.close();
                end(callId);
                assertShownOut(agent);
            }
        }
    }

    @Test
    void anAgentWhomSomebodyElseInTheRoomMayNeedStaysAsLongAsThatOneDoes() throws Exception {
        try (var worker = new TestWorker(Surroundings.LIVEKIT, "serves-two");
                var other = TestParticipant.person(Surroundings.LIVEKIT, room, "another-caller")) {
            bus.say(admitted(LONG, new Agent("serves-two", "")));
            try (TestParticipant agent = worker.enter(next(worker))) {
                bus.say(new AgentJoined(callId, "serves-two", "PA_1", "agent", 20));
                worker.close();
                end(callId);
                awaitTakenBack();
                // One check passes.
                Thread.sleep(6_000);
                assertThat(agent.gone()).isNotDone();
                rooms().removeParticipant(room, "another-caller").execute();
                assertShownOut(agent);
                assertThat(other.gone()).succeedsWithin(PATIENCE);
            }
        }
    }

    @Test
    void anAgentThatIsReplacedAndComesAllTheSameIsNoSecondAgent() throws Exception {
        try (var worker = new TestWorker(Surroundings.LIVEKIT, "slow")) {
            bus.say(admitted(LONG, new Agent("slow", "")));
            Job first = next(worker);
            Job second = worker.jobs().poll(30, TimeUnit.SECONDS);
            assertThat(second).isNotNull();
            try (TestParticipant wanted = worker.enter(second); TestParticipant late = worker.enter(first)) {
                bus.say(new AgentJoined(callId, "slow", "PA_2", "agent", 20));
                assertShownOut(late);
                assertThat(wanted.gone()).isNotDone();
            }
        }
    }
}
