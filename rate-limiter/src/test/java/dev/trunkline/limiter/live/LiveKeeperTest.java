package dev.trunkline.limiter.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.backends.Backend;
import dev.trunkline.backends.Backends;
import dev.trunkline.bus.CallEventPublisher;
import dev.trunkline.events.CallDirection;
import dev.trunkline.events.CallHeartbeat;
import dev.trunkline.events.CallId;
import dev.trunkline.events.CallRouted;
import dev.trunkline.events.Envelope.Owners;
import dev.trunkline.events.LiveCall;
import dev.trunkline.events.OutgoingLimits;
import dev.trunkline.events.codec.EventJson;
import dev.trunkline.limiter.Calls;
import dev.trunkline.limiter.MovableClock;
import dev.trunkline.limiter.admission.CallCard;
import dev.trunkline.limiter.admission.Terms;
import dev.trunkline.limiter.ledger.CallLedger;
import dev.trunkline.limiter.ledger.CallLedger.Rate;
import dev.trunkline.limiter.ledger.CallLedger.Renewal;
import dev.trunkline.limiter.ledger.LedgerKeys;
import dev.trunkline.limiter.ledger.LedgerTime;
import dev.trunkline.limiter.ledger.RedisLink;
import dev.trunkline.local.Passwords;
import dev.trunkline.local.Ports;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.sync.RedisCommands;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The topic's content, corrected according to a real Redis, with a clock that the test moves. */
class LiveKeeperTest {
    private static final Duration LEASE = Duration.ofSeconds(30);
    private static final OutgoingLimits OUT = new OutgoingLimits(
            OptionalInt.of(1), OptionalInt.empty(), OptionalInt.empty(), OptionalInt.empty(), false);
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private static Backend server;
    private static RedisClient client;
    private static RedisCommands<String, String> redis;
    private static RedisLink link;

    private final MovableClock clock = new MovableClock(NOON);
    private final MockProducer<String, byte[]> topic =
            new MockProducer<>(true, null, new StringSerializer(), new ByteArraySerializer());
    private final CallLedger ledger = new CallLedger(link, LedgerKeys.SUITE, new LedgerTime.Of(clock), LEASE);
    private final LiveTable table = new LiveTable();
    private final LiveCalls live = new LiveCalls(new CallEventPublisher(topic), table, ledger, () -> true);
    private boolean hearing = true;
    private final LiveKeeper keeper = new LiveKeeper(
            live, table, ledger, LEASE, () -> hearing, () -> Duration.ZERO, () -> clock.millis() * 1_000_000);
    private final CallRouted routed = Calls.plain().pool("gpu-1", 4).routed();

    @BeforeAll
    static void startRedis() throws Exception {
        server = Backends.chosen().redis(Ports.free(), Passwords.make(new SecureRandom()));
        client = RedisClient.create(server.address());
        redis = client.connect().sync();
        link = new RedisLink(server.address(), Duration.ofSeconds(5)).start();
        while (!link.answers()) {
            Thread.sleep(10);
        }
    }

    @AfterAll
    static void stopRedis() throws IOException {
        link.close();
        client.shutdown();
        server.close();
    }

    @BeforeEach
    void emptyRedis() {
        redis.flushall();
    }

    private static <T> T done(CompletionStage<T> stage) {
        return stage.toCompletableFuture().join();
    }

    private void admit() {
        done(ledger.admit(new Terms(10, 1).applicant(routed, Owners.edge("edge-1"))));
    }

    private void admitAndSay() {
        admit();
        live.admitted(routed.callId(), CallCard.of(routed), NOON);
        topic.clear();
    }

    private CallHeartbeat heartbeat() {
        return Calls.plain().pool("gpu-1", 4).heartbeat(routed.callId(), 0);
    }

