package dev.trunkline.limiter.calls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.backends.Backend;
import dev.trunkline.backends.Backends;
import dev.trunkline.bus.CallEventPublisher;
import dev.trunkline.events.CallEnded;
import dev.trunkline.events.CallHeartbeat;
import dev.trunkline.events.CallRouted;
import dev.trunkline.events.CallSummary;
import dev.trunkline.events.EndReason;
import dev.trunkline.events.Envelope.Owners;
import dev.trunkline.events.codec.CallEventCodec;
import dev.trunkline.events.codec.Envelopes;
import dev.trunkline.events.codec.EventJson;
import dev.trunkline.limiter.Calls;
import dev.trunkline.limiter.MovableClock;
import dev.trunkline.limiter.admission.Terms;
import dev.trunkline.limiter.ledger.CallLedger;
import dev.trunkline.limiter.ledger.CallLedger.Rate;
import dev.trunkline.limiter.ledger.CallLedger.Renewal;
import dev.trunkline.limiter.ledger.LedgerKeys;
import dev.trunkline.limiter.ledger.LedgerTime;
import dev.trunkline.limiter.ledger.RedisLink;
import dev.trunkline.limiter.metrics.LimiterMetrics;
import dev.trunkline.local.Passwords;
import dev.trunkline.local.Ports;
import io.lettuce.core.RedisClient;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Ends of calls that no other service publishes, with a real Redis and a clock that the test moves. */
class LostCallsTest {
    private static final Duration LEASE = Duration.ofSeconds(30);

    private final MovableClock clock = new MovableClock(Instant.parse("2026-03-01T12:00:00Z"));
    private final MockProducer<String, byte[]> producer =
            new MockProducer<>(true, null, new StringSerializer(), new ByteArraySerializer());
    private final CallRouted routed = Calls.plain().routed();
    private Backend redis;
    private RedisLink link;
    private CallLedger ledger;
    private LostCalls lostCalls;

    @BeforeEach
    void admitACallThatFallsSilent() throws Exception {
        redis = Backends.chosen().redis(Ports.free(), Passwords.make(new SecureRandom()));
        link = new RedisLink(redis.address(), Duration.ofSeconds(5)).start();
        while (!link.answers()) {
            Thread.sleep(10);
        }
        ledger = new CallLedger(link, LedgerKeys.SUITE, new LedgerTime.Of(clock), LEASE);
        lostCalls = new LostCalls(
                ledger, new Envelopes("/test/test-1", clock, UUID::randomUUID), new CallEventPublisher(producer), clock,
                LEASE, new LimiterMetrics(new SimpleMeterRegistry()));
        done(ledger.admit(new Terms(10, 1).applicant(routed, Owners.edge("edge-1"))));
        clock.advance(Duration.ofSeconds(5));
        done(ledger.answered(routed.callId(), clock.instant()));
        clock.advance(Duration.ofSeconds(10));
        done(ledger.renew(
                Calls.plain().heartbeat(routed.callId(), 0), Owners.edge("edge-1").withRelay("relay-7")));
    }

    @AfterEach
    void stop() throws IOException {
        link.close();
        redis.close();
    }

    private static <T> T done(CompletionStage<T> stage) {
        return stage.toCompletableFuture().join();
    }

    private void sweep(Duration after, boolean connected) throws InterruptedException {
        clock.advance(after);
        lostCalls.sweep(connected);
    }

    @Test
    void tellsTheEndOnceTwoLeasesAreOver() throws Exception {
        sweep(Duration.ZERO, true);
        sweep(LEASE, true);
        assertThat(producer.history()).isEmpty();
        sweep(LEASE, true);

        assertThat(producer.history()).hasSize(1);
        ProducerRecord<String, byte[]> told = producer.history().getFirst();
        CallEnded ended = EventJson.MAPPER.readValue(told.value(), CallEnded.class);
        assertThat(ended.callId()).isEqualTo(routed.callId());
        assertThat(ended.reason()).isEqualTo(EndReason.EDGE_LOST);
        assertThat(ended.by()).isEqualTo("rate-limiter");
        assertThat(ended.answered()).isTrue();
        assertThat(ended.durationMillis()).isEqualTo(10_000);
        assertThat(ended.media()).contains(Calls.MEDIA);
        assertThat(CallEventCodec.text(told.headers(), CallEventCodec.CE_EDGE)).contains("edge-1");
        assertThat(CallEventCodec.text(told.headers(), CallEventCodec.CE_RELAY)).contains("relay-7");

        done(ledger.free(routed.callId(), Rate.COUNTED));
        sweep(LEASE, true);
        assertThat(producer.history()).hasSize(1);
    }

