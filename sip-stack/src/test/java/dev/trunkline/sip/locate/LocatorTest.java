package dev.trunkline.sip.locate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trunkline.sip.net.SipTransportKind;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The outer layer: real queries to a name server on loopback. */
class LocatorTest {
    private static final Set<SipTransportKind> ALL = Set.of(SipTransportKind.values());
    private static final Map<String, String> HOSTS = Map.of("a.example", "192.0.2.1", "b.example", "192.0.2.2");

    private final AtomicLong clock = new AtomicLong();
    private NameServer server;
    private LocateSettings settings;

    @BeforeEach
    void start() throws Exception {
        server = new NameServer();
        settings = new LocateSettings(List.of(server.address()), Duration.ofMillis(200), Duration.ofSeconds(20),
                Duration.ofSeconds(30), Duration.ofSeconds(5), 3, 8);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private static InetAddress[] resolved(String host) throws UnknownHostException {
        String address = HOSTS.get(host);
        if (address == null) {
            throw new UnknownHostException(host);
        }
        return new InetAddress[] {InetAddress.ofLiteral(address)};
    }

    private Dns kept() {
        return new KeptDns(new JndiDns(settings, LocatorTest::resolved), settings, clock::get);
    }

    private Locator locator(Dns dns) {
        return new Locator(ALL, settings, RandomGenerator.getDefault(), dns);
    }

    private static List<Candidate> found(Locator locator, String uri) throws Exception {
        return locator.locate(Target.of(uri)).toCompletableFuture().get(30, TimeUnit.SECONDS);
    }

    @Test
    void aNameIsFoundByNaptrAndSrv() throws Exception {
        server.naptr("pbx.example", 10, 10, "SIPS+D2T", "_sips._tcp.pbx.example");
        server.naptr("pbx.example", 20, 10, "SIP+D2U", "_sip._udp.pbx.example");
        server.srv("_sips._tcp.pbx.example", 1, 10, 5071, "a.example");
        server.srv("_sip._udp.pbx.example", 1, 10, 5070, "gone.example");
        server.srv("_sip._udp.pbx.example", 2, 10, 5070, "b.example");
        try (Locator locator = locator(kept())) {
            assertThat(found(locator, "sip:anna@pbx.example")).containsExactly(
                    new Candidate(InetAddress.ofLiteral("192.0.2.1"), 5071, SipTransportKind.TLS, java.util.Optional.of("pbx.example")),
                    new Candidate(InetAddress.ofLiteral("192.0.2.2"), 5070, SipTransportKind.UDP, java.util.Optional.empty()));
        }
    }

    @Test
    void aNameWithoutRecordsIsItsAddress() throws Exception {
        try (Locator locator = locator(kept())) {
            assertThat(found(locator, "sip:a.example")).extracting(Candidate::port).containsExactly(5060);
            assertThat(server.asked).containsExactlyInAnyOrder(
                    "35 a.example", "33 _sip._udp.a.example", "33 _sip._tcp.a.example", "33 _sips._tcp.a.example");
        }
    }

    @Test
    void anAddressIsThereAtOnceWithoutAnybodyAsked() throws Exception {
        Locator locator = locator(kept());
        locator.close();
        assertThat(locator.locate(Target.of("sip:192.0.2.1:5080")).toCompletableFuture().getNow(List.of())).hasSize(1);
        assertThat(server.asked).isEmpty();
    }

    @Test
    void aNameThatIsNowhereFailsAndSaysWhy() {
        try (Locator locator = locator(kept())) {
            assertThatThrownBy(() -> found(locator, "sip:nowhere.example:5060"))
                    .isInstanceOf(ExecutionException.class).rootCause()
                    .isInstanceOf(UnlocatableException.class)
                    .hasMessageContaining("no address")
                    .hasMessageNotContaining("nowhere");
            assertThatThrownBy(() -> found(locator, "sip:a/b")).rootCause().isInstanceOf(UnlocatableException.class);
        }
    }

    @Test
    void aSilentNameServerIsGivenUp() throws Exception {
        settings = new LocateSettings(settings.servers(), Duration.ofMillis(200), Duration.ofMillis(100), settings.kept(),
                settings.keptFailure(), 3, 8);
        try (Locator locator = locator(kept())) {
            assertThatThrownBy(() -> found(locator, "sip:silent.example")).rootCause().isInstanceOf(UnlocatableException.class);
        }
    }

    @Test
    void answersAreKeptForAWhile() throws Exception {
        server.srv("_sip._udp.pbx.example", 1, 10, 5070, "a.example");
        Dns dns = kept();
        assertThat(dns.srv("_sip._udp.pbx.example")).hasSize(1);
        assertThat(dns.srv("_SIP._udp.pbx.example")).hasSize(1);
        assertThat(dns.srv("_sip._udp.none.example")).isEmpty();
        assertThat(dns.srv("_sip._udp.none.example")).isEmpty();
        assertThat(server.asked).hasSize(2);
        clock.addAndGet(Duration.ofSeconds(6).toNanos());
        dns.srv("_sip._udp.pbx.example");
        dns.srv("_sip._udp.none.example");
        assertThat(server.asked).hasSize(3);
        clock.addAndGet(Duration.ofSeconds(25).toNanos());
        dns.srv("_sip._udp.pbx.example");
        assertThat(server.asked).hasSize(4);
    }

    @Test
    void noMoreAnswersAreKeptThanTheSettingSays() {
        Dns dns = kept();
        for (String name : List.of("1.x", "2.x", "3.x", "4.x", "4.x", "1.x")) {
            dns.srv("_sip._udp." + name + "y");
        }
        assertThat(server.asked).hasSize(5);
    }

    /** Answers when the test says so. */
    private static final class SlowDns implements Dns {
        final CountDownLatch go = new CountDownLatch(1);
        final List<String> asked = java.util.Collections.synchronizedList(new ArrayList<>());

        @Override
        public List<Naptr> naptr(String domain) {
            return List.of();
        }

        @Override
        public List<Srv> srv(String name) {
            return List.of();
        }

        @Override
        public List<InetAddress> addresses(String host) {
            asked.add(host);
            if (host.endsWith("slow.example")) {
                try {
                    go.await();
                } catch (InterruptedException e) {
                    return List.of();
                }
            }
            return List.of(InetAddress.ofLiteral("192.0.2.1"));
        }
    }

    @Test
    void aDomainThatIsSlowHoldsUpNobodyElse() throws Exception {
        var dns = new SlowDns();
        try (Locator locator = locator(dns)) {
            var waiting = new ArrayList<CompletableFuture<List<Candidate>>>();
            for (int i = 0; i < 100; i++) {
                waiting.add(locator.locate(Target.of("sip:h" + i + ".slow.example:5060")).toCompletableFuture());
            }
            assertThat(waiting.stream().filter(CompletableFuture::isCompletedExceptionally)).hasSize(98);
            assertThat(found(locator, "sip:quick.org:5060")).hasSize(1);
            dns.go.countDown();
            assertThat(waiting.getFirst().get(20, TimeUnit.SECONDS)).hasSize(1);
            waiting.get(1).get(20, TimeUnit.SECONDS);
            // The places are released soon after the answer.
            long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
            while (locator.locate(Target.of("sip:again.slow.example:5060")).toCompletableFuture().isCompletedExceptionally()) {
                assertThat(System.nanoTime() - end).isNegative();
                Thread.onSpinWait();
            }
        }
    }

    @Test
    void whoAsksForTheSameWaitsForTheSameAnswer() throws Exception {
        var dns = new SlowDns();
        try (Locator locator = locator(dns)) {
            var waiting = new ArrayList<CompletableFuture<List<Candidate>>>();
            for (int i = 0; i < 100; i++) {
                waiting.add(locator.locate(Target.of("sip:u" + i + "@slow.example:5060")).toCompletableFuture());
            }
            dns.go.countDown();
            for (var one : waiting) {
                assertThat(one.get(20, TimeUnit.SECONDS)).hasSize(1);
            }
            assertThat(dns.asked).hasSize(1);
        }
    }

    @Test
    void whateverDnsThrowsReachesWhoAsked() {
        Dns broken = new Dns() {
            @Override
            public List<Naptr> naptr(String domain) {
                throw new StackOverflowError();
            }

            @Override
            public List<Srv> srv(String name) {
                return List.of();
            }

            @Override
            public List<InetAddress> addresses(String host) {
                return List.of(InetAddress.ofLiteral("192.0.2.1"));
            }
        };
        try (Locator locator = locator(broken)) {
            assertThatThrownBy(() -> found(locator, "sip:x.example")).rootCause().isInstanceOf(StackOverflowError.class);
            org.junit.jupiter.api.Assertions.assertDoesNotThrow(() -> found(locator, "sip:x.example:5060"));
        }
    }

    @Test
    void recordsAreReadOutOfTheirText() {
        assertThat(JndiDns.naptrOf("50 60 s SIP+D2U  _sip._udp.x.")).contains(new Dns.Naptr(50, 60, "s", "SIP+D2U", "_sip._udp.x"));
        assertThat(JndiDns.naptrOf("1 2 u E2U+sip !^.*$!sip:a b@c! .")).contains(new Dns.Naptr(1, 2, "u", "E2U+sip", ""));
        assertThat(JndiDns.srvOf("1 2 5060 a.example.")).contains(new Dns.Srv(1, 2, 5060, "a.example"));
        assertThat(JndiDns.srvOf("0 0 0 .")).contains(new Dns.Srv(0, 0, 0, ""));
        for (String damaged : List.of("", "1", "1 2", "1 2 3", "x 2 3 a", "1 70000 3 a", "-1 2 3 a", "1 2 99999 a")) {
            assertThat(JndiDns.srvOf(damaged)).isEmpty();
            assertThat(JndiDns.naptrOf(damaged)).isEmpty();
        }
    }
}