    private void assertWithdrawn() {
        assertThat(topic.history()).singleElement().satisfies(record -> {
            assertThat(record.key()).isEqualTo(routed.callId().toString());
            assertThat(record.value()).isNull();
        });
        assertThat(table.has(routed.callId())).isFalse();
    }

    private LiveCall said() throws IOException {
        assertThat(topic.history()).hasSize(1);
        ProducerRecord<String, byte[]> record = topic.history().getFirst();
        assertThat(record.key()).isEqualTo(routed.callId().toString());
        return EventJson.MAPPER.readValue(record.value(), LiveCall.class);
    }

    @Test
    void aCallThatHoldsItsSlotIsLeftAlone() throws Exception {
        admitAndSay();
        for (int look = 0; look < 12; look++) {
            clock.advance(Duration.ofSeconds(1));
            assertThat(keeper.look()).isZero();
        }
        assertThat(topic.history()).isEmpty();
    }

    @Test
    void aCallWhoseLeaseRanOutIsWithdrawnAtOnceAndSaidAgainByItsHeartbeat() throws Exception {
        admitAndSay();
        clock.advance(LEASE);
        assertThat(keeper.look()).isEqualTo(1);
        assertWithdrawn();

        topic.clear();
        Renewal renewal = done(ledger.renew(heartbeat(), Owners.NONE));
        live.beat(heartbeat(), renewal == Renewal.REBUILT, clock.instant());
        while (topic.history().isEmpty()) {
            Thread.sleep(10);
        }
        assertThat(said()).isEqualTo(CallCard.of(routed).live(routed.callId(), NOON));
    }

    @Test
    void aCallWhoseTombstoneWasOvertakenIsWithdrawn() throws Exception {
        admitAndSay();
        done(ledger.free(routed.callId(), Rate.COUNTED));
        assertThat(keeper.look()).isEqualTo(1);
        assertWithdrawn();
    }

    @Test
    void whileKafkaIsNotReadNothingIsWithdrawnOrSaid() throws Exception {
        admitAndSay();
        hearing = false;
        clock.advance(LEASE.multipliedBy(3));
        assertThat(keeper.look()).isZero();
        hearing = true;
        done(ledger.renew(heartbeat(), Owners.NONE));
        assertThat(keeper.look()).isZero();
        assertThat(topic.history()).isEmpty();
    }

    @Test
    void aCallThatEndedWhileNoLimiterWasThereIsWithdrawnALeaseAfterTheStart() throws Exception {
        table.add(routed.callId(), Optional.empty());
        assertThat(keeper.look()).isZero();
        clock.advance(LEASE);
        assertThat(keeper.look()).isEqualTo(1);
        assertWithdrawn();
    }

    @Test
    void aLimiterThatWasKilledBeforeItSaidACallHasItSaidByAnother() throws Exception {
        admit();
        for (int look = 0; look < 6; look++) {
            keeper.look();
        }
        assertThat(said()).isEqualTo(CallCard.of(routed).live(routed.callId(), NOON));
    }

    @Test
    void whatAWipedRedisHadKeptIsGivenBackToItByTheHeartbeat() throws Exception {
        admitAndSay();
        redis.flushall();
        assertThat(keeper.look()).as("heartbeats may come still").isZero();
        assertThat(done(ledger.renew(heartbeat(), Owners.NONE))).isEqualTo(Renewal.REBUILT);
        live.beat(heartbeat(), true, clock.instant().plusSeconds(9));
        clock.advance(LEASE.minusSeconds(1));
        assertThat(keeper.look()).isZero();
        assertThat(topic.history()).as("the topic has it still").isEmpty();
        assertThat(done(ledger.live(routed.callId(), Optional.empty())))
                .contains(CallCard.of(routed).live(routed.callId(), NOON));
    }

