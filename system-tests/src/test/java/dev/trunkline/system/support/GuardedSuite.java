package dev.trunkline.system.support;

import dev.trunkline.bus.KafkaAddress;
import dev.trunkline.local.Progress;
import dev.trunkline.local.Suite;
import dev.trunkline.local.SuiteSettings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A suite beside that of the other tests. Its Kafka authenticates each service, and it answers LiveKit's SIP API. */
public final class GuardedSuite implements AutoCloseable {
    private static final Map<String, String> SETTINGS = Map.ofEntries(
            Map.entry("TRUNKLINE_BIND", "127.0.0.1"),
            Map.entry("TRUNKLINE_KAFKA_GUARDED", "on"),
            Map.entry("TRUNKLINE_LIVEKIT_SIP", "on"),
            Map.entry("TRUNKLINE_STOP_WITHIN", "60s"),
            Map.entry("TRUNKLINE_WARM_UP", "0"),
            Map.entry("TRUNKLINE_DRAIN", "0s"),
            Map.entry("TRUNKLINE_SIP_PORT", "19260"),
            Map.entry("TRUNKLINE_HTTP_PORT", "19280"),
            Map.entry("TRUNKLINE_LIVEKIT_PORT", "19980"),
            Map.entry("TRUNKLINE_CONSOLE", "off"),
            Map.entry("TRUNKLINE_RTP_PORTS", "32500-32900"));

    private final Suite suite;
    private final SpanCollector spans;
    private final HttpClient http = HttpClient.newHttpClient();

    private GuardedSuite(Suite suite, SpanCollector spans) {
        this.suite = suite;
        this.spans = spans;
    }

    public static GuardedSuite start() throws Exception {
        SpanCollector spans = SpanCollector.open();
        return start("guarded", Map.of("TRUNKLINE_TRACES", spans.address()), spans);
    }

    /** Starts a suite for measurements: its Kafka does not authenticate, it sends no spans, and it is warm when it is ready. */
    public static GuardedSuite unguarded() throws Exception {
        return start("unguarded", Map.of("TRUNKLINE_KAFKA_GUARDED", "off", "TRUNKLINE_WARM_UP", "15s"), SpanCollector.open());
    }

    /** Starts a suite whose alerts are tested: with its console, and its Kafka does not authenticate. @param more settings */
    public static GuardedSuite watched(Map<String, String> more) throws Exception {
        Map<String, String> settings = new HashMap<>(more);
        settings.put("TRUNKLINE_KAFKA_GUARDED", "off");
        settings.put("TRUNKLINE_CONSOLE", "on");
        GuardedSuite watched = start("watched", settings, SpanCollector.open());
        try {
            watched.suite().awaitConsole();
            return watched;
        } catch (Exception e) {
            watched.close();
            throw e;
        }
    }

    private static GuardedSuite start(String folder, Map<String, String> more, SpanCollector spans) throws Exception {
        Path module = SuiteUnderTest.module();
        Path state = module.resolve("target").resolve(folder);
        SuiteUnderTest.delete(state);
        Progress progress = new Progress() {
            @Override
            public void say(String line) {
                System.out.println(folder + " suite: " + line);
            }

            @Override
            public void started(String part) {}
        };
        try {
            Map<String, String> settings = new HashMap<>(SETTINGS);
            settings.putAll(more);
            return new GuardedSuite(Suite.start(SuiteSettings.of(module.getParent(), state, settings), progress), spans);
        } catch (Exception e) {
            spans.close();
            throw e;
        }
    }

    public Suite suite() {
        return suite;
    }

    /** Returns the router's HTTP API with the rights of the operator. */
    public RouterApi router() {
        return new RouterApi(http, suite.process("call-router").health().orElseThrow(), suite.adminToken());
    }

    /** Lets the demo's organisation make as many outbound calls as tests need. */
    public void letDemoCall() throws IOException, InterruptedException {
        router().json("POST", "/directory/apply", """
                organisations:
                  - name: demo
                    config: {language: en, greeting: Welcome to Trunkline., calls_out: {max_concurrent: 1000, max_per_hour: 100000}}
                """);
    }

