package dev.trunkline.dispatcher.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.dispatcher.livekit.AgentDispatches;
import dev.trunkline.events.Agent;
import dev.trunkline.events.AgentDispatched;
import dev.trunkline.events.AgentJoined;
import dev.trunkline.events.AgentUnavailable;
import dev.trunkline.events.Envelope;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.concurrent.TimeUnit;
import livekit.LivekitAgent.Job;
import org.junit.jupiter.api.Test;

/** Workers that come late, are full, decline, fail or crash, while a caller waits. */
@QuarkusTest
@QuarkusTestResource(Surroundings.class)
class LateAgentsTest extends ServiceTest {
    private static final int SECONDS = 25;

    private TestWorker worker(String name) {
        return new TestWorker(Surroundings.LIVEKIT, name);
    }

    private static Job next(TestWorker worker) throws InterruptedException {
        Job job = worker.jobs().poll(SECONDS, TimeUnit.SECONDS);
        assertThat(job).isNotNull();
        return job;
    }

    private List<AgentDispatched> told() {
        return bus.all(callId, AgentDispatched.class).stream()
                .map(envelope -> (AgentDispatched) envelope.record())
                .toList();
    }

    @Test
    void aWorkerThatRegistersWhileTheCallerWaitsGetsTheCall() throws Exception {
        bus.say(admitted(LONG, new Agent("registers-late", "{}")));
        bus.awaitMany(callId, AgentDispatched.class, 2);
        try (var worker = worker("registers-late")) {
            Job job = next(worker);
            assertThat(job.getRoom().getName()).isEqualTo(room);
            assertThat(job.getMetadata()).isEqualTo("{}");
            bus.say(new AgentJoined(callId, "registers-late", "PA_1", "agent", 20));
            List<Envelope> events = bus.all(callId, AgentDispatched.class);
            assertThat(events).extracting(Envelope::id).doesNotHaveDuplicates();
            assertThat(told()).extracting(told -> told.attempt().orElseThrow()).startsWith(1, 2).isSorted();
            assertThat(told().getLast().dispatchId()).isEqualTo(job.getDispatchId());
            try (AgentDispatches livekit = livekit()) {
                assertThat(livekit.list(room)).filteredOn(dispatch -> dispatch.agent().equals("registers-late"))
                        .as("never two at a time").hasSize(1);
            }
            end(callId);
            assertThat(worker.terminated().poll(SECONDS, TimeUnit.SECONDS)).isEqualTo(job.getId());
            assertThat(worker.jobs()).isEmpty();
        }
    }

    @Test
    void aWorkerThatWasFullGetsTheCallWhenItIsFree() throws Exception {
        try (var worker = worker("full-at-first")) {
            worker.full(true);
            bus.say(admitted(LONG, new Agent("full-at-first", "")));
            bus.awaitMany(callId, AgentDispatched.class, 2);
            assertThat(worker.jobs()).isEmpty();
            worker.full(false);
            next(worker);
        }
    }

    @Test
    void aWorkerThatDeclinesIsAskedAgain() throws Exception {
        try (var worker = worker("declines-at-first")) {
            worker.declines(true);
            bus.say(admitted(LONG, new Agent("declines-at-first", "")));
            bus.awaitMany(callId, AgentDispatched.class, 1);
            worker.declines(false);
            next(worker);
        }
    }

    @Test
    void anAgentThatEntersAndCrashesIsReplaced() throws Exception {
        try (var worker = worker("crashes")) {
            bus.say(admitted(LONG, new Agent("crashes", "")));
            Job first = next(worker);
            TestParticipant agent = worker.enter(first);
            // The agent is seen in the room before it leaves.
            Thread.sleep(8_000);
            rooms().removeParticipant(room, "crashes-" + first.getId()).execute();
            agent.close();
            Job second = next(worker);
            assertThat(second.getDispatchId()).isNotEqualTo(first.getDispatchId());
        }
    }

    @Test
    void aWorkerThatFailsItsJobBeforeItEntersIsReplacedAfterAWhile() throws Exception {
        try (var worker = worker("fails")) {
            bus.say(admitted(LONG, new Agent("fails", "")));
            Job first = next(worker);
            worker.failed(first, "no model");
            assertThat(next(worker).getDispatchId()).isNotEqualTo(first.getDispatchId());
            assertThat(told()).hasSize(2);
        }
    }

    @Test
    void anAgentThatIsInTheRoomIsGivenItsTime() throws Exception {
        try (var worker = worker("thinks")) {
            bus.say(admitted(LONG, new Agent("thinks", "")));
            try (TestParticipant agent = worker.enter(next(worker))) {
                assertThat(worker.jobs().poll(10, TimeUnit.SECONDS)).isNull();
                assertThat(agent.gone()).isNotDone();
                assertThat(told()).hasSize(1);
            }
        }
    }

    @Test
    void theLastWordNamesTheTries() throws Exception {
        bus.say(admitted(9, new Agent("never-there", "")));
        AgentUnavailable told = unavailable();
        assertThat(told.why()).isEqualTo("agent never-there was asked for 2 times: no worker of that name took the job; "
                + "nobody joined within 9 s.");
        assertThat(told.left()).isEmpty();
        try (AgentDispatches livekit = livekit()) {
            awaitWithdrawn(livekit, new Agent("never-there", ""));
        }
    }

    @Test
    void whereTheRouteNamesNobodyAWorkerWithoutANameThatComesLateGetsTheCall() throws Exception {
        rooms().createRoom(room).execute();
        bus.say(admitted(LONG));
        bus.awaitMany(callId, AgentDispatched.class, 1);
        try (var worker = worker("")) {
            Job job = next(worker);
            assertThat(job.getRoom().getName()).isEqualTo(room);
            assertThat(told()).allMatch(told -> told.agent().equals("(no name)") && told.attempt().orElse(1) > 1);
        }
    }

    @Test
    void whereTheRouteNamesNobodyTheWorkerThatLiveKitAskedByItselfIsNotAskedAgain() throws Exception {
        try (var worker = worker("")) {
            rooms().createRoom(room).execute();
            bus.say(admitted(LONG));
            try (TestParticipant agent = worker.enter(next(worker))) {
                assertThat(worker.jobs().poll(10, TimeUnit.SECONDS)).isNull();
                assertThat(agent.gone()).isNotDone();
                assertThat(told()).isEmpty();
            }
        }
    }
}
