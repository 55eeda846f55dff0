package dev.trunkline.limiter.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.backends.Backend;
import dev.trunkline.backends.Backends;
import dev.trunkline.bus.CallEventPublisher;
import dev.trunkline.bus.ChannelByHand;
import dev.trunkline.bus.ContainedFaults;
import dev.trunkline.bus.KafkaAddress;
import dev.trunkline.bus.TopicSetup;
import dev.trunkline.events.AdmissionCount;
import dev.trunkline.events.CallAdmitted;
import dev.trunkline.events.CallEnded;
import dev.trunkline.events.CallId;
import dev.trunkline.events.CallRejected;
import dev.trunkline.events.CallRouted;
import dev.trunkline.events.EndReason;
import dev.trunkline.events.RefusalReason;
import dev.trunkline.events.Topics;
import dev.trunkline.events.codec.EventJson;
import dev.trunkline.limiter.Calls;
import dev.trunkline.limiter.admission.CallCard;
import dev.trunkline.limiter.metrics.LimiterMetrics;
import dev.trunkline.local.Passwords;
import dev.trunkline.local.Ports;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.sync.RedisCommands;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Several complete limiters in parallel, between one Kafka and one Redis. */
class ReplicasTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static Backend kafka;
    private static KafkaAddress address;
    private static Backend redisServer;
    private static RedisClient client;
    private static RedisCommands<String, String> redis;

    private final List<Limiter> running = new ArrayList<>();

    @BeforeAll
    static void start() throws Exception {
        kafka = Backends.chosen().kafka(Ports.free());
        address = KafkaAddress.of(kafka.address());
        TopicSetup.ensure(address, 6, (short) 1);
        redisServer = Backends.chosen().redis(Ports.free(), Passwords.make(new SecureRandom()));
        client = RedisClient.create(redisServer.address());
        redis = client.connect().sync();
    }

    @AfterAll
    static void stop() throws Exception {
        client.shutdown();
        redisServer.close();
        kafka.close();
    }

    @BeforeEach
    void emptyRedis() {
        redis.flushall();
    }

    @AfterEach
    void stopLimiters() {
        List.copyOf(running).forEach(this::stop);
    }

    private Limiter limiter(String instance, int suiteCalls) {
        LimiterSettings settings = new SmallRyeConfigBuilder()
                .withConverter(Duration.class, 200, new DurationConverter())
                .withMapping(LimiterSettings.class)
                .withDefaultValue("trunkline.kafka", kafka.address())
                .withDefaultValue("trunkline.redis", redisServer.address())
                .withDefaultValue("trunkline.instance", instance)
                .withDefaultValue("trunkline.suite-calls", Integer.toString(suiteCalls))
                .withDefaultValue("trunkline.admission.redis-timeout", "1s")
                .build()
                .getConfigMapping(LimiterSettings.class);
        var limiter = new Limiter(settings, new LimiterMetrics(new SimpleMeterRegistry()), ContainedFaults.logged(),
                ChannelByHand.with(ChannelByHand.settingsIn("application.properties")));
        limiter.start(new StartupEvent());
        running.add(limiter);
        return limiter;
    }

    private void stop(Limiter limiter) {
        running.remove(limiter);
        limiter.stop(new ShutdownEvent());
    }

    private static void await(String what, BooleanSupplier condition) throws InterruptedException {
        long until = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("waiting for " + what).isLessThan(until);
            Thread.sleep(20);
        }
    }

    private static List<String> slots() {
        return redis.keys("{trunkline}:calls:*");
    }

    /** A crowd places a few hundred calls a second; meanwhile one limiter joins and another leaves. */
    @Test
    void eachCallIsDecidedOnceAndNoCountIsEverAboveItsLimit() throws Exception {
        Limiter first = limiter("limiter-a", Crowd.OF_THE_SUITE);
        Limiter second = limiter("limiter-b", Crowd.OF_THE_SUITE);
        await("the first two", () -> Stream.of(first, second).allMatch(Limiter::takesCalls));
        try (var crowd = new Crowd(listener -> new Bus(address, listener)); var live = new LiveTopic(address)) {
            call(crowd, 250, () -> crowd.deciders().size() == 2);
            Limiter third = limiter("limiter-c", Crowd.OF_THE_SUITE);
            call(crowd, 250, third::takesCalls);
            Thread leaving = Thread.startVirtualThread(() -> stop(first));
            call(crowd, 250, () -> !leaving.isAlive());
            // Calls that end soon fill the suite only by chance, and never on a slow machine.
            crowd.stay();
            await("the suite to be full", () -> {
                crowd.callAnew();
                return crowd.outcomes().containsKey("suite-full");
            });
            crowd.leave();

            await("a decision on each call", () -> crowd.decided() == crowd.placed());
            await("the end of each call", () -> slots().isEmpty());
            await("no call to be live", () -> live.calls().isEmpty());
            assertThat(crowd.notDecidedOnce()).isEmpty();
            assertThat(crowd.beyond()).isEmpty();
            assertThat(crowd.most("number")).isBetween(1, Crowd.OF_A_NUMBER);
            assertThat(crowd.most("organisation")).isBetween(1, Crowd.OF_AN_ORGANISATION);
            assertThat(crowd.most("pool")).isBetween(1, Crowd.OF_THE_POOL);
            assertThat(crowd.most("trunk")).isBetween(1, Crowd.OUT_OF_THE_TRUNK);
            assertThat(crowd.most("calls out")).isBetween(1, Crowd.OUT_OF_AN_ORGANISATION);
            assertThat(crowd.most("suite")).isBetween(1, Crowd.OF_THE_SUITE);
            assertThat(crowd.mostOfACaller()).isBetween(1, Crowd.OF_A_CALLER);
            assertThat(crowd.outcomes()).containsKeys("admitted", "suite-full");
            assertThat(crowd.deciders()).contains("/rate-limiter/limiter-a", "/rate-limiter/limiter-b");
            assertThat(redis.keys("{trunkline}:call:*")).allSatisfy(call ->
                    assertThat(redis.hget(call, "state")).isIn("ended", "refused"));
        }
    }

    /** Places at least this many calls, and more until the condition holds. */
    private static void call(Crowd crowd, int calls, BooleanSupplier until) throws InterruptedException {
        for (int call = 0; call < calls || !until.getAsBoolean(); call++) {
            assertThat(call).as("calls until something happens").isLessThan(20_000);
            crowd.call();
            Thread.sleep(3);
        }
    }

    @Test
    void aWipedRedisCountsTwentyCallsAgainFromTheirHeartbeatsAndHurtsNone() throws Exception {
        Limiter one = limiter("limiter-a", 21);
        Limiter other = limiter("limiter-b", 21);
        await("both", () -> Stream.of(one, other).allMatch(Limiter::takesCalls));
        Calls calls = Calls.plain().numberLimit(20).organisationLimit(20).pool("gpu-1", 20);
        try (var bus = new Bus(address); var live = new LiveTopic(address)) {
            List<CallRouted> up = new ArrayList<>();
            for (int call = 0; call < 20; call++) {
                up.add(calls.from("caller-" + call).routed());
            }
            up.forEach(bus::say);
            for (CallRouted call : up) {
                bus.await(call.callId(), CallAdmitted.class);
            }
            Set<CallId> calling = up.stream().map(CallRouted::callId).collect(Collectors.toSet());
            await("each to be live", () -> live.calls().equals(calling));
            redis.flushall();
            up.forEach(call -> bus.say(calls.heartbeat(call.callId(), 1)));
            await("each place to have its calls", () -> slots().size() == 4
                    && slots().stream().allMatch(place -> redis.zcard(place) == 20));

            CallRouted further = calls.from("further").routed();
            bus.say(further);
            CallRejected refused = (CallRejected) bus.await(further.callId(), CallRejected.class).record();
            assertThat(refused.reason()).isEqualTo(RefusalReason.NUMBER_BUSY);
            assertThat(refused.counts()).contains(
                    new AdmissionCount("number", 20, OptionalInt.of(20)),
                    new AdmissionCount("organisation", 20, OptionalInt.of(20)),
                    new AdmissionCount("agent-pool", 20, OptionalInt.of(20)),
                    new AdmissionCount("suite", 20, OptionalInt.of(21)));
            assertThat(live.calls()).isEqualTo(calling);
            for (CallRouted call : up) {
                assertThat(bus.all(call.callId(), CallRejected.class)).isEmpty();
                assertThat(bus.all(call.callId(), CallEnded.class)).isEmpty();
                bus.say(hangUp(call));
            }
            await("nothing to be left", () -> slots().isEmpty());
            await("no call to be live", () -> live.calls().isEmpty());
        }
    }

    @Test
    void aLimiterThatStartsMakesGoodWhatTheTopicOfLiveCallsSaysWrongly() throws Exception {
        Limiter first = limiter("limiter-a", 21);
        await("it", first::takesCalls);
        try (var bus = new Bus(address); var live = new LiveTopic(address)) {
            CallRouted stays = Calls.plain().routed();
            CallRouted ends = Calls.plain().routed();
            for (CallRouted call : List.of(stays, ends)) {
                bus.say(call);
                bus.await(call.callId(), CallAdmitted.class);
            }
            await("both to be live", () -> live.calls().equals(Set.of(stays.callId(), ends.callId())));
            stop(first);
            bus.say(hangUp(ends));
            // The state that another limiter might have left: one call withdrawn too early, and one that Redis knows to
            // be over.
            CallId overtaken = new CallId(UUID.randomUUID());
            redis.hset("{trunkline}:call:" + overtaken, "state", "ended");
            try (var publisher = new CallEventPublisher(address, "test-live")) {
                publisher.send(new ProducerRecord<>(Topics.LIVE_CALLS, stays.callId().toString(), null));
                publisher.send(new ProducerRecord<>(
                        Topics.LIVE_CALLS, overtaken.toString(),
                        EventJson.MAPPER.writeValueAsBytes(CallCard.of(stays).live(overtaken, Instant.now()))));
            }
            await("only that which is over to be live but for the one that ended",
                    () -> live.calls().equals(Set.of(ends.callId(), overtaken)));

            limiter("limiter-a", 21);
            limiter("limiter-b", 21);
            await("the one that holds a slot to be live alone", () -> live.calls().equals(Set.of(stays.callId())));
            assertThat(live.call(stays.callId()).orElseThrow().organisation()).isEqualTo(stays.organisation());
            bus.say(hangUp(stays));
            await("no call to be live", () -> live.calls().isEmpty());
        }
    }

    private static CallEnded hangUp(CallRouted call) {
        return new CallEnded(call.callId(), "sip-edge", EndReason.CALLER_HUNG_UP, "", true, 1, Optional.empty());
    }
}
