package dev.trunkline.system.support;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.hostile.Neighbour;
import dev.trunkline.hostile.RawSip;
import dev.trunkline.local.PostgresLogins;
import dev.trunkline.local.Progress;
import dev.trunkline.local.RunningSuite;
import dev.trunkline.local.Suite;
import dev.trunkline.local.SuiteSettings;
import dev.trunkline.phone.Phone;
import dev.trunkline.phone.PhoneSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The whole suite, started once for all system tests, on ports of its own. */
public final class SuiteUnderTest implements AutoCloseable {
    public static final List<String> SERVICES =
            List.of("call-router", "sip-edge", "rate-limiter", "media-relay", "agent-dispatcher");

    /** The host of SIP URIs that denote a room of the suite. */
    public static final String ROOM_DOMAIN = "livekit.example";

    private static final String ADDRESS = "127.0.0.1";
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration ANSWER_PATIENCE = Duration.ofSeconds(3);
    /** A number of the demo data that is answered at once, with an echo. */
    private static final String ECHO = "+3225550101";
    private static final int SIP_PORT = 19_060;
    private static final int SIP_TLS_PORT = 19_061;
    private static final String FIRST = "suite-1";
    private static final int PROVIDER_PORT = 19_099;
    private static final Map<String, String> ENVIRONMENT = Map.ofEntries(
            Map.entry("TRUNKLINE_BIND", ADDRESS),
            Map.entry("TRUNKLINE_STOP_WITHIN", "60s"),
            // Most tests place one or two calls; those that place more warm the suite up themselves.
            Map.entry("TRUNKLINE_WARM_UP", System.getProperty("trunkline.warm-up", "0")),
            // It needs a share of the machine, so only ConsoleIT starts it.
            Map.entry("TRUNKLINE_CONSOLE", "off"),
            Map.entry("TRUNKLINE_CONSOLE_OIDC_ISSUER", "http://127.0.0.1:" + PROVIDER_PORT),
            Map.entry("TRUNKLINE_CONSOLE_OIDC_CLIENT_ID", ConsolePages.CLIENT),
            Map.entry("TRUNKLINE_CONSOLE_OIDC_CLIENT_SECRET", ConsolePages.CLIENT_SECRET),
            Map.entry("TRUNKLINE_CONSOLE_OIDC_ACCOUNTS", "true"),
            Map.entry("TRUNKLINE_SIP_PORT", Integer.toString(SIP_PORT)),
            Map.entry("TRUNKLINE_HTTP_PORT", "19080"),
            Map.entry("TRUNKLINE_LIVEKIT_PORT", "19780"),
            Map.entry("TRUNKLINE_RTP_PORTS", "30000-32000"),
            // The webhooks of the tests are on this machine.
            Map.entry("TRUNKLINE_WEBHOOK_ALLOW_NETWORKS", "127.0.0.1/32"),
            Map.entry("TRUNKLINE_WEBHOOK_ROOM_DOMAINS", ROOM_DOMAIN));

    private final Path module;
    private final Suite suite;
    private final EventLog events;
    private final HttpClient http = HttpClient.newHttpClient();
    private Optional<Python> python = Optional.empty();
    private Optional<Sipp> sipp = Optional.empty();

    private SuiteUnderTest(Path module, Suite suite, EventLog events) {
        this.module = module;
        this.suite = suite;
        this.events = events;
    }

    static SuiteUnderTest start() throws Exception {
        Path module = module();
        Path state = module.resolve("target/" + folder());
        delete(state.resolve("data"));
        delete(state.resolve("logs"));
        Suite suite = Suite.start(settings(module, state), new Words());
        return new SuiteUnderTest(module, suite, new EventLog(suite.backends().kafka()));
    }

    /** Returns the state folder. If suites run in parallel, each in its own network, the first uses the same folder as a single suite. */
    private static String folder() {
        String name = System.getProperty("trunkline.suite", FIRST);
        return name.equals(FIRST) ? "suite" : name;
    }

    private static SuiteSettings settings(Path module, Path state) throws IOException, InterruptedException {
        Map<String, String> environment = new HashMap<>(ENVIRONMENT);
        environment.put("TRUNKLINE_SIP_TRANSPORTS", "udp,tcp,tls");
        environment.put("TRUNKLINE_SIP_TLS_PORT", Integer.toString(SIP_TLS_PORT));
        Certificates certificates = certificates(module);
        environment.put("TRUNKLINE_SIP_TLS_CERTIFICATE", certificates.certificate(ADDRESS).toString());
        environment.put("TRUNKLINE_SIP_TLS_KEY", certificates.key(ADDRESS).toString());
        environment.put("TRUNKLINE_SIP_TLS_AUTHORITIES", certificates.authority().toString());
        // A LiveKit that already runs elsewhere is used, as by `./trunkline run`.
        for (String name : List.of("LIVEKIT_URL", "LIVEKIT_API_KEY", "LIVEKIT_API_SECRET")) {
            Optional.ofNullable(System.getenv(name)).ifPresent(value -> environment.put(name, value));
        }
        return SuiteSettings.of(module.getParent(), state, environment);
    }

