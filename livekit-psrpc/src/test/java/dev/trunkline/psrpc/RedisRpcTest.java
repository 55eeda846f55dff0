package dev.trunkline.psrpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.ByteString;
import dev.trunkline.backends.Backend;
import dev.trunkline.backends.Backends;
import dev.trunkline.local.Passwords;
import dev.trunkline.local.Ports;
import io.lettuce.core.RedisClient;
import io.lettuce.core.codec.ByteArrayCodec;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Client and servers over a real Redis. */
class RedisRpcTest {
    private static final RpcMethod ASK = RpcMethod.single("Test", "Ask");
    private static final RpcMethod ALL = RpcMethod.multi("Test", "All");
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final RandomGenerator RANDOM = new SecureRandom();
    private static Backend redis;

    private final ConcurrentLinkedQueue<String> faults = new ConcurrentLinkedQueue<>();
    private final List<RedisBus> buses = new ArrayList<>();
    private RpcClient client;

    @BeforeAll
    static void startRedis() throws Exception {
        redis = Backends.chosen().redis(Ports.free(), Passwords.make(new SecureRandom()));
    }

    @AfterAll
    static void stopRedis() {
        redis.close();
    }

    @BeforeEach
    void connect() throws Exception {
        client = new RpcClient(bus(), "Test", Clock.systemUTC(), System::nanoTime, RANDOM);
    }

    @AfterEach
    void disconnect() {
        buses.forEach(RedisBus::close);
    }

    private RedisBus bus() throws Exception {
        RedisBus bus = new RedisBus(redis.address(), Duration.ofSeconds(2), (where, fault) -> faults.add(where)).start();
        buses.add(bus);
        until(() -> bus.answers().toCompletableFuture().get());
        return bus;
    }

    private RpcServer server() throws Exception {
        return new RpcServer(bus(), Clock.systemUTC(), RANDOM, 64);
    }

    private interface Condition {
        boolean holds() throws Exception;
    }

