package dev.trunkline.limiter.calls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.bus.CallEventPublisher;
import dev.trunkline.bus.RecordAges;
import dev.trunkline.events.CallAdmitted;
import dev.trunkline.events.CallEnded;
import dev.trunkline.events.CallRejected;
import dev.trunkline.events.CallRouted;
import dev.trunkline.events.EndReason;
import dev.trunkline.events.Envelope;
import dev.trunkline.events.Envelope.Owners;
import dev.trunkline.events.LiveCall;
import dev.trunkline.events.OutgoingLimits;
import dev.trunkline.events.RefusalReason;
import dev.trunkline.events.codec.Envelopes;
import dev.trunkline.events.codec.EventJson;
import dev.trunkline.limiter.Calls;
import dev.trunkline.limiter.admission.Announcement;
import dev.trunkline.limiter.admission.Terms;
import dev.trunkline.limiter.admission.WhenUnavailable;
import dev.trunkline.limiter.ledger.CallLedger;
import dev.trunkline.limiter.ledger.LedgerKeys;
import dev.trunkline.limiter.ledger.LedgerTime;
import dev.trunkline.limiter.ledger.RedisLink;
import dev.trunkline.limiter.live.LiveCalls;
import dev.trunkline.limiter.live.LiveTable;
import dev.trunkline.limiter.metrics.LimiterMetrics;
import dev.trunkline.local.Ports;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What becomes of calls when there is no Redis at all. */
class WithoutRedisTest {
    private final MockProducer<String, byte[]> producer =
            new MockProducer<>(true, null, new StringSerializer(), new ByteArraySerializer());
    private final MockProducer<String, byte[]> liveCalls =
            new MockProducer<>(true, null, new StringSerializer(), new ByteArraySerializer());
    private final LiveTable table = new LiveTable();
    private Duration onTheWay = Duration.ofMillis(500);
    private final Envelopes envelopes = new Envelopes("/test/test-1", Clock.systemUTC(), UUID::randomUUID);
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final RedisLink nowhere = new RedisLink("redis://127.0.0.1:" + Ports.free(), Duration.ofMillis(100)).start();

    @AfterEach
    void close() {
        nowhere.close();
    }

    private Admissions admissions(WhenUnavailable whenUnavailable) {
        var ledger = new CallLedger(
                nowhere, LedgerKeys.SUITE, new LedgerTime.OfRedis(), Duration.ofSeconds(30));
        return new Admissions(
                ledger, new Ends(ledger), new Terms(10, 1), new Announcement(30), whenUnavailable, envelopes,
                new CallEventPublisher(producer),
                new LiveCalls(new CallEventPublisher(liveCalls), table, ledger, () -> true), Clock.systemUTC(),
                new RecordAges(Clock.systemUTC(), () -> onTheWay), new LimiterMetrics(registry), () -> Duration.ZERO);
    }

    private <T> T answer(WhenUnavailable whenUnavailable, Class<T> type) throws Exception {
        CallRouted routed = Calls.plain().routed();
        Envelope cause = envelopes.first(routed, Owners.edge("edge-1"));
        admissions(whenUnavailable).handle(cause).toCompletableFuture().join();
        List<ProducerRecord<String, byte[]>> said = producer.history();
        assertThat(said).hasSize(1);
        return EventJson.MAPPER.readValue(said.getFirst().value(), type);
    }

    @Test
    void refusesWithATimeToTryAgain() throws Exception {
        CallRejected rejected = answer(WhenUnavailable.REFUSE, CallRejected.class);
        assertThat(rejected.reason()).isEqualTo(RefusalReason.LIMITER_UNAVAILABLE);
        assertThat(rejected.retryAfterSeconds()).hasValue(5);
        assertThat(rejected.trace().getLast().detail()).contains("Redis does not answer");
        assertThat(rejected.summary()).hasValueSatisfying(call -> {
            assertThat(call.organisation()).isEqualTo(rejected.organisation());
            assertThat(call.room()).contains("room-1");
            assertThat(call.talkMillis()).isZero();
        });
        assertThat(registry.get("trunkline.limiter.redis.failures").counter().count()).isEqualTo(1);
    }

