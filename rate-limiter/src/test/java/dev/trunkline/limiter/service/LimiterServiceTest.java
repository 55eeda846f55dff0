package dev.trunkline.limiter.service;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;

import dev.trunkline.events.AdmissionCount;
import dev.trunkline.events.AgentPool;
import dev.trunkline.events.CallAdmitted;
import dev.trunkline.events.CallEnded;
import dev.trunkline.events.CallEvent;
import dev.trunkline.events.CallId;
import dev.trunkline.events.CallRejected;
import dev.trunkline.events.CallRouted;
import dev.trunkline.events.CallSummary;
import dev.trunkline.events.EndReason;
import dev.trunkline.events.Envelope;
import dev.trunkline.events.LiveCall;
import dev.trunkline.events.RateScope;
import dev.trunkline.events.RefusalReason;
import dev.trunkline.limiter.Calls;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The whole service between a real Kafka and a real Redis; the suite's cap is five calls. */
@QuarkusTest
@QuarkusTestResource(Surroundings.class)
class LimiterServiceTest {
    private final List<CallId> open = new ArrayList<>();
    private Surroundings surroundings;
    private Bus bus;

    void redisServer(Surroundings given) {
        this.surroundings = given;
    }

    @BeforeEach
    void listen() throws InterruptedException {
        bus = new Bus(Surroundings.KAFKA);
        awaitReady(200);
    }

    @AfterEach
    void hangUp() {
        open.forEach(this::end);
        bus.close();
    }

    private static Calls somebody() {
        return Calls.plain().from(UUID.randomUUID().toString()).to("+32" + System.nanoTime());
    }

    private void end(CallId callId) {
        bus.say(new CallEnded(
                callId, "sip-edge", EndReason.CALLER_HUNG_UP, "", true, 1_000, Optional.empty()));
    }

    private Envelope place(CallRouted routed) {
        open.add(routed.callId());
        return bus.say(routed);
    }

    private CallAdmitted admitted(CallRouted routed) throws InterruptedException {
        place(routed);
        return (CallAdmitted) bus.await(routed.callId(), CallAdmitted.class).record();
    }

    private CallRejected rejected(CallRouted routed) throws InterruptedException {
        place(routed);
        return (CallRejected) bus.await(routed.callId(), CallRejected.class).record();
    }

    private static void awaitReady(int status) throws InterruptedException {
        long until = System.nanoTime() + 20_000_000_000L;
        while (given().get("/q/health/ready").statusCode() != status && System.nanoTime() < until) {
            Thread.sleep(50);
        }
        given().get("/q/health/ready").then().statusCode(status);
    }

    @Test
    void letsACallInAndPassesOnWhatItKnows() throws Exception {
        CallRouted routed = somebody().routed();
        Envelope cause = place(routed);
        Envelope answer = bus.await(routed.callId(), CallAdmitted.class);

        assertThat(answer.owners()).isEqualTo(cause.owners());
        assertThat(answer.source()).isEqualTo("/rate-limiter/limiter-1");
        CallAdmitted admitted = (CallAdmitted) answer.record();
        assertThat(admitted.route()).isEqualTo(routed);
        assertThat(admitted.leaseSeconds()).isEqualTo(30);
        assertThat(admitted.counts().getFirst().count()).isEqualTo(1);
    }

    @Test
    void aRepeatedEventChangesNothing() throws Exception {
        CallRouted routed = somebody().numberLimit(1).routed();
        Envelope cause = place(routed);
        Envelope first = bus.await(routed.callId(), CallAdmitted.class);
        bus.say(cause);
        bus.awaitMany(routed.callId(), CallAdmitted.class, 2);
        Envelope second = bus.all(routed.callId(), CallAdmitted.class).get(1);
        assertThat(second.id()).isEqualTo(first.id());
        assertThat(second.record()).isEqualTo(first.record());
        assertThat(bus.all(routed.callId(), CallRejected.class)).isEmpty();
    }

    @Test
    void aBusyNumberIsFreeWhenItsCallEnds() throws Exception {
        Calls calls = somebody().numberLimit(1);
        CallAdmitted first = admitted(calls.routed());
        assertThat(rejected(calls.routed()).reason()).isEqualTo(RefusalReason.NUMBER_BUSY);
        end(first.callId());
        awaitFreed(calls);
    }

    /** Tries until the end has been read, because calls of different partitions do not wait for each other. */
    private void awaitFreed(Calls calls) throws InterruptedException {
        for (int attempt = 0; attempt < 100; attempt++) {
            CallRouted routed = calls.routed();
            place(routed);
            if (decided(routed) instanceof CallAdmitted) {
                return;
            }
            Thread.sleep(50);
        }
        throw new AssertionError("the number stays busy");
    }

    private CallEvent decided(CallRouted routed) throws InterruptedException {
        // The call's first event is its route, the second the decision.
        return (CallEvent) bus.awaitMany(routed.callId(), CallEvent.class, 2).get(1).record();
    }

