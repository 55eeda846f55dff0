package dev.trunkline.edge.trunks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.bus.ContainedFaults;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HostNamesTest {
    private static final InetAddress ONE = InetAddress.ofLiteral("192.0.2.1");
    private static final InetAddress TWO = InetAddress.ofLiteral("192.0.2.2");

    private final Map<String, List<InetAddress>> dns = new ConcurrentHashMap<>();
    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private final HostNames hosts = new HostNames(
            this::resolve, Duration.ofMillis(5), new ContainedFaults(metrics));
    private volatile Map<String, List<InetAddress>> told = Map.of();

    private List<InetAddress> resolve(String name) throws UnknownHostException {
        return Optional.ofNullable(dns.get(name)).orElseThrow(() -> new UnknownHostException(name));
    }

    @AfterEach
    void close() {
        hosts.close();
    }

    private void start(String... names) throws Exception {
        hosts.start(addresses -> told = addresses);
        hosts.want(Set.of(names));
        hosts.looked().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    private static void await(BooleanSupplier done) throws InterruptedException {
        long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (!done.getAsBoolean()) {
            assertThat(System.nanoTime()).isLessThan(end);
            Thread.sleep(1);
        }
    }

    @Test
    void looksUpAndLooksAgain() throws Exception {
        dns.put("a.example", List.of(ONE));
        start("a.example");
        assertThat(told).isEqualTo(Map.of("a.example", List.of(ONE)));
        dns.put("a.example", List.of(TWO, ONE));
        await(() -> told.get("a.example").contains(TWO));
        assertThat(hosts.failing()).isEmpty();
    }

    @Test
    void keepsWhatItKnowsWhileDnsIsAway() throws Exception {
        dns.put("a.example", List.of(ONE));
        start("a.example");
        dns.clear();
        await(() -> hosts.failing().contains("a.example"));
        assertThat(hosts.known()).isEqualTo(Map.of("a.example", List.of(ONE)));
        dns.put("a.example", List.of(TWO));
        await(() -> told.get("a.example").equals(List.of(TWO)));
        await(() -> hosts.failing().isEmpty());
    }

    @Test
    void aNameThatNobodyKnowsHasNoAddresses() throws Exception {
        start("nobody.example");
        assertThat(hosts.known()).isEqualTo(Map.of("nobody.example", List.of()));
        assertThat(hosts.failing()).containsExactly("nobody.example");
    }

    @Test
    void forgetsNamesThatNobodyWants() throws Exception {
        dns.put("a.example", List.of(ONE));
        dns.put("b.example", List.of(TWO));
        start("a.example", "b.example");
        hosts.want(Set.of("b.example"));
        await(() -> told.equals(Map.of("b.example", List.of(TWO))));
    }

    @Test
    void nothingWantedIsNothingToWaitFor() throws Exception {
        start();
        assertThat(hosts.looked().toCompletableFuture()).isDone();
        assertThat(hosts.known()).isEmpty();
    }

    @Test
    void looksAgainWhateverALookThrew() throws Exception {
        dns.put("a.example", List.of(ONE));
        hosts.start(addresses -> {
            if (addresses.get("a.example").contains(TWO)) {
                throw new StackOverflowError("injected");
            }
            told = addresses;
        });
        hosts.want(Set.of("a.example"));
        hosts.looked().toCompletableFuture().get(10, TimeUnit.SECONDS);
        dns.put("a.example", List.of(TWO));
        await(() -> metrics.counter("trunkline.contained.faults", "where", "host-names").count() > 0);
        dns.put("a.example", List.of(ONE));
        await(() -> hosts.known().get("a.example").equals(List.of(ONE)));
        assertThat(told).isEqualTo(Map.of("a.example", List.of(ONE)));
    }
}