    /** Returns the certificates of the edge and the phones, which share one address, and of the carrier's proxy. */
    private static Certificates certificates(Path module) throws IOException, InterruptedException {
        return Certificates.in(module.resolve("target").resolve(folder()).resolve("certificates"), ADDRESS, Kamailio.ADDRESS.getHostString());
    }

    /** Returns the folder of this module, wherever the tests are run from. */
    public static Path module() {
        try {
            return Path.of(SuiteUnderTest.class.getProtectionDomain().getCodeSource().getLocation().toURI())
                    .getParent()
                    .getParent();
        } catch (java.net.URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Deletes a folder and what is in it, if there is one. */
    public static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }

    public Path root() {
        return module.getParent();
    }

    /** Returns the folder for this run's own files. */
    public Path target() {
        return module.resolve("target");
    }

    public Suite suite() {
        return suite;
    }

    public EventLog events() {
        return events;
    }

    public InetSocketAddress edge() {
        return new InetSocketAddress(ADDRESS, SIP_PORT);
    }

    /** Returns the address of the second edge, which a test has started. */
    public InetSocketAddress secondEdge() {
        return new InetSocketAddress(ADDRESS, SIP_PORT + Suite.REPLICA_SIP_PORTS);
    }

    /** Returns the edge's address for this transport. */
    public InetSocketAddress edge(PeerPhone.Way way) {
        return way.isTls() ? new InetSocketAddress(ADDRESS, SIP_TLS_PORT) : edge();
    }

    /** Opens a phone at the address of the trunk `demo`. */
    public Phone phone() {
        return phoneAt(ADDRESS);
    }

    /** Opens a phone at another loopback address. */
    public Phone phoneAt(String address) {
        return phoneAt(address, 0);
    }

    /** Opens a phone at the demo trunk's address that calls by the second edge. */
    public Phone phoneOfSecondEdge() {
        try {
            return Phone.open(PhoneSettings.calling(ADDRESS, secondEdge().getPort()).bindTo(ADDRESS));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Opens a phone whose packets come from this address and port; 0 for any port. */
    public Phone phoneAt(String address, int port) {
        try {
            return Phone.open(PhoneSettings.calling(ADDRESS, SIP_PORT).bindTo(address).onPort(port));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Metrics metrics(String service) {
        URI health = suite.process(service).health().orElseThrow();
        return new Metrics(http, health.resolve("/q/metrics"));
    }

    /** Returns the current value of a service's gauge, summed over its tags. */
    public double gauge(String service, String name) {
        return shown(service, name + "{") + shown(service, name + " ");
    }

    /** Returns the current sum of the metrics of a service whose lines begin with this. */
    public double shown(String service, String beginning) {
        return metrics(service).shown(beginning);
    }

    /** Applies a directory file, as an operator does. */
    public void apply(String yaml) throws IOException, InterruptedException {
        HttpResponse<String> answer = sendDirectory(yaml);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    /** Applies a directory file. @return whether the router accepted it */
    public boolean applies(String yaml) {
        try {
            return sendDirectory(yaml).statusCode() == 200;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private HttpResponse<String> sendDirectory(String yaml) throws IOException, InterruptedException {
        return asAdmin().send("POST", "/directory/apply", yaml);
    }

    /** Waits until the edge answers packets from an address, which it does once it knows the address's trunk. */
    public void awaitTrunkAt(String address) throws IOException {
        try (RawSip sip = RawSip.open(address, edge())) {
            Await.until("the edge knows the trunk at " + address, PATIENCE, () -> sip.isAnswered(Duration.ofMillis(50)));
        }
    }

    /** Returns the router's HTTP API with the rights of the operator. */
    public RouterApi asAdmin() {
        return api(suite.adminToken());
    }

    /** Returns the router's HTTP API with the rights of an organisation's token. */
    public RouterApi asTenantOf(String organisation) throws IOException, InterruptedException {
        return api(asAdmin()
                .json("POST", "/auth/token", "{\"role\": \"tenant\", \"organisation\": \"%s\"}".formatted(organisation))
                .path("access_token")
                .asText());
    }

    private RouterApi api(String token) {
        return new RouterApi(http, suite.process("call-router").health().orElseThrow(), token);
    }

    /** Returns the HTTP API of one of the router's replicas, with the rights of the operator. */
    public RouterApi asAdminOf(String replica) {
        return new RouterApi(http, suite.process(replica).health().orElseThrow(), suite.adminToken());
    }

    /** Runs a command of the {@code trunkline} script on this suite to its end. */
    public Script.Ended script(String... words) throws IOException, InterruptedException {
        return Script.run(root(), suite.settings().state(), target().resolve("script"), words);
    }

    /** Returns whether a service's health page says that it accepts calls. */
    public boolean isReady(String service) {
        try {
            HttpRequest request = HttpRequest.newBuilder(suite.process(service).health().orElseThrow())
                    .timeout(Duration.ofSeconds(3))
                    .build();
            return http.send(request, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Returns LiveKit's room service. */
    public LiveKitRooms rooms() {
        return new LiveKitRooms(http, suite.backends().liveKit(), suite.liveKitKey(), suite.liveKitSecret());
    }

    /**
     * Starts a PJSIP phone for this user; one at a time.
     *
     * @param codec PCMA, PCMU, G722, speex/16000 or another that its library supports, which does not include Opus
     */
    public PeerPhone pjsip(String user, String codec, PeerPhone.Way way) throws IOException, InterruptedException {
        return peer(PeerPhone.Program.PJSIP, user, codec, way);
    }

    /** Starts a phone of another vendor, one of each at a time. @param codec by the program's name: `src/test/python/phones` */
    public PeerPhone peer(PeerPhone.Program program, String user, String codec, PeerPhone.Way way)
            throws IOException, InterruptedException {
        return PeerPhone.start(program, module, target(), user, codec, way, certificates(module));
    }

    /** Starts Kamailio as the proxy of a carrier of which this suite is a customer, and which rings these phones. */
    public Kamailio kamailio(InetSocketAddress phone, InetSocketAddress second) throws IOException, InterruptedException {
        return Kamailio.start(module, target(), certificates(module), phone, second);
    }

    /** Joins a room by LiveKit's Python SDK as a participant that sends a tone. */
    public Ear ear(String room, int hertz) throws IOException, InterruptedException {
        return ear(room, hertz, false);
    }

    /** Joins in the same way, but subscribes to nobody until told to. */
    public Ear deafEar(String room, int hertz) throws IOException, InterruptedException {
        return ear(room, hertz, true);
    }

    private Ear ear(String room, int hertz, boolean deaf) throws IOException, InterruptedException {
        return Ear.join(
                python(),
                suite.backends().liveKit().toString(),
                suite.liveKitKey(),
                suite.liveKitSecret(),
                room,
                hertz,
                deaf,
                target().resolve("python/ear-" + room + ".log"));
    }

    /** Starts a consumer of the events that knows nothing but the AsyncAPI document. */
    public JsonProcess asyncApiReader() throws IOException, InterruptedException {
        return python().start(
                "follow_calls.py",
                Map.of(),
                target().resolve("python/follow_calls.log"),
                root().resolve("call-events/asyncapi.yaml").toString(),
                suite.backends().kafka());
    }

    /**
     * Starts the Python worker of the page on agents, {@code docs/agents.md}.
     *
     * @param port of its health page
     */
    public AgentWorker pythonGreeter(String agentName, int port) throws IOException, InterruptedException {
        return ofThePage("greeter.py", agentName, port);
    }

    /** Starts the worker of that page that makes warm hand-offs; it hums 440 Hz. */
    public ToneWorker warmWorker(String agentName, int port) throws IOException, InterruptedException {
        return new ToneWorker(ofThePage("warm.py", agentName, port));
    }

    private AgentWorker ofThePage(String program, String agentName, int port) throws IOException, InterruptedException {
        Path programs = root().resolve("docs/agents");
        return AgentWorker.start(
                Python.prepare(programs, target()).command(programs.resolve(program), "start"),
                workerEnvironment(agentName, port, Map.of()),
                target().resolve("agents/" + agentName + ".log"));
    }

    /** Starts the page's worker for Node. */
    public AgentWorker nodeGreeter(String agentName, int port) throws IOException, InterruptedException {
        Path folder = Node.prepare(root().resolve("docs/agents"), target().resolve("agents/node"));
        return AgentWorker.start(
                List.of("node", folder.resolve("greeter.mjs").toString(), "start"),
                workerEnvironment(agentName, port, Map.of()),
                target().resolve("agents/" + agentName + ".log"));
    }

    /**
     * Starts a worker whose agents send a tone while they live. Each agent is a separate process that can be killed alone.
     *
     * @param calls how many concurrent calls it takes
     */
    public ToneWorker toneWorker(String agentName, int hertz, int calls) throws IOException, InterruptedException {
        List<String> command = Python.prepare(root().resolve("docs/agents"), target())
                .command(module.resolve("src/test/python/tone_worker.py"), "start");
        Map<String, String> more = Map.of("AGENT_TONE", Integer.toString(hertz), "AGENT_CALLS", Integer.toString(calls));
        return new ToneWorker(AgentWorker.start(
                command, workerEnvironment(agentName, 0, more), target().resolve("agents/" + agentName + ".log")));
    }

    private Map<String, String> workerEnvironment(String agentName, int port, Map<String, String> more) {
        Map<String, String> environment = new HashMap<>(more);
        environment.put("LIVEKIT_URL", suite.backends().liveKit().toString());
        environment.put("LIVEKIT_API_KEY", suite.liveKitKey());
        environment.put("LIVEKIT_API_SECRET", suite.liveKitSecret());
        environment.put("AGENT_NAME", agentName);
        environment.put("AGENT_PORT", Integer.toString(port));
        return environment;
    }

    private synchronized Python python() throws IOException, InterruptedException {
        if (python.isEmpty()) {
            python = Optional.of(Python.prepare(module.resolve("src/test/python"), target()));
        }
        return python.get();
    }

    public synchronized Sipp sipp() throws IOException, InterruptedException {
        if (sipp.isEmpty()) {
            sipp = Optional.of(Sipp.prepare(module, ADDRESS + ":" + SIP_PORT));
        }
        return sipp.get();
    }

    /** Counts decisions on calls to numbers with this prefix, from now on. */
    public Census census(String beginning) throws Exception {
        return new Census(suite.backends().kafka(), beginning);
    }

    /** Starts the console of this suite, which other tests run without, and a browser that opens it. */
    public ConsolePages consolePages() throws IOException, InterruptedException {
        startConsole();
        return ConsolePages.open(module, suite.consoleUrl().orElseThrow().toString());
    }

    /** Starts the console of this suite and waits until people can sign in. */
    public void startConsole() throws IOException, InterruptedException {
        suite.startConsole();
        suite.awaitConsole();
    }

    /** Starts the identity provider with which the console is configured. */
    public JsonProcess identityProvider(ConsolePages pages) throws IOException {
        return pages.identityProvider(PROVIDER_PORT, suite.consoleUrl().orElseThrow().toString());
    }

    public void stopConsole() throws IOException {
        if (suite.consoleUrl().isPresent()) {
            suite.removeReplica("console");
        }
    }

    /** Opens a connection to the console's database, as the server's administrator. */
    public Connection consoleDatabase() throws IOException, SQLException {
        return DriverManager.getConnection(
                PostgresLogins.consoleUrl(suite.backends().postgresUrl()), "postgres",
                RunningSuite.secret(suite.settings().state(), "postgres-password"));
    }

    /** Opens a connection to the limiter's Redis. */
    public Redis redis() throws IOException {
        return Redis.connect(URI.create(suite.backends().redis()));
    }

    /** Restarts services that a failed test has left dead. */
    void heal() throws IOException, InterruptedException {
        for (String service : SERVICES) {
            if (!suite.process(service).isAlive()) {
                suite.restart(service);
            }
        }
    }

    /** Kills and restarts these parts if a call does not succeed any more, because a failed test may have left them broken. */
    void startAfreshIfUnwell(String... parts) throws IOException, InterruptedException {
        if (isWell()) {
            return;
        }
        for (String part : parts) {
            suite.process(part).kill();
        }
        for (String part : parts) {
            suite.restart(part);
        }
    }

    private boolean isWell() throws IOException {
        try (RawSip sip = RawSip.open(ADDRESS, edge())) {
            if (!sip.isAnswered(ANSWER_PATIENCE)) {
                return false;
            }
        }
        try (Neighbour call = Neighbour.call(ADDRESS, edge(), ECHO, "+32470000001")) {
            return call.complaint().isEmpty();
        } catch (IllegalStateException refused) {
            return false;
        }
    }

    @Override
    public void close() {
        events.close();
        suite.close();
        http.close();
    }

    private record Words() implements Progress {
        @Override
        public void say(String line) {
            System.out.println("suite: " + line);
        }

        @Override
        public void started(String part) {
            say(part + " is up");
        }
    }
}
