package dev.trunkline.system.cluster;

import dev.trunkline.bus.TopicSetup;
import dev.trunkline.local.ChildProcess;
import dev.trunkline.local.LiveKitBinary;
import dev.trunkline.local.OwnerOnly;
import dev.trunkline.local.Passwords;
import dev.trunkline.local.Ports;
import dev.trunkline.local.PostgresLogins;
import dev.trunkline.local.PostgresServer;
import dev.trunkline.local.ReadySign;
import dev.trunkline.local.RedisServer;
import dev.trunkline.local.aot.Jvm;
import dev.trunkline.phone.Phone;
import dev.trunkline.phone.PhoneSettings;
import dev.trunkline.system.support.EventLog;
import dev.trunkline.system.support.Metrics;
import dev.trunkline.system.support.RouterApi;
import dev.trunkline.system.support.SuiteUnderTest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Three brokers, and two replicas of each service, without the launcher. Edges and relays each have a host of their own in a {@link
 * Network}; a {@link Carrier} on another host brings the calls. Everything else runs on the host of the test.
 */
final class Cluster implements AutoCloseable {
    static final int REPLICAS = 2;
    static final int PARTITIONS = 6;

    private static final Duration START_PATIENCE = Duration.ofMinutes(4);
    private static final int CARRIER_HOST = 2;
    private static final int FIRST_EDGE_HOST = 11;
    private static final int FIRST_RELAY_HOST = 21;
    private static final int LIVEKIT_PORT = 7880;

    private final Path module = SuiteUnderTest.module();
    private final Path state = module.resolve("target/cluster");
    private final HttpClient http = HttpClient.newHttpClient();
    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private final Map<String, ChildProcess> replicas = new LinkedHashMap<>();
    private final Map<String, String> keys = keys(new SecureRandom());
    private final Network network;
    private final Map<String, Network.Host> hosts = new LinkedHashMap<>();
    private final Brokers brokers;
    private Carrier carrier;
    private EventLog events;

    private Cluster() throws IOException, InterruptedException {
        SuiteUnderTest.delete(state);
        OwnerOnly.folder(state.resolve("logs"));
        network = opened(Network.open());
        brokers = opened(new Brokers(network.ownAddress(), state));
        for (int number = 1; number <= REPLICAS; number++) {
            hosts.put(ReplicaSettings.instance(ReplicaSettings.EDGE, number), network.host(FIRST_EDGE_HOST + number - 1));
            hosts.put(ReplicaSettings.instance(ReplicaSettings.RELAY, number), network.host(FIRST_RELAY_HOST + number - 1));
        }
    }

    /** Starts everything, and waits until each replica is ready. */
    static Cluster start() throws Exception {
        Cluster cluster = new Cluster();
        try {
            cluster.startAll();
            return cluster;
        } catch (Exception | AssertionError e) {
            cluster.close();
            throw e;
        }
    }

    private <T extends AutoCloseable> T opened(T part) {
        open.push(part);
        return part;
    }

    private static Map<String, String> keys(SecureRandom random) {
        return Map.of(
                "TRUNKLINE_SEAL_KEY", key(random),
                "TRUNKLINE_PSEUDONYM_KEY", key(random),
                "TRUNKLINE_ADMIN_TOKEN", Passwords.make(random),
                "LIVEKIT_API_KEY", "cluster",
                "LIVEKIT_API_SECRET", Passwords.make(random));
    }

    private static String key(SecureRandom random) {
        byte[] bytes = new byte[32];
        random.nextBytes(bytes);
        return Base64.getEncoder().encodeToString(bytes);
    }

    private void startAll() throws Exception {
        brokers.start();
        RedisServer redis = opened(RedisServer.start(Ports.free(), Passwords.make(new SecureRandom())));
        PostgresServer postgres = opened(PostgresServer.start(state.resolve("data/postgres"), 0, PostgresLogins.make(new SecureRandom())));
        ChildProcess liveKit = opened(liveKit());
        liveKit.start();
        brokers.awaitAll();
        TopicSetup.ensure(brokers.address(), PARTITIONS, brokers.copies());
        events = opened(new EventLog(brokers.bootstrapServers()));
        var settings = new ReplicaSettings(
                brokers.bootstrapServers(), redis.url(), postgres.jdbcUrl(), postgres.logins(), liveKitUrl("ws"), keys, state);
        for (int number = 1; number <= REPLICAS; number++) {
            for (String service : ReplicaSettings.SERVICES) {
                ChildProcess replica = opened(replica(settings, service, number));
                replicas.put(replica.name(), replica);
                replica.start();
            }
        }
        ChildProcess agent = opened(demoAgent());
        liveKit.awaitReady(http, START_PATIENCE);
        agent.start();
        for (ChildProcess replica : replicas.values()) {
            replica.awaitReady(http, START_PATIENCE);
        }
        agent.awaitReady(http, START_PATIENCE);
        List<String> edges = List.of(addressOf(edge(1)), addressOf(edge(2)));
        carrier = opened(new Carrier(network.host(CARRIER_HOST), edges, module, state.resolve("carrier")));
    }

