package dev.trunkline.dispatcher.service;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;

import dev.trunkline.dispatcher.livekit.AgentDispatches;
import dev.trunkline.events.Agent;
import dev.trunkline.events.AgentDispatched;
import dev.trunkline.events.AgentJoined;
import dev.trunkline.events.AgentUnavailable;
import dev.trunkline.events.CallAdmitted;
import dev.trunkline.events.CallEnded;
import dev.trunkline.events.CallId;
import dev.trunkline.events.Envelope;
import dev.trunkline.events.Fallback;
import dev.trunkline.events.FallbackKind;
import dev.trunkline.events.MediaReady;
import dev.trunkline.events.RoomEntry;
import io.livekit.server.RoomServiceClient;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import livekit.LivekitAgent.Job;
import livekit.LivekitModels.Room;
import org.junit.jupiter.api.Test;

/** The whole service between a real Kafka and a real LiveKit. */
@QuarkusTest
@QuarkusTestResource(Surroundings.class)
class DispatcherServiceTest extends ServiceTest {
    @Test
    void aWorkerGetsTheJobWithItsMetadataAndLosesItWhenTheCallEnds() throws Exception {
        try (var worker = new TestWorker(Surroundings.LIVEKIT, "demo")) {
            bus.say(admitted(LONG, new Agent("demo", "{\"greeting\":\"hallo\"}")));
            AgentDispatched told = dispatched();
            assertThat(told.agent()).isEqualTo("demo");

            Job job = worker.jobs().poll(10, TimeUnit.SECONDS);
            assertThat(job).isNotNull();
            assertThat(job.getRoom().getName()).isEqualTo(room);
            assertThat(job.getMetadata()).isEqualTo("{\"greeting\":\"hallo\"}");
            assertThat(job.getDispatchId()).isEqualTo(told.dispatchId());

            bus.say(new AgentJoined(callId, "demo", "PA_1", "agent", 20));
            end(callId);
            assertThat(worker.terminated().poll(10, TimeUnit.SECONDS)).isEqualTo(job.getId());
            assertThat(bus.all(callId, AgentUnavailable.class)).isEmpty();
        }
    }

    @Test
    void anAgentThatDoesNotExistIsUnavailableAfterThePatience() throws Exception {
        Envelope cause = bus.say(admitted(1, new Agent("nobody", "")));
        Envelope told = bus.await(callId, AgentUnavailable.class);
        assertThat(told.owners()).isEqualTo(cause.owners());
        AgentUnavailable unavailable = (AgentUnavailable) told.record();
        assertThat(unavailable.agents()).containsExactly("nobody");
        assertThat(unavailable.patienceSeconds()).isEqualTo(1);
        assertThat(unavailable.why()).isEqualTo("LiveKit took the dispatch of nobody; nobody joined within 1 s. "
                + "LiveKit says that no worker of that name took the job.");
        try (AgentDispatches livekit = livekit()) {
            awaitWithdrawn(livekit, new Agent("nobody", ""));
        }
    }

    @Test
    void eachAgentIsToldOfOnItsOwn() throws Exception {
        bus.say(admitted(LONG, new Agent("one", ""), new Agent("two", "")));
        List<Envelope> told = bus.awaitMany(callId, AgentDispatched.class, 2);
        assertThat(told).extracting(Envelope::id).doesNotHaveDuplicates();
        assertThat(told)
                .extracting(envelope -> ((AgentDispatched) envelope.record()).agent())
                .containsExactlyInAnyOrder("one", "two");
    }

    @Test
    void somebodyWhoJoinsEndsTheWatch() throws Exception {
        bus.say(admitted(1));
        bus.say(new AgentJoined(callId, "anna", "PA_1", "standard", 20));
        // Another call, admitted later, is given up in the meantime, so this one would have been given up too.
        var other = new CallId(UUID.randomUUID());
        bus.say(admitted(other, 1, List.of(), Optional.empty()));
        bus.await(other, AgentUnavailable.class);
        assertThat(bus.all(callId, AgentUnavailable.class)).isEmpty();
        end(other);
    }