    /** Returns the metrics page of a service. */
    public Metrics metrics(String service) {
        return new Metrics(http, suite.process(service).health().orElseThrow().resolve("/q/metrics"));
    }

    /** Returns whether a service's health page says that it is ready. */
    public boolean isReady(String service) {
        URI ready = suite.process(service).health().orElseThrow().resolve("/q/health/ready");
        try {
            return http.send(HttpRequest.newBuilder(ready).build(), BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Returns LiveKit's SIP API and rooms. */
    public LiveKitSip liveKitSip() {
        return new LiveKitSip(http, suite.backends().liveKit(), suite.liveKitKey(), suite.liveKitSecret());
    }

    /** Opens a connection to the Redis that the limiter and livekit-server share. */
    public Redis redis() throws IOException {
        return Redis.connect(URI.create(suite.backends().redis()));
    }

    /** Starts a livekit-agents worker that transfers callers to a number, or calls it, by LiveKit's API. @param trunk LiveKit's id */
    public AgentWorker sipWorker(String agentName, String trunk, String callTo) throws IOException, InterruptedException {
        Path module = SuiteUnderTest.module();
        Path logs = suite.settings().state().resolve("agents");
        List<String> command = Python.prepare(module.getParent().resolve("docs/agents"), logs)
                .command(module.resolve("src/test/python/sip_worker.py"), "start");
        return AgentWorker.start(
                command,
                Map.of(
                        "LIVEKIT_URL", suite.backends().liveKit().toString(), "LIVEKIT_API_KEY", suite.liveKitKey(),
                        "LIVEKIT_API_SECRET", suite.liveKitSecret(), "AGENT_NAME", agentName, "SIP_TRUNK", trunk, "CALL_TO", callTo),
                logs.resolve(agentName + ".log"));
    }

    /** Starts a LiveKit user's program that makes trunks and rules, and has calls. @param settings those that {@code provision.py} lists */
    public JsonProcess sdk(LiveKitSdk sdk, Map<String, String> settings) throws IOException, InterruptedException {
        Path logs = suite.settings().state().resolve("sdks");
        Map<String, String> environment = new HashMap<>(settings);
        environment.put("LIVEKIT_URL", suite.backends().liveKit().toString());
        environment.put("LIVEKIT_API_KEY", suite.liveKitKey());
        environment.put("LIVEKIT_API_SECRET", suite.liveKitSecret());
        return JsonProcess.start(sdk.command(SuiteUnderTest.module(), logs), environment, logs.resolve(sdk + ".log"));
    }

    /** Starts a node of LiveKit's own psrpc on the same Redis, which accepts outbound calls as livekit-sip does, but calls nobody. */
    public OtherSipNode psrpcNode() throws IOException, InterruptedException {
        return OtherSipNode.psrpc(suite);
    }

    /** Returns the collector to which its services send their spans. */
    public SpanCollector spans() {
        return spans;
    }

    /** Returns Kafka's address with the admin's credentials, which have every right. */
    public KafkaAddress asAdmin() throws IOException {
        return suite.guard().orElseThrow().adminAddress(suite.backends().kafka());
    }

    /** Returns the current health page of a service; empty if it does not answer. */
    public String health(String service) {
        URI page = suite.process(service).health().orElseThrow();
        try {
            return http.send(HttpRequest.newBuilder(page).build(), BodyHandlers.ofString()).body();
        } catch (IOException e) {
            return "";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Runs a command of the {@code trunkline} script on this suite to its end. */
    public Script.Ended script(String... words) throws IOException, InterruptedException {
        return Script.run(suite.settings().root(), suite.settings().state(), suite.settings().state().resolve("script"), words);
    }

    @Override
    public void close() {
        suite.close();
        spans.close();
        http.close();
    }
}