    @Test
    void aCallOutIsCountedAgainWithItsTrunkWhereRedisWasWiped() throws Exception {
        CallRouted leg = Calls.plain().out(OUT).routed();
        done(ledger.admit(new Terms(10, 1).applicant(leg, Owners.edge("edge-1"))));
        live.admitted(leg.callId(), CallCard.of(leg), NOON);
        redis.flushall();
        CallHeartbeat heartbeat = Calls.plain().heartbeat(leg.callId(), 1);
        assertThat(done(ledger.renew(heartbeat, Owners.NONE))).isEqualTo(Renewal.REBUILT);
        live.beat(heartbeat, true, clock.instant());
        // Redis handles commands in order, so those for the heartbeat are done before this one.
        done(ledger.live(leg.callId(), Optional.empty()));
        assertThat(redis.keys("{trunkline}:calls:*")).containsExactlyInAnyOrder(
                "{trunkline}:calls:number:+3225550100", "{trunkline}:calls:organisation:org-1",
                "{trunkline}:calls:trunk:t1", "{trunkline}:calls:calls-out:org-1", "{trunkline}:calls:suite");
    }

    @Test
    void aCallOfWhichNobodyKnowsMoreIsSaidAsItsHeartbeatTells() throws Exception {
        Renewal renewal = done(ledger.renew(heartbeat(), Owners.NONE));
        live.beat(heartbeat(), renewal == Renewal.REBUILT, NOON);
        while (topic.history().isEmpty()) {
            Thread.sleep(10);
        }
        LiveCall call = said();
        assertThat(List.of(call.organisation().id(), call.number(), call.trunk().id(), call.agentPool().orElseThrow()))
                .containsExactly("org-1", "+3225550100", "", "gpu-1");
        assertThat(call.admittedAt()).isEqualTo(NOON);
    }

    @Test
    void aCallOutIsSaidAsSuch() throws Exception {
        Calls calls = Calls.plain().out(OUT);
        CallRouted leg = calls.routed();
        assertThat(CallCard.of(leg).live(leg.callId(), NOON).direction()).contains(CallDirection.OUTBOUND);
        assertThat(CallCard.of(routed).live(routed.callId(), NOON).direction()).isEmpty();
        CallHeartbeat heartbeat = calls.heartbeat(leg.callId(), 1);
        Renewal renewal = done(ledger.renew(heartbeat, Owners.NONE));
        live.beat(heartbeat, renewal == Renewal.REBUILT, NOON);
        while (topic.history().isEmpty()) {
            Thread.sleep(10);
        }
        LiveCall call = EventJson.MAPPER.readValue(topic.history().getFirst().value(), LiveCall.class);
        assertThat(call.direction()).contains(CallDirection.OUTBOUND);
        assertThat(call.trunk().id()).as("by which it goes out").isEqualTo("t1");
    }

    @Test
    void aHeartbeatThatComesAfterTheEndSaysNothing() throws Exception {
        admitAndSay();
        live.over(routed.callId(), done(ledger.free(routed.callId(), Rate.COUNTED)));
        assertWithdrawn();
        live.beat(heartbeat(), false, NOON);
        // Redis handles commands in order, so those for the heartbeat are answered before this one.
        assertThat(done(ledger.live(new CallId(routed.callId().value()), Optional.empty()))).isEmpty();
        assertThat(topic.history()).hasSize(1);
    }

    @Test
    void whatKafkaDidNotTakeIsSaidAgain() throws Exception {
        var failing = new MockProducer<>(false, null, new StringSerializer(), new ByteArraySerializer());
        var unheard = new LiveCalls(new CallEventPublisher(failing), table, ledger, () -> true);
        admit();
        unheard.admitted(routed.callId(), CallCard.of(routed), NOON);
        assertThat(table.has(routed.callId())).isTrue();
        failing.errorNext(new IllegalStateException("Kafka is away"));
        assertThat(table.has(routed.callId())).isFalse();
        for (int look = 0; look < 6; look++) {
            keeper.look();
        }
        assertThat(said().callId()).isEqualTo(routed.callId());
    }
}