    @Test
    void anAdmissionThatComesAgainDoesNotDispatchTwice() throws Exception {
        Agent agent = new Agent("demo", "mine");
        try (AgentDispatches livekit = livekit()) {
            CallAdmitted admitted = admitted(LONG, agent);
            String earlier = livekit.create(room, agent);
            Envelope old = new Envelope(
                    UUID.randomUUID(), "/rate-limiter/limiter-1", Instant.now().minusSeconds(1),
                    Envelope.Owners.edge("edge-1"), "", admitted);
            bus.say(old);
            assertThat(dispatched().dispatchId()).isEqualTo(earlier);
            bus.say(old);
            end(callId);
            awaitWithdrawn(livekit, agent);
            assertThat(bus.all(callId, AgentDispatched.class)).hasSize(1);
        }
    }

    @Test
    void aCallThatIsOverBeforeItIsAdmittedGetsNoAgent() throws Exception {
        try (var worker = new TestWorker(Surroundings.LIVEKIT, "late")) {
            end(callId);
            bus.await(callId, CallEnded.class);
            bus.say(admitted(1, new Agent("late", "")));
            assertThat(worker.jobs().poll(1_500, TimeUnit.MILLISECONDS)).isNull();
            assertThat(bus.all(callId, AgentUnavailable.class)).isEmpty();
        }
    }

    @Test
    void theRoomsMetadataStaysTheRelays() throws Exception {
        RoomServiceClient rooms = RoomServiceClient.createClient(
                "http://127.0.0.1:" + Surroundings.LIVEKIT.port(),
                Surroundings.LIVEKIT.apiKey(),
                Surroundings.LIVEKIT.apiSecret());
        rooms.createRoom(room, null, null, null, "the relay's").execute();
        bus.say(admitted(LONG, new Agent("demo", "")));
        dispatched();
        List<Room> found = rooms.listRooms(List.of(room)).execute().body();
        assertThat(found).singleElement().satisfies(it -> assertThat(it.getMetadata()).isEqualTo("the relay's"));
    }

    @Test
    void withoutLiveKitItAsksAgainUntilItIsBackOrPatienceIsOver() throws Exception {
        surroundings().stopLiveKit();
        try {
            bus.say(admitted(1, new Agent("demo", "")));
            assertThat(unavailable().why())
                    .startsWith("LiveKit did not take the dispatch of demo (LiveKit does not answer at");
            awaitReady(503);
            given().get("/q/metrics").then().body(containsString("trunkline_dispatcher_livekit_up 0"));
        } finally {
            surroundings().startLiveKit();
        }
        awaitReady(200);
    }

    @Test
    void aDispatchGetsThroughWhenLiveKitComesBackWithinThePatience() throws Exception {
        surroundings().stopLiveKit();
        try {
            bus.say(admitted(LONG, new Agent("demo", "")));
            bus.await(callId, CallAdmitted.class);
        } finally {
            surroundings().startLiveKit();
        }
        assertThat(dispatched().agent()).isEqualTo("demo");
    }

    private static RoomEntry entry(boolean mustExist, boolean desk, Optional<String> pin) {
        return new RoomEntry(mustExist, desk, pin);
    }

    @Test
    void whenNobodyComesTheFallbacksAgentGetsTheJob() throws Exception {
        try (var worker = new TestWorker(Surroundings.LIVEKIT, "second-line")) {
            bus.say(admitted(callId, 1, List.of(new Agent("nobody", "")), Optional.empty(),
                    new Fallback(FallbackKind.AGENT, "second-line", "{\"why\":\"overflow\"}", LONG)));
            Job job = worker.jobs().poll(10, TimeUnit.SECONDS);
            assertThat(job).isNotNull();
            assertThat(job.getRoom().getName()).isEqualTo(room);
            assertThat(job.getMetadata()).isEqualTo("{\"why\":\"overflow\"}");
            List<Envelope> told = bus.awaitMany(callId, AgentDispatched.class, 2);
            assertThat(told).extracting(Envelope::id).doesNotHaveDuplicates();
            assertThat(told)
                    .extracting(envelope -> ((AgentDispatched) envelope.record()).agent())
                    .containsExactly("nobody", "second-line");
            assertThat(bus.all(callId, AgentUnavailable.class)).isEmpty();
            try (AgentDispatches livekit = livekit()) {
                awaitWithdrawn(livekit, new Agent("nobody", ""));
            }
            given().get("/q/metrics").then().body(containsString("trunkline_dispatcher_fallback_total"));
        }
    }

