package dev.trunkline.dispatcher.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.dispatcher.calls.Routes;
import dev.trunkline.dispatcher.livekit.AgentDispatches;
import dev.trunkline.events.Agent;
import dev.trunkline.events.AgentDispatched;
import dev.trunkline.events.AgentJoined;
import dev.trunkline.events.AgentLeft;
import dev.trunkline.events.CallAdmitted;
import dev.trunkline.events.CallEnded;
import dev.trunkline.events.CallId;
import dev.trunkline.events.EndReason;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import livekit.LivekitAgent.Job;
import org.junit.jupiter.api.Test;

/** A caller who was with an agent is transferred to a called party. */
@QuarkusTest
@QuarkusTestResource(Surroundings.class)
class HandOverTest extends ServiceTest {
    private static final Agent AGENT = new Agent("hands-over", "{}");
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final CallId leg = new CallId(UUID.randomUUID());
    private CallAdmitted admitted;

    private TestParticipant agentIn(TestWorker worker) throws InterruptedException {
        admitted = admitted(LONG, AGENT);
        bus.say(admitted);
        Job job = worker.jobs().poll(20, TimeUnit.SECONDS);
        assertThat(job).isNotNull();
        TestParticipant agent = worker.enter(job);
        bus.say(new AgentJoined(callId, AGENT.name(), "PA_1", "agent", 20));
        return agent;
    }

    private void legEnds() {
        bus.say(new CallEnded(leg, "sip-edge", EndReason.CALLER_HUNG_UP, "", true, 1_000, Optional.empty()));
    }

    /** Admits another call and waits for its dispatch, which shows that earlier events have been handled. */
    private void awaitHandled() throws InterruptedException {
        var other = new CallId(UUID.randomUUID());
        bus.say(admitted(other, LONG, List.of(new Agent("somebody-else", "")), Optional.empty()));
        bus.await(other, AgentDispatched.class);
        end(other);
    }

    private void agentLeft() {
        bus.say(new AgentLeft(
                callId, AGENT.name(), "PA_1", "agent", "participant-removed", 5_000, true, Optional.of(admitted.route())));
    }

    @Test
    void whenTheTargetAnswersAgentsLeaveAndPeopleStay() throws Exception {
        try (var worker = new TestWorker(Surroundings.LIVEKIT, AGENT.name());
                TestParticipant agent = agentIn(worker);
                var person = TestParticipant.person(Surroundings.LIVEKIT, room, "the-caller");
                AgentDispatches livekit = livekit()) {
            bus.say(Routes.leg(leg, callId, room, false));
            bus.say(Routes.succeeded(leg, callId, false));
            assertThat(agent.gone()).succeedsWithin(PATIENCE);
            awaitWithdrawn(livekit, AGENT);
            assertThat(livekit.participants(room)).noneMatch(there -> there.agent());
            agentLeft();
            awaitHandled();
            assertThat(bus.all(callId, AgentDispatched.class)).as("nobody takes the agent's place").hasSize(1);
            assertThat(worker.jobs()).isEmpty();
            assertThat(person.gone()).isNotDone();
            legEnds();
        }
    }

    @Test
    void anAnswerThatIsReadBeforeTheLegsAdmissionCountsAsWell() throws Exception {
        try (var worker = new TestWorker(Surroundings.LIVEKIT, AGENT.name());
                TestParticipant agent = agentIn(worker);
                AgentDispatches livekit = livekit()) {
            bus.say(Routes.succeeded(leg, callId, false));
            bus.say(Routes.leg(leg, callId, room, false));
            assertThat(agent.gone()).succeedsWithin(PATIENCE);
            awaitWithdrawn(livekit, AGENT);
            legEnds();
        }
    }

    @Test
    void agentsWhoAreToStayDoAndNobodyTakesTheirPlaceWhenTheyLeave() throws Exception {
        try (var worker = new TestWorker(Surroundings.LIVEKIT, AGENT.name());
                TestParticipant agent = agentIn(worker);
                AgentDispatches livekit = livekit()) {
            bus.say(Routes.leg(leg, callId, room, true));
            bus.say(Routes.succeeded(leg, callId, true));
            awaitHandled();
            assertThat(livekit.list(room)).filteredOn(dispatch -> dispatch.asks(AGENT)).hasSize(1);
            assertThat(agent.gone()).isNotDone();
            agentLeft();
            awaitHandled();
            assertThat(bus.all(callId, AgentDispatched.class)).hasSize(1);
            legEnds();
        }
    }

    @Test
    void whenTheTargetDoesNotAnswerTheAgentIsWhereItWas() throws Exception {
        try (var worker = new TestWorker(Surroundings.LIVEKIT, AGENT.name());
                TestParticipant agent = agentIn(worker);
                AgentDispatches livekit = livekit()) {
            bus.say(Routes.leg(leg, callId, room, false));
            legEnds();
            awaitHandled();
            assertThat(livekit.list(room)).filteredOn(dispatch -> dispatch.asks(AGENT)).hasSize(1);
            assertThat(agent.gone()).isNotDone();
            assertThat(worker.terminated()).isEmpty();
        }
    }
}
