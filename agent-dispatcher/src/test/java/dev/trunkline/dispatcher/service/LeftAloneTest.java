package dev.trunkline.dispatcher.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.dispatcher.livekit.AgentDispatches;
import dev.trunkline.dispatcher.livekit.Dispatch;
import dev.trunkline.events.Agent;
import dev.trunkline.events.AgentDispatched;
import dev.trunkline.events.AgentJoined;
import dev.trunkline.events.AgentLeft;
import dev.trunkline.events.AgentUnavailable;
import dev.trunkline.events.CallAdmitted;
import dev.trunkline.events.CallId;
import dev.trunkline.events.Envelope;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import livekit.LivekitAgent.Job;
import org.junit.jupiter.api.Test;

/** Everybody who had answered leaves, and a replacement is needed. */
@QuarkusTest
@QuarkusTestResource(Surroundings.class)
class LeftAloneTest extends ServiceTest {

    private AgentJoined joined(String participant) {
        return new AgentJoined(callId, "comes-back", participant, "agent", 20);
    }

    private AgentLeft left(CallAdmitted admitted, String participant) {
        return new AgentLeft(
                callId, "comes-back", participant, "agent", "signal-close", 5_000, true, Optional.of(admitted.route()));
    }

    private static Job next(TestWorker worker) throws InterruptedException {
        Job job = worker.jobs().poll(10, TimeUnit.SECONDS);
        assertThat(job).isNotNull();
        return job;
    }

    /** Admits another call and waits for its dispatch, which shows that earlier events have been handled. */
    private void awaitHandled() throws InterruptedException {
        var other = new CallId(UUID.randomUUID());
        bus.say(admitted(other, LONG, List.of(new Agent("somebody-else", "")), Optional.empty()));
        bus.await(other, AgentDispatched.class);
        end(other);
    }

    @Test
    void theAgentIsAskedForAgainAtOnceAndItsOldDispatchIsTakenBack() throws Exception {
        try (var worker = new TestWorker(Surroundings.LIVEKIT, "comes-back"); AgentDispatches livekit = livekit()) {
            CallAdmitted admitted = admitted(LONG, new Agent("comes-back", "{}"));
            bus.say(admitted);
            Job first = next(worker);
            bus.say(joined("PA_1"));
            bus.say(left(admitted, "PA_1"));
            Job second = next(worker);
            assertThat(second.getMetadata()).isEqualTo("{}");
            List<Envelope> told = bus.awaitMany(callId, AgentDispatched.class, 2);
            assertThat(told).extracting(Envelope::id).doesNotHaveDuplicates();
            assertThat(((AgentDispatched) told.getLast().record()).attempt()).hasValue(1);
            // The second dispatch for this room is the one that stays.
            bus.say(joined("PA_2"));
            awaitHandled();
            assertThat(livekit.list(room)).filteredOn(dispatch -> dispatch.agent().equals("comes-back"))
                    .extracting(Dispatch::id).containsExactly(second.getDispatchId());
            assertThat(first.getDispatchId()).isNotEqualTo(second.getDispatchId());
            assertThat(bus.all(callId, AgentUnavailable.class)).isEmpty();
        }
    }

    @Test
    void aReplicaThatNeverSawTheCallTakesTheOldDispatchBackAndAsksAgain() throws Exception {
        Agent agent = new Agent("comes-back", "of another replica");
        try (AgentDispatches livekit = livekit()) {
            String old = livekit.create(room, agent);
            CallAdmitted admitted = admitted(LONG, agent);
            bus.say(joined("PA_1"));
            bus.say(left(admitted, "PA_1"));
            String dispatched = dispatched().dispatchId();
            assertThat(dispatched).isNotEqualTo(old);
            assertThat(livekit.list(room)).filteredOn(dispatch -> dispatch.asks(agent))
                    .extracting(Dispatch::id).containsExactly(dispatched);
        }
    }

    @Test
    void aDepartureThatComesAgainAfterTheReplacementJoinedDispatchesNobody() throws Exception {
        try (var worker = new TestWorker(Surroundings.LIVEKIT, "comes-back")) {
            CallAdmitted admitted = admitted(LONG, new Agent("comes-back", ""));
            bus.say(joined("PA_1"));
            Envelope departure = bus.say(left(admitted, "PA_1"));
            next(worker);
            bus.say(joined("PA_2"));
            bus.say(departure);
            awaitHandled();
            assertThat(worker.jobs()).isEmpty();
            assertThat(bus.all(callId, AgentDispatched.class)).hasSize(1);
        }
    }

    @Test
    void aDepartureThatIsTakenUpAfterARestartFindsItsDispatchAgain() throws Exception {
        Agent agent = new Agent("comes-back", "mine");
        try (AgentDispatches livekit = livekit()) {
            CallAdmitted admitted = admitted(LONG, agent);
            Instant then = Instant.now().minusSeconds(1);
            String asked = livekit.create(room, agent);
            bus.say(joined("PA_1"));
            bus.say(new Envelope(
                    UUID.randomUUID(), "/media-relay/relay-1", then, Envelope.Owners.edge("edge-1"), "", left(admitted, "PA_1")));
            assertThat(dispatched().dispatchId()).isEqualTo(asked);
        }
    }

    @Test
    void whereNobodyTakesThePlaceTheCallIsToldWhoHadLeft() throws Exception {
        CallAdmitted admitted = admitted(1, new Agent("comes-back", ""));
        bus.say(joined("PA_1"));
        bus.say(left(admitted, "PA_1"));
        AgentUnavailable told = unavailable();
        assertThat(told.left()).contains("comes-back");
        assertThat(told.agents()).containsExactly("comes-back");
    }

    @Test
    void whereTheRouteNamesNobodyAWorkerWithoutANameIsAskedAgainAtOnce() throws Exception {
        try (var worker = new TestWorker(Surroundings.LIVEKIT, ""); AgentDispatches livekit = livekit()) {
            rooms().createRoom(room).execute();
            CallAdmitted admitted = admitted(LONG);
            bus.say(admitted);
            Job first = next(worker);
            bus.say(joined("PA_1"));
            bus.say(left(admitted, "PA_1"));
            Job second = next(worker);
            assertThat(second.getDispatchId()).isNotEqualTo(first.getDispatchId());
            assertThat(livekit.list(room)).filteredOn(dispatch -> dispatch.agent().isEmpty())
                    .extracting(Dispatch::id).containsExactly(second.getDispatchId());
        }
    }
}
