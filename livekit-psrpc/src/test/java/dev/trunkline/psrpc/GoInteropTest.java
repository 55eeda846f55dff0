package dev.trunkline.psrpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.ByteString;
import com.google.protobuf.StringValue;
import dev.trunkline.backends.Backend;
import dev.trunkline.backends.Backends;
import dev.trunkline.local.Passwords;
import dev.trunkline.local.Ports;
import io.lettuce.core.RedisClient;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Interoperation with LiveKit's own psrpc on the same Redis, as client, as server, and as second server: {@code src/test/go}. */
class GoInteropTest {
    /** Request that the Go client repeats until it is answered, before it sends the requests that count. */
    private static final String HELLO = "hello";
    private static final RpcMethod ASK = RpcMethod.single("Interop", "Ask");
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static Path program;
    private static Backend redis;

    private RedisBus bus;
    private Process goServer;
    private final Queue<String> byGo = new ConcurrentLinkedQueue<>();
    private final Queue<String> byUs = new ConcurrentLinkedQueue<>();

    @BeforeAll
    static void prepare() throws Exception {
        program = built();
        redis = Backends.chosen().redis(Ports.free(), Passwords.make(new SecureRandom()));
    }

    @AfterAll
    static void stopRedis() {
        redis.close();
    }

    @BeforeEach
    void connect() throws Exception {
        bus = new RedisBus(redis.address(), Duration.ofSeconds(2), (where, fault) -> {}).start();
        until(() -> bus.answers().toCompletableFuture().get());
    }

    @AfterEach
    void disconnect() throws Exception {
        bus.close();
        if (goServer != null) {
            goServer.destroyForcibly().waitFor();
        }
    }

    private static Path built() throws IOException, InterruptedException {
        Path built = Path.of("target/psrpc-interop").toAbsolutePath();
        Path go = Stream.concat(Stream.of(System.getenv("PATH").split(":")), Stream.of("/usr/local/go/bin"))
                .map(folder -> Path.of(folder, "go")).filter(Files::isExecutable).findFirst()
                .orElseThrow(() -> new IOException("install Go: this test builds a program of it"));
        var build = new ProcessBuilder(go.toString(), "build", "-buildvcs=false", "-o", built.toString(), ".")
                .directory(Path.of("src/test/go").toFile()).inheritIO();
        // Go gives up at the first error response of the module proxy.
        int code = build.start().waitFor();
        for (int tries = 1; tries < 5 && code != 0; tries++) {
            Thread.sleep(5_000);
            code = build.start().waitFor();
        }
        assertThat(code).as("go build").isZero();
        return built;
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

    private Process go(String... words) throws IOException {
        var command = new ProcessBuilder(Stream.concat(Stream.of(program.toString()), Stream.of(words)).toList())
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        return command.start();
    }

    private void startGoServer() throws Exception {
        goServer = go("server", redis.address());
        Thread.ofVirtual().start(() -> {
            try (BufferedReader lines = goServer.inputReader(StandardCharsets.UTF_8)) {
                lines.lines().filter(line -> !line.equals("handled " + HELLO)).forEach(byGo::add);
            } catch (UncheckedIOException | IOException e) {
                // The server was stopped.
            }
        });
        until(() -> byGo.contains("listening"));
        // Go subscribes only after it has printed this.
        until(() -> channels().containsKey(ASK.requests("")));
        byGo.clear();
    }

    /** Returns the method's channels that have subscribers, and their numbers of subscribers. */
    private Map<String, Long> channels() throws Exception {
        var raw = RedisClient.create(redis.address());
        try (var connection = raw.connect()) {
            Map<String, Long> listened = new HashMap<>();
            connection.sync().pubsubNumsub(ASK.requests(""), ASK.grants("")).forEach((channel, count) -> {
                if (count > 0) {
                    listened.put(channel, count);
                }
            });
            return listened;
        } finally {
            raw.shutdown();
        }
    }

    private void startOurServer() throws Exception {
        long before = channels().getOrDefault(ASK.grants(""), 0L);
        new RpcServer(bus, Clock.systemUTC(), new SecureRandom(), 256).register(ASK, "", (request, expiry) -> {
            String asked = text(request);
            if (!asked.equals(HELLO)) {
                byUs.add(asked);
            }
            return message("java " + asked);
        });
        until(() -> channels().getOrDefault(ASK.grants(""), 0L) > before && channels().getOrDefault(ASK.requests(""), 0L) > before);
    }

    private List<String> askedByGo(int count) throws Exception {
        Process client = go("client", redis.address(), Integer.toString(count));
        List<String> said = client.inputReader(StandardCharsets.UTF_8).lines().toList();
        assertThat(client.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        return said;
    }

    private static ByteString message(String text) {
        return StringValue.of(text).toByteString();
    }

    private static String text(ByteString message) {
        try {
            return StringValue.parseFrom(message).getValue();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void aClientOfGoIsAnswered() throws Exception {
        startOurServer();
        assertThat(askedByGo(30)).containsExactlyInAnyOrderElementsOf(
                IntStream.range(0, 30).mapToObj(i -> "answer java " + i).toList());
        assertThat(byUs).hasSize(30);
    }

    @Test
    void aServerOfGoAnswersOrTellsWhyNot() throws Exception {
        startGoServer();
        var client = new RpcClient(bus, "Interop", Clock.systemUTC(), System::nanoTime, new SecureRandom());
        // The client's own channels exist once its first request is answered.
        until(() -> {
            try {
                return text(client.request(ASK, "", message("you"), Duration.ofSeconds(5))).equals("go you");
            } catch (RpcException e) {
                return false;
            }
        });
        var busy = catchThrowableOfType(RpcException.class, () -> client.request(ASK, "", message("busy"), Duration.ofSeconds(5)));
        assertThat(busy.code()).isEqualTo(RpcCode.RESOURCE_EXHAUSTED);
        assertThat(busy).hasMessage("busy here");
        assertThat(busy.details()).singleElement().satisfies(detail -> {
            assertThat(detail.typeUrl()).isEqualTo("type.googleapis.com/google.protobuf.StringValue");
            assertThat(text(detail.value())).isEqualTo("detail");
        });
    }

    @Test
    void besideAServerOfGoEachRequestIsHandledOnce() throws Exception {
        startGoServer();
        startOurServer();
        List<String> answers = askedByGo(100);
        assertThat(answers).hasSize(100).allSatisfy(answer -> assertThat(answer).startsWith("answer "));
        until(() -> byGo.size() + byUs.size() >= 100);
        List<String> handled = Stream.concat(byGo.stream().map(line -> line.replace("handled ", "")), byUs.stream()).toList();
        assertThat(handled).containsExactlyInAnyOrderElementsOf(IntStream.range(0, 100).mapToObj(Integer::toString).toList());
    }
}