    @Test
    void admitsUncountedWhereTheOperatorWantsThat() throws Exception {
        CallAdmitted admitted = answer(WhenUnavailable.ADMIT, CallAdmitted.class);
        assertThat(admitted.counts()).isEmpty();
        assertThat(registry.get("trunkline.limiter.decisions").tag("outcome", "admitted-uncounted").counter().count())
                .isEqualTo(1);
    }

    @Test
    void anEmergencyCallIsLetInWhateverTheOperatorWants() throws Exception {
        OptionalInt nothing = OptionalInt.of(0);
        CallRouted routed =
                Calls.plain().out(new OutgoingLimits(nothing, nothing, nothing, nothing, true)).routed();
        admissions(WhenUnavailable.REFUSE).handle(envelopes.first(routed, Owners.NONE)).toCompletableFuture().join();
        CallAdmitted admitted =
                EventJson.MAPPER.readValue(producer.history().getFirst().value(), CallAdmitted.class);
        assertThat(admitted.callId()).isEqualTo(routed.callId());
        assertThat(admitted.counts()).isEmpty();
    }

    @Test
    void aCallThatIsAdmittedUncountedIsLiveUntilItsEnd() throws Exception {
        CallRouted routed = Calls.plain().routed();
        Admissions admissions = admissions(WhenUnavailable.ADMIT);
        admissions.handle(envelopes.first(routed, Owners.edge("edge-1"))).toCompletableFuture().join();
        LiveCall live = EventJson.MAPPER.readValue(liveCalls.history().getFirst().value(), LiveCall.class);
        assertThat(live.callId()).isEqualTo(routed.callId());
        assertThat(live.organisation()).isEqualTo(routed.organisation());
        assertThat(live.trunk()).isEqualTo(routed.invite().trunk());

        var ended = new CallEnded(routed.callId(), "sip-edge", EndReason.CANCELLED, "", false, 0, Optional.empty());
        admissions.handle(envelopes.first(ended, Owners.NONE)).toCompletableFuture().join();
        assertThat(liveCalls.history()).hasSize(2);
        assertThat(liveCalls.history().getLast().key()).isEqualTo(routed.callId().toString());
        assertThat(liveCalls.history().getLast().value()).as("a tombstone").isNull();
    }

    @Test
    void whatCannotBeCountedIsHandledAllTheSame() {
        CallRouted routed = Calls.plain().routed();
        Admissions admissions = admissions(WhenUnavailable.REFUSE);
        var ended = new CallEnded(
                routed.callId(), "sip-edge", EndReason.CANCELLED, "", false, 0, Optional.empty());
        for (var event : List.of(Calls.plain().heartbeat(routed.callId(), 0), ended)) {
            Envelope envelope = envelopes.first(event, Owners.NONE);
            assertThat(admissions.handle(envelope).toCompletableFuture()).isCompleted();
        }
        assertThat(producer.history()).isEmpty();
        assertThat(liveCalls.history()).isEmpty();
    }

    @Test
    void anEdgeWhoseClockIsAnHourBehindOrAheadHasItsCallsJudged() {
        for (Duration off : List.of(Duration.ofHours(-1), Duration.ofHours(1))) {
            producer.clear();
            handle(Calls.plain().by(Instant.now().plus(off).plusSeconds(2)).routed());
            assertThat(producer.history()).as(off.toString()).hasSize(1);
        }
    }

    @Test
    void whatWasOnTheWayForLongerThanItsDeadlineIsPassedOver() {
        onTheWay = Duration.ofMinutes(2);
        handle(Calls.plain().by(Instant.now().minusSeconds(1)).routed());
        assertThat(producer.history()).isEmpty();
        assertThat(registry.get("trunkline.limiter.late").counter().count()).isEqualTo(1);
    }

    private void handle(CallRouted routed) {
        admissions(WhenUnavailable.REFUSE).handle(envelopes.first(routed, Owners.edge("edge-1"))).toCompletableFuture().join();
    }
}