    @Test
    void whenTheFallbackDoesNotHelpEitherTheRestOfItIsHandedOn() throws Exception {
        var refuse = new Fallback(FallbackKind.REFUSE, "486", "", 0);
        bus.say(admitted(callId, 1, List.of(new Agent("nobody", "")), Optional.empty(),
                new Fallback(FallbackKind.AGENT, "nobody-either", "", 1), refuse));
        AgentUnavailable told = unavailable();
        assertThat(told.agents()).containsExactly("nobody", "nobody-either");
        assertThat(told.patienceSeconds()).isEqualTo(2);
        assertThat(told.fallback()).containsExactly(refuse);
        assertThat(told.why())
                .startsWith("LiveKit took the dispatch of nobody; nobody joined within 1 s; then LiveKit took the dispatch "
                        + "of nobody-either; nobody joined within 1 s.")
                .endsWith("Next step of the fallback: refuse with status 486.");
    }

    @Test
    void atADeskNobodyIsDispatchedAndAPersonIsWaitedFor() throws Exception {
        try (var worker = new TestWorker(Surroundings.LIVEKIT, "desk-agent")) {
            bus.say(admitted(callId, 1, List.of(new Agent("desk-agent", "")),
                    Optional.of(entry(false, true, Optional.empty()))));
            assertThat(unavailable().agents()).isEmpty();
            assertThat(worker.jobs()).isEmpty();
            assertThat(bus.all(callId, AgentDispatched.class)).isEmpty();
        }
    }

    @Test
    void aRoomThatMustExistIsNotMadeByADispatch() throws Exception {
        bus.say(admitted(callId, 1, List.of(new Agent("demo", "")), Optional.of(entry(true, false, Optional.empty()))));
        assertThat(unavailable().why()).contains("the room must already exist and does not");
        try (AgentDispatches livekit = livekit()) {
            assertThat(livekit.exists(room)).isFalse();
        }
    }

    @Test
    void aRoomThatExistsAsItMustGetsItsAgent() throws Exception {
        RoomServiceClient.createClient(
                        "http://127.0.0.1:" + Surroundings.LIVEKIT.port(), Surroundings.LIVEKIT.apiKey(),
                        Surroundings.LIVEKIT.apiSecret())
                .createRoom(room).execute();
        bus.say(admitted(callId, LONG, List.of(new Agent("demo", "")), Optional.of(entry(true, false, Optional.empty()))));
        assertThat(dispatched().agent()).isEqualTo("demo");
    }

    @Test
    void nobodyIsDispatchedBeforeTheCallerWasLetIn() throws Exception {
        try (var worker = new TestWorker(Surroundings.LIVEKIT, "behind-pin")) {
            bus.say(admitted(callId, 1, List.of(new Agent("behind-pin", "")),
                    Optional.of(entry(false, false, Optional.of("v1.sealed")))));
            bus.say(ready(""));
            assertThat(worker.jobs().poll(2_500, TimeUnit.MILLISECONDS)).isNull();
            assertThat(bus.all(callId, AgentUnavailable.class)).isEmpty();

            bus.say(ready("PA_1"));
            assertThat(worker.jobs().poll(10, TimeUnit.SECONDS)).isNotNull();
            assertThat(unavailable().agents()).containsExactly("behind-pin");
        }
    }

    private MediaReady ready(String participantSid) {
        return new MediaReady(callId, "relay-1", room, participantSid, "v=0", "PCMU", 0);
    }
}