    @Test
    void aCallIsAmongTheLiveOnesFromItsAdmissionToItsEndAndARefusedOneNever() throws Exception {
        try (var live = new LiveTopic(Surroundings.KAFKA)) {
            Calls calls = somebody().numberLimit(1).pool("gpu-" + UUID.randomUUID(), 4);
            CallRouted routed = calls.routed();
            Envelope cause = place(routed);
            bus.await(routed.callId(), CallAdmitted.class);
            await(() -> live.call(routed.callId()).isPresent());
            assertThat(live.call(routed.callId())).contains(new LiveCall(
                    routed.callId(), routed.organisation(), routed.number(), routed.invite().trunk(),
                    routed.limits().agentPool().map(AgentPool::name), Optional.empty(), cause.time()));

            CallRejected refused = rejected(calls.routed());
            end(routed.callId());
            await(() -> live.call(routed.callId()).isEmpty());
            assertThat(live.everSaid(refused.callId())).isFalse();
        }
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        long until = System.nanoTime() + 20_000_000_000L;
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).isLessThan(until);
            Thread.sleep(20);
        }
    }

    @Test
    void aRefusalTellsTheWholeCall() throws Exception {
        Calls calls = somebody().numberLimit(1);
        admitted(calls.routed());
        CallRouted routed = calls.routed();
        Envelope cause = place(routed);
        CallRejected refused = (CallRejected) bus.await(routed.callId(), CallRejected.class).record();
        assertThat(refused.summary()).contains(CallSummary.of(routed, cause.time()));
    }

    @Test
    void theCallersRateIsRefusedWithATimeToTryAgain() throws Exception {
        Calls calls = somebody().rate(1, 3600, RateScope.NUMBER);
        admitted(calls.routed());
        CallRejected refused = rejected(calls.routed());
        assertThat(refused.reason()).isEqualTo(RefusalReason.CALLER_RATE);
        assertThat(refused.status()).isEqualTo(480);
        assertThat(refused.retryAfterSeconds().getAsInt()).isBetween(3500, 3600);
    }

    @Test
    void aCallThatTheRelayRefusesIsGivenBack() throws Exception {
        Calls calls = somebody().rate(1, 3600, RateScope.NUMBER);
        CallRouted first = calls.routed();
        admitted(first);
        bus.say(CallRejected.of(
                first.invite(), RefusalReason.NO_COMMON_CODEC, OptionalInt.empty(), "media-relay", Optional.empty(),
                List.of()));
        awaitFreed(calls);
    }

    @Test
    void aRefusalCarriesItsCounts() throws Exception {
        Calls calls = somebody().pool("gpu-" + UUID.randomUUID(), 1);
        admitted(calls.routed());
        CallRejected refused = rejected(calls.to("+4930" + System.nanoTime()).routed());
        assertThat(refused.reason()).isEqualTo(RefusalReason.AGENTS_BUSY);
        assertThat(refused.counts()).contains(new AdmissionCount("agent-pool", 1, OptionalInt.of(1)));
    }

    @Test
    void theSixthCallFindsTheSuiteFull() throws Exception {
        for (int call = 0; call < 5; call++) {
            admitted(somebody().routed());
        }
        CallRejected refused = rejected(somebody().routed());
        assertThat(refused.reason()).isEqualTo(RefusalReason.SUITE_FULL);
        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.retryAfterSeconds()).hasValue(5);
        awaitMetric("trunkline_limiter_decisions_total{outcome=\"suite-full\"}");
    }

    /** Waits for a metric: a decision is counted once the trunk has it. */
    private static void awaitMetric(String metric) throws InterruptedException {
        long until = System.nanoTime() + 20_000_000_000L;
        while (!given().get("/q/metrics").asString().contains(metric) && System.nanoTime() < until) {
            Thread.sleep(50);
        }
        given().get("/q/metrics").then().body(containsString(metric));
    }

    @Test
    void aCallPastItsDeadlineIsPassedOver() throws Exception {
        CallRouted late = somebody().by(Instant.EPOCH).routed();
        place(late);
        // A later event in the same partition was handled, and the late call was not.
        bus.say(somebody().routed(late.callId()));
        Envelope first = bus.await(late.callId(), CallAdmitted.class);
        assertThat(((CallAdmitted) first.record()).route().invite().deadline()).isEqualTo(Instant.MAX);
    }

    @Test
    void withoutRedisCallsAreRefusedUntilItIsBackAndHeartbeatsCountThemAgain() throws Exception {
        Calls calls = somebody().numberLimit(1);
        CallAdmitted up = admitted(calls.routed());
        surroundings.stopRedis();
        try {
            CallRejected refused = rejected(somebody().routed());
            assertThat(refused.reason()).isEqualTo(RefusalReason.LIMITER_UNAVAILABLE);
            assertThat(refused.status()).isEqualTo(503);
            awaitReady(503);
            given().get("/q/health/ready").then().body(containsString("calls are refused with 503"));
            given().get("/q/metrics").then().body(containsString("trunkline_limiter_redis_up 0"));
        } finally {
            surroundings.startRedis();
        }
        awaitReady(200);
        bus.say(calls.heartbeat(up.callId(), 1));
        awaitBusy(calls);
    }

    private void awaitBusy(Calls calls) throws InterruptedException {
        for (int attempt = 0; attempt < 100; attempt++) {
            CallRouted routed = calls.routed();
            place(routed);
            if (decided(routed) instanceof CallRejected rejected) {
                assertThat(rejected.reason()).isEqualTo(RefusalReason.NUMBER_BUSY);
                return;
            }
            end(routed.callId());
            Thread.sleep(50);
        }
        throw new AssertionError("the number was never busy again");
    }

    @Test
    void metricsAndHealthAreServedAndNameNobody() {
        String metrics = given().get("/q/metrics").asString();
        assertThat(metrics).contains("trunkline_limiter_redis_up 1.0").contains("trunkline_limiter_calls");
        assertThat(metrics).doesNotContain("+32");
        assertThat(RestAssured.get("/q/health/live").statusCode()).isEqualTo(200);
    }
}
