package dev.trunkline.system.alerts;

import dev.trunkline.local.ChildProcess;
import dev.trunkline.phone.Call;
import dev.trunkline.phone.CallRequest;
import dev.trunkline.phone.CallResult;
import dev.trunkline.phone.Phone;
import dev.trunkline.phone.PhoneSettings;
import dev.trunkline.system.support.Await;
import dev.trunkline.system.support.GuardedSuite;
import dev.trunkline.system.support.Prometheus;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

/** A suite with every service, and a Prometheus with the shipped configuration and rules that scrapes it, in a faster time. */
final class WatchedSuite implements AutoCloseable {
    static final String ADDRESS = "127.0.0.1";
    /** In the order of their ports, as in the shipped configuration. */
    static final List<String> SERVICES = List.of(
            "call-router", "sip-edge", "rate-limiter", "media-relay", "agent-dispatcher", "console", "livekit-sip-api");
    /** A number of the demo that is answered at once, with an echo. */
    static final String ECHO = "+3225550101";

    private static final Duration GONE = Duration.ofSeconds(90);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    /** The ports of the shipped configuration, whose services are those of the suite's first machine. */
    private static final Pattern TARGET = Pattern.compile("127\\.0\\.0\\.1:75(\\d\\d)");
    private static final int FIRST_SHIPPED_PORT = 80;
    /** Intervals at which edge and router look for what alerts are about, as much shorter as Prometheus' are. */
    private static final Map<String, String> INTERVALS = Map.ofEntries(
            Map.entry("TRUNKLINE_DIRECTORY_POLL_EVERY", "100ms"),
            Map.entry("QUARKUS_DATASOURCE_JDBC_ACQUISITION_TIMEOUT", "500ms"),
            Map.entry("TRUNKLINE_SIP_TRANSPORTS", "udp,tcp,tls"),
            Map.entry("TRUNKLINE_SIP_TLS_PORT", "19261"),
            Map.entry("TRUNKLINE_SIP_TLS_LOOK", "1s"),
            Map.entry("TRUNKLINE_SIP_HOST_NAMES", "4s"),
            Map.entry("TRUNKLINE_SIP_OUTBOUND_PING", "2s"),
            Map.entry("TRUNKLINE_SIP_OUTBOUND_PING_WHILE_DOWN", "1s"),
            Map.entry("TRUNKLINE_SIP_OUTBOUND_PING_PATIENCE", "1s"),
            Map.entry("TRUNKLINE_SIP_RELAY_TAKE_OVER", "2s"),
            // A flood that one machine can send fills it.
            Map.entry("TRUNKLINE_SIP_UNREAD", "200"));

    private final GuardedSuite suite;
    private final Prometheus prometheus;
    private final EdgeCertificate certificate;
    private final AtomicInteger callers = new AtomicInteger();

    private WatchedSuite(GuardedSuite suite, Prometheus prometheus, EdgeCertificate certificate) {
        this.suite = suite;
        this.prometheus = prometheus;
        this.certificate = certificate;
    }

    /** @param folder for certificates and for Prometheus */
    static WatchedSuite start(Path root, Path folder) throws Exception {
        EdgeCertificate certificate = EdgeCertificate.in(folder.resolve("tls"));
        Map<String, String> settings = new HashMap<>(INTERVALS);
        settings.putAll(certificate.settings());
        GuardedSuite suite = GuardedSuite.watched(settings);
        try {
            suite.letDemoCall();
            // The demo's outbound trunk leads to a phone that nobody has started.
            remove(suite, "/rules/demo-forward");
            remove(suite, "/outbound-trunks/phone");
            return new WatchedSuite(suite, watching(suite, root.resolve("deploy/observability"), folder), certificate);
        } catch (Exception e) {
            suite.close();
            throw e;
        }
    }

    private static Prometheus watching(GuardedSuite suite, Path shipped, Path folder) throws IOException, InterruptedException {
        String config = Files.readString(shipped.resolve("prometheus.yaml"));
        FasterTime faster = FasterTime.scrapingEachSecond(config);
        Path own = Files.createTempDirectory(Files.createDirectories(folder), "prometheus");
        Files.writeString(own.resolve("alerts.yaml"), faster.of(Files.readString(shipped.resolve("alerts.yaml"))));
        // The last target is one that the operator uncomments.
        return Prometheus.start(own, aimedAt(suite, faster.of(config).replace("# - {targets", "- {targets")));
    }

    private static String aimedAt(GuardedSuite suite, String config) {
        return TARGET.matcher(config).replaceAll(target -> {
            URI page = suite.suite().process(SERVICES.get(Integer.parseInt(target.group(1)) - FIRST_SHIPPED_PORT)).health().orElseThrow();
            return page.getHost() + ":" + page.getPort();
        });
    }

    GuardedSuite guarded() {
        return suite;
    }

    Prometheus prometheus() {
        return prometheus;
    }

    EdgeCertificate certificate() {
        return certificate;
    }

    ChildProcess process(String part) {
        return suite.suite().process(part);
    }

    InetSocketAddress edge() {
        return new InetSocketAddress(ADDRESS, suite.suite().settings().sipPort());
    }

    /** Opens a phone at the address of the demo's trunk. */
    Phone phone() throws IOException {
        return Phone.open(PhoneSettings.calling(ADDRESS, edge().getPort()).bindTo(ADDRESS));
    }

    /** Waits until a call is answered, because an earlier cause may just have ended. */
    void awaitAnswered() throws IOException {
        try (Phone phone = phone()) {
            Await.until("a call is answered", GONE, () -> {
                // The limiter counts the calls of each caller.
                Call call = phone.dial(CallRequest.to(ECHO).from("+3247018" + (1_000 + callers.incrementAndGet() % 9_000)));
                boolean answered = call.awaitFinal(PATIENCE) instanceof CallResult.Answered;
                if (answered) {
                    call.hangUp().toCompletableFuture().join();
                }
                return answered;
            });
        }
    }

    void apply(String directory) throws IOException, InterruptedException {
        suite.router().json("POST", "/directory/apply", directory);
    }

    /** Removes something from the directory. */
    void remove(String path) throws IOException, InterruptedException {
        remove(suite, path);
    }

    private static void remove(GuardedSuite suite, String path) throws IOException, InterruptedException {
        HttpResponse<String> answer = suite.router().send("DELETE", path, "");
        if (answer.statusCode() >= 300) {
            throw new IOException("DELETE " + path + ": " + answer.statusCode() + " " + answer.body());
        }
    }

    void awaitGone(String alert) {
        Await.until(alert + " does not fire any more", GONE,
                () -> prometheus.firing().stream().noneMatch(firing -> firing.alert().equals(alert)));
    }

    void awaitReady(String service) {
        Await.until(service + " is ready", GONE, () -> suite.isReady(service));
    }

    @Override
    public void close() {
        prometheus.close();
        suite.close();
    }
}
