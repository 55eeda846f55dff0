package dev.trunkline.dispatcher.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.dispatcher.livekit.AgentDispatches;
import dev.trunkline.dispatcher.livekit.Dispatch;
import dev.trunkline.events.Agent;
import dev.trunkline.events.AgentDispatched;
import dev.trunkline.events.AgentJoined;
import dev.trunkline.events.AgentLeft;
import dev.trunkline.events.AgentMissed;
import dev.trunkline.events.AgentUnavailable;
import dev.trunkline.events.AgentWanted;
import dev.trunkline.events.CallAdmitted;
import dev.trunkline.events.Envelope;
import dev.trunkline.events.Fallback;
import dev.trunkline.events.FallbackKind;
import dev.trunkline.events.RoomEntry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import livekit.LivekitAgent.Job;
import org.junit.jupiter.api.Test;

/** A person who is with the caller hands the caller back to the agent. */
@QuarkusTest
@QuarkusTestResource(Surroundings.class)
class HandBackTest extends ServiceTest {
    private static final Agent BACK = new Agent("back", "{}");

    private AgentJoined joined(String who, String kind, String participant) {
        return new AgentJoined(callId, who, participant, kind, 20);
    }

    private AgentWanted wanted(CallAdmitted admitted, String... before) {
        return new AgentWanted(callId, "desk-anna", List.of(before).stream().findFirst(), Optional.of(admitted.route()));
    }

    private static Job next(TestWorker worker) throws InterruptedException {
        Job job = worker.jobs().poll(10, TimeUnit.SECONDS);
        assertThat(job).isNotNull();
        return job;
    }

    @Test
    void theAgentIsAskedForThoughSomebodyIsThereAndItsDispatchStaysOnceItAnswers() throws Exception {
        try (var worker = new TestWorker(Surroundings.LIVEKIT, "back"); AgentDispatches livekit = livekit()) {
            CallAdmitted admitted = admitted(LONG, BACK);
            bus.say(joined("desk-anna", "standard", "PA_1"));
            Envelope wish = bus.say(wanted(admitted));
            Job job = next(worker);
            assertThat(job.getMetadata()).isEqualTo("{}");
            bus.say(joined("back", "agent", "PA_2"));
            // The event arrives again, as at a replica that takes over the partition: no agent is requested twice.
            bus.say(wish);
            bus.say(new AgentLeft(callId, "back", "PA_2", "agent", "client-initiated", 10, true, Optional.of(admitted.route())));
            Job replacement = next(worker);
            assertThat(replacement.getDispatchId()).isNotEqualTo(job.getDispatchId());
            assertThat(bus.all(callId, AgentDispatched.class)).hasSize(2);
            assertThat(livekit.list(room)).filteredOn(dispatch -> dispatch.asks(BACK))
                    .extracting(Dispatch::id).containsExactly(replacement.getDispatchId());
            assertThat(bus.all(callId, AgentMissed.class)).isEmpty();
        }
    }

    @Test
    void whereNobodyComesTheCallGoesOnAndTheDispatchIsTakenBack() throws Exception {
        try (AgentDispatches livekit = livekit()) {
            CallAdmitted admitted = admitted(1, BACK);
            bus.say(joined("desk-anna", "standard", "PA_1"));
            bus.say(wanted(admitted));
            var missed = (AgentMissed) bus.await(callId, AgentMissed.class).record();
            assertThat(missed.agents()).containsExactly("back");
            assertThat(missed.patienceSeconds()).isEqualTo(1);
            assertThat(missed.why()).isNotBlank();
            awaitWithdrawn(livekit, BACK);
            assertThat(bus.all(callId, AgentUnavailable.class)).as("the edge would hang up").isEmpty();
        }
    }

    @Test
    void atADeskTheAgentOfTheFallbackIsAskedForAtOnce() throws Exception {
        var desk = Optional.of(new RoomEntry(false, true, Optional.empty()));
        var fallback = new Fallback(FallbackKind.AGENT, "back", "of the desk", LONG);
        CallAdmitted admitted = admitted(callId, LONG, List.of(), desk, fallback);
        try (var worker = new TestWorker(Surroundings.LIVEKIT, "back")) {
            bus.say(admitted);
            bus.say(joined("desk-anna", "standard", "PA_1"));
            bus.say(wanted(admitted));
            assertThat(next(worker).getMetadata()).isEqualTo("of the desk");
        }
    }

    @Test
    void whoeverHadTheCallerBeforeIsAskedForFirst() throws Exception {
        try (var worker = new TestWorker(Surroundings.LIVEKIT, "back")) {
            CallAdmitted admitted = admitted(LONG, new Agent("another", ""), BACK);
            bus.say(joined("back", "agent", "PA_1"));
            bus.say(joined("desk-anna", "standard", "PA_2"));
            bus.say(wanted(admitted, "back"));
            next(worker);
            assertThat(bus.awaitMany(callId, AgentDispatched.class, 1)).extracting(told -> ((AgentDispatched) told.record()).agent())
                    .containsExactly("back");
        }
    }
}