    private ChildProcess replica(ReplicaSettings settings, String service, int number) throws IOException {
        String name = ReplicaSettings.instance(service, number);
        List<String> command = Jvm.service(module.getParent(), service).command(List.of());
        URI ready = URI.create("http://%s:%d/q/health/ready".formatted(addressOf(name), ReplicaSettings.httpPort(service, number)));
        return ChildProcess.of(
                name, hosts.containsKey(name) ? hosts.get(name).command(command) : command,
                settings.of(service, number, addressOf(name)), log(name), new ReadySign.HealthPage(ready));
    }

    private ChildProcess liveKit() throws IOException {
        Path configuration = state.resolve("livekit.yaml");
        OwnerOnly.write(configuration, """
                port: %1$d
                bind_addresses: [%2$s]
                rtc:
                  tcp_port: 0
                  udp_port: %3$d
                  node_ip: %2$s
                  use_external_ip: false
                  interfaces:
                    includes: [%4$s]
                  ips:
                    includes: [%5$s]
                keys:
                  %6$s: %7$s
                """.formatted(
                LIVEKIT_PORT, network.ownAddress(), LIVEKIT_PORT + 2, network.ownInterface(), network.cidr(),
                keys.get("LIVEKIT_API_KEY"), keys.get("LIVEKIT_API_SECRET")));
        List<String> command = List.of(LiveKitBinary.find(System.out::println).toString(), "--config", configuration.toString());
        return ChildProcess.of("livekit", command, Map.of(), log("livekit"), new ReadySign.HealthPage(URI.create(liveKitUrl("http"))));
    }

    private String liveKitUrl(String scheme) {
        return "%s://%s:%d".formatted(scheme, network.ownAddress(), LIVEKIT_PORT);
    }

    private ChildProcess demoAgent() throws IOException {
        Map<String, String> environment = new HashMap<>(keys);
        environment.put("LIVEKIT_URL", liveKitUrl("ws"));
        return ChildProcess.of(
                Jvm.DEMO_AGENT, Jvm.demoAgent(module.getParent()).command(List.of()), environment, log(Jvm.DEMO_AGENT),
                new ReadySign.LogLine("registered with LiveKit"));
    }

    private Path log(String name) {
        return state.resolve("logs").resolve(name + ".log");
    }

    private String addressOf(String replica) {
        return hosts.containsKey(replica) ? hosts.get(replica).address() : network.ownAddress();
    }

    static String edge(int number) {
        return ReplicaSettings.instance(ReplicaSettings.EDGE, number);
    }

    static String relay(int number) {
        return ReplicaSettings.instance(ReplicaSettings.RELAY, number);
    }

    /** Returns the replicas of a service. */
    static List<String> replicasOf(String service) {
        return IntStream.rangeClosed(1, REPLICAS).mapToObj(number -> ReplicaSettings.instance(service, number)).toList();
    }

    Brokers brokers() {
        return brokers;
    }

    EventLog events() {
        return events;
    }

    ChildProcess replica(String name) {
        return replicas.get(name);
    }

    /** Starts a replica again that was stopped or killed, and waits until it is ready. */
    void restart(String name) throws IOException, InterruptedException {
        replica(name).start();
        replica(name).awaitReady(http, START_PATIENCE);
    }

    Metrics metrics(String replica) {
        return new Metrics(http, replica(replica).health().orElseThrow().resolve("/q/metrics"));
    }

    /** Returns the current value of a gauge, summed over its tags and over the replicas of a service. */
    double gauge(String service, String name) {
        return replicasOf(service).stream().mapToDouble(replica -> valueOf(replica, name)).sum();
    }

    /** Returns the current value of one metric of a replica, summed over its tags. */
    double valueOf(String replica, String name) {
        try {
            return metrics(replica).sum(name + "{") + metrics(replica).sum(name + " ");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Applies a directory file at the first router. */
    void apply(String yaml) throws IOException, InterruptedException {
        URI router = replica("call-router-1").health().orElseThrow();
        new RouterApi(http, router, keys.get("TRUNKLINE_ADMIN_TOKEN")).json("POST", "/directory/apply", yaml);
    }

    /** Returns the address from which the carrier's calls come. */
    String carrierAddress() {
        return carrier.address().getHostString();
    }

    /** Opens a phone of the carrier. */
    Phone phone() throws IOException {
        return Phone.open(PhoneSettings.calling(carrierAddress(), Carrier.PORT).bindTo(network.ownAddress()));
    }

    /** Stops the services, then what they need, then the network. */
    @Override
    public void close() {
        replicas.values().forEach(ChildProcess::askToStop);
        while (!open.isEmpty()) {
            try {
                open.pop().close();
            } catch (Exception e) {
                // The rest is to be stopped all the same.
                System.out.println("cluster: " + e);
            }
        }
        http.close();
    }
}