    private static void until(Condition condition) throws Exception {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.holds()) {
            assertThat(System.nanoTime()).as("it did not come about").isLessThan(end);
            Thread.sleep(20);
        }
    }

    private static ByteString text(String text) {
        return ByteString.copyFromUtf8(text);
    }

    private static RpcHandler says(String answer) {
        return (request, expiry) -> text(answer + " " + request.toStringUtf8());
    }

    /** Repeats a request, because nobody answers until the subscription has reached Redis. */
    private String eventually(String topic, String payload) throws Exception {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try {
                return client.request(ASK, topic, text(payload), Duration.ofSeconds(5)).toStringUtf8();
            } catch (RpcException e) {
                assertThat(System.nanoTime()).as("%s %s", e.code(), e.getMessage()).isLessThan(end);
            }
        }
    }

    @Test
    void aRequestIsAnswered() throws Exception {
        server().register(ASK, "", says("hello"));
        assertThat(eventually("", "you")).isEqualTo("hello you");
    }

    @Test
    void serversWhoseClockIsAnHourOffAnswer() throws Exception {
        new RpcServer(bus(), Clock.offset(Clock.systemUTC(), Duration.ofHours(1)), RANDOM, 64).register(ASK, "ahead", says("ahead"));
        new RpcServer(bus(), Clock.offset(Clock.systemUTC(), Duration.ofHours(-1)), RANDOM, 64).register(ASK, "behind", says("behind"));
        assertThat(eventually("ahead", "1")).isEqualTo("ahead 1");
        assertThat(eventually("behind", "2")).isEqualTo("behind 2");
    }

    @Test
    void aTopicHasItsOwnServer() throws Exception {
        RpcServer server = server();
        server.register(ASK, "one", says("one"));
        RedisBus.Subscription two = server.register(ASK, "two", says("two"));
        assertThat(eventually("one", "1")).isEqualTo("one 1");
        assertThat(eventually("two", "2")).isEqualTo("two 2");
        two.close();
        until(() -> {
            try {
                client.request(ASK, "two", text("3"), Duration.ofSeconds(5));
                return false;
            } catch (RpcException e) {
                return e.code() == RpcCode.UNAVAILABLE;
            }
        });
        assertThat(eventually("one", "4")).isEqualTo("one 4");
    }

    @Test
    void anErrorComesWithItsCodeAndDetails() throws Exception {
        RpcServer server = server();
        var detail = new ErrorDetail("type.googleapis.com/livekit.SIPStatus", text("486"));
        server.register(ASK, "up", says("up"));
        server.register(ASK, "busy", (request, expiry) -> {
            throw new RpcException(RpcCode.RESOURCE_EXHAUSTED, "sip status: 486: Busy Here", List.of(detail));
        });
        eventually("up", "");
        var e = catchThrowableOfType(RpcException.class, () -> client.request(ASK, "busy", text(""), Duration.ofSeconds(5)));
        assertThat(e.code()).isEqualTo(RpcCode.RESOURCE_EXHAUSTED);
        assertThat(e).hasMessage("sip status: 486: Busy Here");
        assertThat(e.details()).containsExactly(detail);
    }

    @Test
    void whatAHandlerThrowsIsCountedAndAnsweredAndTheNextRequestIsHandled() throws Exception {
        server().register(ASK, "", (request, expiry) -> {
            if (request.toStringUtf8().equals("fall")) {
                throw new StackOverflowError("on purpose");
            }
            return request;
        });
        eventually("", "stand");
        var e = catchThrowableOfType(RpcException.class, () -> client.request(ASK, "", text("fall"), Duration.ofSeconds(5)));
        assertThat(e.code()).isEqualTo(RpcCode.INTERNAL);
        assertThat(e).hasMessageNotContaining("on purpose");
        assertThat(faults).containsExactly("psrpc-handler");
        assertThat(eventually("", "stand")).isEqualTo("stand");
    }

    @Test
    void aServerThatIsDrainedAnswersWhatItHandles() throws Exception {
        var asked = new CountDownLatch(1);
        var over = new CountDownLatch(1);
        RpcServer server = server();
        RedisBus.Subscription registration = server.register(ASK, "", (request, expiry) -> {
            if (request.isEmpty()) {
                asked.countDown();
                over.await();
            }
            return request;
        });
        eventually("", "up");
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<ByteString> answer = threads.submit(() -> client.request(ASK, "", ByteString.EMPTY, PATIENCE));
            asked.await();
            registration.close();
            assertThat(server.drain(Duration.ofMillis(50))).isFalse();
            over.countDown();
            assertThat(server.drain(PATIENCE)).isTrue();
            assertThat(answer.get()).isEmpty();
        }
    }

    @Test
    void nobodyThereIsUnavailable() {
        var e = catchThrowableOfType(RpcException.class, () -> client.request(ASK, "nobody", text(""), Duration.ofSeconds(5)));
        assertThat(e.code()).isEqualTo(RpcCode.UNAVAILABLE);
    }

    @Test
    void anAnswerThatDoesNotComeIsADeadlineExceeded() throws Exception {
        var over = new CountDownLatch(1);
        server().register(ASK, "", (request, expiry) -> {
            if (request.isEmpty()) {
                over.await();
            }
            return request;
        });
        eventually("", "up");
        var e = catchThrowableOfType(RpcException.class, () -> client.request(ASK, "", text(""), Duration.ofMillis(1_500)));
        over.countDown();
        assertThat(e.code()).isEqualTo(RpcCode.DEADLINE_EXCEEDED);
    }

    @Test
    void ofTwoServersOneHandlesEachRequest() throws Exception {
        var handled = new AtomicInteger();
        RpcHandler counts = (request, expiry) -> {
            handled.incrementAndGet();
            return request;
        };
        server().register(ASK, "", counts);
        server().register(ASK, "", counts);
        eventually("", "up");
        handled.set(0);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<ByteString>> answers = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                ByteString payload = text("request " + i);
                answers.add(threads.submit(() -> client.request(ASK, "", payload, PATIENCE)));
            }
            for (int i = 0; i < answers.size(); i++) {
                assertThat(answers.get(i).get()).isEqualTo(text("request " + i));
            }
        }
        assertThat(handled).hasValue(50);
    }

    @Test
    void aServerThatDeclinesLeavesTheRequestToAnother() throws Exception {
        server().register(ASK, "", new RpcHandler() {
            @Override
            public float affinity(ByteString request) {
                return DECLINED;
            }

            @Override
            public ByteString handle(ByteString request, Instant expiry) {
                return text("declined, and yet");
            }
        });
        server().register(ASK, "", says("willing"));
        eventually("", "up");
        for (int i = 0; i < 20; i++) {
            assertThat(client.request(ASK, "", text("" + i), PATIENCE).toStringUtf8()).isEqualTo("willing " + i);
        }
    }

    @Test
    void everyServerAnswersARequestToAll() throws Exception {
        server().register(ALL, "", says("one"));
        server().register(ALL, "", (request, expiry) -> {
            throw new RpcException(RpcCode.NOT_FOUND, "not here");
        });
        until(() -> client.requestAll(ALL, "", text("?"), Duration.ofMillis(500)).size() == 2);
        assertThat(client.requestAll(ALL, "", text("?"), Duration.ofMillis(500)))
                .anySatisfy(answer -> assertThat(answer).isInstanceOfSatisfying(
                        RpcClient.Answer.Given.class, given -> assertThat(given.payload()).isEqualTo(text("one ?"))))
                .anySatisfy(answer -> assertThat(answer).isInstanceOfSatisfying(
                        RpcClient.Answer.Failed.class, failed -> assertThat(failed.why().code()).isEqualTo(RpcCode.NOT_FOUND)));
    }

    @Test
    void whatIsNoMessageIsCountedAndTheNextIsAnswered() throws Exception {
        server().register(ASK, "", says("hello"));
        eventually("", "up");
        RedisClient raw = RedisClient.create(redis.address());
        try (var connection = raw.connect(ByteArrayCodec.INSTANCE)) {
            byte[] channel = "Test|Ask|REQ".getBytes(StandardCharsets.UTF_8);
            connection.sync().publish(channel, new byte[] {1, 2, 3});
            connection.sync().publish(channel, new byte[WireCodec.MOST_OCTETS + 1]);
        } finally {
            raw.shutdown();
        }
        until(() -> faults.size() == 2);
        assertThat(faults).containsExactly("psrpc-message", "psrpc-message");
        assertThat(eventually("", "you")).isEqualTo("hello you");
    }

    @Test
    void whenRedisComesBackServersAndClientsListenAgain() throws Exception {
        RpcServer server = server();
        server.register(ASK, "before", says("before"));
        assertThat(eventually("before", "1")).isEqualTo("before 1");
        redis.stop();
        var e = catchThrowableOfType(RpcException.class, () -> client.request(ASK, "before", text(""), Duration.ofSeconds(1)));
        assertThat(e.code()).isEqualTo(RpcCode.INTERNAL);
        server.register(ASK, "while away", says("while away"));
        redis.start();
        assertThat(eventually("before", "2")).isEqualTo("before 2");
        assertThat(eventually("while away", "3")).isEqualTo("while away 3");
    }
}