    @Test
    void theEndOfALostCallTellsTheWholeCallUpToThePhonesLastPacket() throws Exception {
        Instant heard = clock.instant().minusSeconds(2);
        CallHeartbeat heartbeat = Calls.plain().heartbeat(routed.callId(), 1);
        done(ledger.joined(routed.callId(), "concierge"));
        done(ledger.renew(
                new CallHeartbeat(
                        heartbeat.callId(), heartbeat.relay(), 1, heartbeat.organisationId(), heartbeat.number(),
                        Calls.MEDIA, Optional.empty(), Optional.of(heard)),
                Owners.NONE));
        sweep(Duration.ZERO, true);
        sweep(LEASE.multipliedBy(2), true);

        CallEnded ended = EventJson.MAPPER.readValue(producer.history().getFirst().value(), CallEnded.class);
        assertThat(ended.durationMillis()).isEqualTo(8_000);
        assertThat(ended.summary()).contains(CallSummary.of(routed, heard)
                .answered(heard.minusSeconds(8))
                .by("concierge")
                .heard(Calls.MEDIA));
        assertThat(ended.summary().orElseThrow().talkMillis()).isEqualTo(8_000);
    }

    @Test
    void theEndOfALostCallThatAWipedRedisForgotIsToldWithoutItsSummary() throws Exception {
        wipe();
        done(ledger.renew(Calls.plain().heartbeat(routed.callId(), 1), Owners.NONE));
        sweep(Duration.ZERO, true);
        sweep(LEASE.multipliedBy(2), true);
        CallEnded ended = EventJson.MAPPER.readValue(producer.history().getFirst().value(), CallEnded.class);
        assertThat(ended.reason()).isEqualTo(EndReason.EDGE_LOST);
        assertThat(ended.summary()).isEmpty();
    }

    private void wipe() {
        try (RedisClient client = RedisClient.create(redis.address())) {
            client.connect().sync().flushall();
        }
    }

    @Test
    void silenceProvesNothingWhileKafkaOrRedisAreAway() throws Exception {
        sweep(Duration.ZERO, true);
        sweep(LEASE.multipliedBy(3), false);
        sweep(Duration.ofSeconds(1), true);
        sweep(LEASE.minusSeconds(1), true);
        assertThat(producer.history()).isEmpty();
        done(ledger.renew(Calls.plain().heartbeat(routed.callId(), 1), Owners.NONE));
        sweep(Duration.ofSeconds(1), true);
        assertThat(producer.history()).as("heard of again").isEmpty();
    }

    @Test
    void anEndThatRedisMissedIsToldToItAndNotToldAgainToTheSuite() throws Exception {
        var ends = new Ends(ledger);
        redis.stop();
        awaitAnswers(false);
        assertThat(ends.tell(routed.callId(), Rate.COUNTED).toCompletableFuture())
                .failsWithin(Duration.ofSeconds(30));
        assertThat(ends.waiting()).isEqualTo(1);

        redis.start();
        awaitAnswers(true);
        ends.catchUp();
        while (ends.waiting() > 0) {
            Thread.sleep(10);
        }
        assertThat(done(ledger.renew(Calls.plain().heartbeat(routed.callId(), 2), Owners.NONE)))
                .as("Redis knows that the call is over").isEqualTo(Renewal.OVER);
        sweep(Duration.ZERO, true);
        sweep(LEASE.multipliedBy(3), true);
        assertThat(producer.history()).isEmpty();
    }

    private void awaitAnswers(boolean wanted) throws InterruptedException {
        while (link.answers() != wanted) {
            Thread.sleep(10);
        }
    }

    @Test
    void aRedisWhoseClockIsSetAnHourAheadEndsNoCall() throws Exception {
        var redisTime = new MovableClock(clock.instant());
        ledger = new CallLedger(link, LedgerKeys.SUITE, new LedgerTime.Of(redisTime), LEASE);
        lostCalls = new LostCalls(
                ledger, new Envelopes("/test/test-1", clock, UUID::randomUUID), new CallEventPublisher(producer), clock,
                LEASE, new LimiterMetrics(new SimpleMeterRegistry()));
        sweep(Duration.ZERO, true);
        sweepAndBeat(redisTime, 4);
        redisTime.advance(Duration.ofHours(1));
        sweep(Duration.ZERO, true);
        sweepAndBeat(redisTime, 4);
        assertThat(producer.history()).isEmpty();

        clock.advance(LEASE.multipliedBy(2));
        redisTime.advance(LEASE.multipliedBy(2));
        sweep(Duration.ofMillis(1), true);
        assertThat(producer.history()).as("it falls silent").hasSize(1);
    }

    private void sweepAndBeat(MovableClock redisTime, int times) throws InterruptedException {
        for (int beat = 1; beat <= times; beat++) {
            redisTime.advance(Duration.ofSeconds(10));
            sweep(Duration.ofSeconds(10), true);
            done(ledger.renew(Calls.plain().heartbeat(routed.callId(), beat), Owners.NONE));
        }
    }
}
