package dev.trunkline.dispatcher.service;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.dispatcher.calls.Routes;
import dev.trunkline.dispatcher.livekit.AgentDispatches;
import dev.trunkline.events.Agent;
import dev.trunkline.events.AgentDispatched;
import dev.trunkline.events.AgentUnavailable;
import dev.trunkline.events.CallAdmitted;
import dev.trunkline.events.CallEnded;
import dev.trunkline.events.CallId;
import dev.trunkline.events.CallRouted;
import dev.trunkline.events.EndReason;
import dev.trunkline.events.Fallback;
import dev.trunkline.events.RoomEntry;
import io.livekit.server.RoomServiceClient;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** One call, whose events come from the rest of the suite, in a room of its own. */
abstract class ServiceTest {
    static final int LONG = 30;

    final CallId callId = new CallId(UUID.randomUUID());
    final String room = "room-" + callId;
    private Surroundings surroundings;
    Bus bus;

    void surroundings(Surroundings given) {
        this.surroundings = given;
    }

    Surroundings surroundings() {
        return surroundings;
    }

    @BeforeEach
    void listen() throws InterruptedException {
        bus = new Bus(Surroundings.KAFKA);
        awaitReady(200);
    }

    @AfterEach
    void hangUp() {
        end(callId);
        bus.close();
    }

    static void awaitReady(int status) throws InterruptedException {
        long until = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (given().get("/q/health/ready").statusCode() != status && System.nanoTime() < until) {
            Thread.sleep(50);
        }
        given().get("/q/health/ready").then().statusCode(status);
    }

    CallAdmitted admitted(int patienceSeconds, Agent... agents) {
        return admitted(callId, patienceSeconds, List.of(agents), Optional.empty());
    }

    CallAdmitted admitted(
            CallId id, int patienceSeconds, List<Agent> agents, Optional<RoomEntry> entry, Fallback... fallback) {
        CallRouted route =
                Routes.route(id, "room-" + id, patienceSeconds, agents, entry, List.of(fallback));
        return new CallAdmitted(id, route, List.of(), 30);
    }

    void end(CallId ended) {
        bus.say(new CallEnded(
                ended, "sip-edge", EndReason.CALLER_HUNG_UP, "", true, 1_000, Optional.empty()));
    }

    AgentDispatched dispatched() throws InterruptedException {
        return (AgentDispatched) bus.await(callId, AgentDispatched.class).record();
    }

    AgentUnavailable unavailable() throws InterruptedException {
        return (AgentUnavailable) bus.await(callId, AgentUnavailable.class).record();
    }

    static AgentDispatches livekit() {
        return new AgentDispatches(
                Surroundings.LIVEKIT.url(), Surroundings.LIVEKIT.apiKey(), Surroundings.LIVEKIT.apiSecret());
    }

    void awaitWithdrawn(AgentDispatches livekit, Agent agent) throws Exception {
        long until = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (livekit.find(room, agent, Instant.EPOCH).isPresent() && System.nanoTime() < until) {
            Thread.sleep(20);
        }
        assertThat(livekit.find(room, agent, Instant.EPOCH)).isEmpty();
    }

    static RoomServiceClient rooms() {
        return RoomServiceClient.createClient(
                "http://127.0.0.1:" + Surroundings.LIVEKIT.port(),
                Surroundings.LIVEKIT.apiKey(),
                Surroundings.LIVEKIT.apiSecret());
    }

    static double metric(String name) {
        return given().get("/q/metrics").asString().lines()
                .filter(line -> line.startsWith(name + " ") || line.startsWith(name + "{"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }
}
