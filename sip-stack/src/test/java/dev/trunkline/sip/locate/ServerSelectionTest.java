package dev.trunkline.sip.locate;

import static dev.trunkline.sip.net.SipTransportKind.TCP;
import static dev.trunkline.sip.net.SipTransportKind.TLS;
import static dev.trunkline.sip.net.SipTransportKind.UDP;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.sip.message.OutgoingRequest;
import dev.trunkline.sip.net.SipTransportKind;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServerSelectionTest {
    private static final Set<SipTransportKind> ALL = Set.of(UDP, TCP, TLS);

    private final Zone zone = new Zone();

    /** The records of DNS, and the queries that it received. */
    private static final class Zone implements Dns {
        final Map<String, List<Naptr>> naptrs = new HashMap<>();
        final Map<String, List<Srv>> srvs = new HashMap<>();
        final Map<String, List<InetAddress>> addresses = new HashMap<>();
        final List<String> asked = new ArrayList<>();

        Zone naptr(String name, Naptr... records) {
            naptrs.put(name, List.of(records));
            return this;
        }

        Zone srv(String name, Srv... records) {
            srvs.put(name, List.of(records));
            return this;
        }

        Zone a(String name, String... literals) {
            addresses.put(name, java.util.stream.Stream.of(literals).map(InetAddress::ofLiteral).toList());
            return this;
        }

        @Override
        public List<Naptr> naptr(String domain) {
            asked.add("NAPTR " + domain);
            return naptrs.getOrDefault(domain, List.of());
        }

        @Override
        public List<Srv> srv(String name) {
            asked.add("SRV " + name);
            return srvs.getOrDefault(name, List.of());
        }

        @Override
        public List<InetAddress> addresses(String host) {
            asked.add("A " + host);
            return addresses.getOrDefault(host, List.of());
        }
    }

    private List<String> selected(String uri) {
        return selected(Target.of(uri), ALL);
    }

    private List<String> selected(Target target, Set<SipTransportKind> spoken) {
        return ServerSelection.of(target, spoken, zone, RandomGeneratorFactory.of("L64X128MixRandom").create(1), () -> true)
                .stream()
                .map(ServerSelectionTest::text)
                .toList();
    }

    private static String text(Candidate candidate) {
        return candidate.transport() + " " + candidate.address().getHostAddress() + " " + candidate.port()
                + candidate.tlsName().map(name -> " " + name).orElse("");
    }

    @ParameterizedTest
    @CsvSource({
        "sip:192.0.2.1, UDP 192.0.2.1 5060", "sip:a@192.0.2.1:5080, UDP 192.0.2.1 5080",
        "sip:192.0.2.1;transport=tcp, TCP 192.0.2.1 5060", "sip:192.0.2.1;transport=TLS, TLS 192.0.2.1 5061 192.0.2.1",
        "sips:192.0.2.1, TLS 192.0.2.1 5061 192.0.2.1", "sips:192.0.2.1:5071;transport=tcp, TLS 192.0.2.1 5071 192.0.2.1",
        "sip:a@[2001:db8::1]:5062, UDP 2001:db8:0:0:0:0:0:1 5062", "<sip:192.0.2.1;lr>, UDP 192.0.2.1 5060",
        "sip:name.example;maddr=192.0.2.7, UDP 192.0.2.7 5060", "sip:name.example;maddr=[2001:db8::7]:, UDP x",
        "sip:192.0.2.1;transport=sctp, UDP 192.0.2.1 5060", "sip:192.0.2.1?x=;transport=tcp, UDP 192.0.2.1 5060",
    })
    void anAddressNeedsNoDns(String uri, String expected) {
        if (expected.endsWith(" x")) {
            assertThat(selected(uri)).isEmpty();
        } else {
            assertThat(selected(uri)).containsExactly(expected);
            assertThat(ServerSelection.ofAddress(Target.of(uri), ALL)).hasValueSatisfying(
                    found -> assertThat(found).extracting(ServerSelectionTest::text).containsExactly(expected));
        }
        assertThat(zone.asked).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"sip:", "sip:1", "sip:1.2", "sip:1.2.3", "sip:1.2.3.4.5", "sip:a..b", "sip:.a", "sip:a b", "sip:a/b", "sip:a\\b",
        "sip:0x7f.1", "sip:[::1", "sip:::g", "sip:999.1.1.1", "sip:0.0.0.0", "sip:224.0.0.1", "sip:[ff02::1]", "sip:[::]", "sip:\u00e9",
        "sip:192.0.2.1:0", "sip:192.0.2.1:65536", "sip:a\u0000", "tel:+32", "http://x", "sip:[fe80::1%1]", ""})
    void whatIsNoHostIsNotAskedFor(String uri) {
        assertThat(selected(uri)).isEmpty();
        assertThat(zone.asked).isEmpty();
    }

    @Test
    void aNameWithAPortIsAskedForItsAddresses() {
        zone.a("pbx.example", "192.0.2.1", "2001:db8::1").srv("_sip._udp.pbx.example", new Dns.Srv(1, 1, 9, "no.example"));
        assertThat(selected("sip:pbx.example:5070")).containsExactly("UDP 192.0.2.1 5070", "UDP 2001:db8:0:0:0:0:0:1 5070");
        assertThat(selected("sips:pbx.example:5070")).first().isEqualTo("TLS 192.0.2.1 5070 pbx.example");
        assertThat(zone.asked).containsExactly("A pbx.example", "A pbx.example");
    }

    @Test
    void aNameWithATransportIsAskedForThatService() {
        zone.srv("_sip._tcp.pbx.example", new Dns.Srv(20, 0, 5080, "b.example"), new Dns.Srv(10, 0, 5070, "a.example"))
                .srv("_sips._tcp.pbx.example", new Dns.Srv(1, 0, 5071, "a.example"))
                .a("a.example", "192.0.2.1").a("b.example", "192.0.2.2").a("pbx.example", "192.0.2.3");
        assertThat(selected("sip:pbx.example;transport=tcp")).containsExactly("TCP 192.0.2.1 5070", "TCP 192.0.2.2 5080");
        assertThat(selected("sip:pbx.example;transport=tls")).containsExactly("TLS 192.0.2.1 5071 pbx.example");
        assertThat(selected("sips:pbx.example")).containsExactly("TLS 192.0.2.1 5071 pbx.example");
        assertThat(selected("sip:pbx.example;transport=udp")).containsExactly("UDP 192.0.2.3 5060");
    }

    @Test
    void aNameAloneIsAskedForAllOfIt() {
        zone.naptr("pbx.example",
                        new Dns.Naptr(90, 50, "s", "SIP+D2U", "_sip._udp.pbx.example"),
                        new Dns.Naptr(50, 60, "s", "SIP+D2T", "_sip._tcp.pbx.example"),
                        new Dns.Naptr(50, 50, "S", "sips+d2t", "_sips._tcp.pbx.example"),
                        new Dns.Naptr(10, 50, "s", "SIP+D2S", "_sip._sctp.pbx.example"),
                        new Dns.Naptr(10, 50, "u", "E2U+sip", ""))
                .srv("_sip._udp.pbx.example", new Dns.Srv(1, 0, 5060, "a.example"))
                .srv("_sip._tcp.pbx.example", new Dns.Srv(1, 0, 5060, "a.example"))
                .srv("_sips._tcp.pbx.example", new Dns.Srv(1, 0, 5061, "a.example"))
                .a("a.example", "192.0.2.1");
        assertThat(selected("sip:pbx.example")).containsExactly(
                "TLS 192.0.2.1 5061 pbx.example", "TCP 192.0.2.1 5060", "UDP 192.0.2.1 5060");
        assertThat(selected("sips:pbx.example")).containsExactly("TLS 192.0.2.1 5061 pbx.example");
        assertThat(selected(Target.of("sip:pbx.example"), Set.of(UDP))).containsExactly("UDP 192.0.2.1 5060");
    }

    @Test
    void withoutNaptrEachServiceIsAskedFor() {
        zone.srv("_sip._tcp.pbx.example", new Dns.Srv(1, 0, 5070, "a.example")).a("a.example", "192.0.2.1");
        assertThat(selected("sip:pbx.example")).containsExactly("TCP 192.0.2.1 5070");
        assertThat(zone.asked).containsExactly("NAPTR pbx.example", "SRV _sip._udp.pbx.example", "SRV _sip._tcp.pbx.example",
                "A a.example", "SRV _sips._tcp.pbx.example");
    }

    @Test
    void withoutAnyServiceTheNameIsTheServer() {
        zone.a("pbx.example", "192.0.2.1");
        assertThat(selected("sip:pbx.example")).containsExactly("UDP 192.0.2.1 5060");
        assertThat(selected("sips:pbx.example")).containsExactly("TLS 192.0.2.1 5061 pbx.example");
        assertThat(selected(Target.of("sip:pbx.example"), Set.of(TCP))).containsExactly("TCP 192.0.2.1 5060");
        assertThat(selected(Target.of("sips:pbx.example"), Set.of(UDP, TCP))).isEmpty();
        assertThat(selected("sip:nowhere.example")).isEmpty();
    }

    @Test
    void aServiceThatIsDecidedlyNotThereIsNotLookedForElsewhere() {
        zone.srv("_sip._tcp.pbx.example", new Dns.Srv(0, 0, 0, "")).a("pbx.example", "192.0.2.1");
        assertThat(selected("sip:pbx.example;transport=tcp")).isEmpty();
    }

    @Test
    void dnsCannotAskForMoreThanWeWillDo() {
        Dns.Srv[] many = IntStream.range(0, 1000).mapToObj(i -> new Dns.Srv(i, i, 5060, "h" + i + ".example")).toArray(Dns.Srv[]::new);
        zone.srv("_sip._udp.pbx.example", many);
        assertThat(selected("sip:pbx.example;transport=udp")).isEmpty();
        assertThat(zone.asked).hasSize(ServerSelection.QUESTIONS);
        IntStream.range(0, 1000).forEach(i -> zone.a("h" + i + ".example", "192.0.2.1", "192.0.2.2", "192.0.2.3"));
        assertThat(selected("sip:pbx.example;transport=udp")).hasSize(ServerSelection.CANDIDATES);
        zone.srv("_sip._udp.bad.example", new Dns.Srv(1, 1, 0, "h1.example"), new Dns.Srv(1, 1, 5060, "../x"), new Dns.Srv(1, 1, 1, "10.0.0.1"));
        assertThat(selected("sip:bad.example;transport=udp")).isEmpty();
    }

    @Test
    void nothingIsAskedWhenNobodyWaits() {
        assertThat(ServerSelection.of(Target.of("sip:pbx.example"), ALL, zone, () -> 0, () -> false)).isEmpty();
        assertThat(zone.asked).isEmpty();
    }

    @Test
    void aDialogKeepsItsTransportAndAHopIsWhereItGoes() {
        OutgoingRequest bye = bye("sip:a@pbx.example", List.of(), TLS, Optional.empty());
        assertThat(Target.of(bye).transport()).contains(TLS);
        assertThat(Target.of(bye("sip:a@pbx.example;transport=udp", List.of(), TLS, Optional.empty())).transport()).contains(UDP);
        assertThat(Target.of(bye("sips:a@pbx.example;transport=udp", List.of(), UDP, Optional.empty())).transport()).contains(TLS);
        assertThat(Target.of(bye("sip:a@pbx.example", List.of("<sip:p1.example:5080;transport=tcp;lr>", "<sip:p2;lr>"), UDP, Optional.empty())))
                .isEqualTo(new Target("p1.example", java.util.OptionalInt.of(5080), Optional.of(TCP), false));
        assertThat(selected(Target.of(bye("sip:a@pbx.example", List.of("<sip:p1;lr>"), TCP, Optional.of(new OutgoingRequest.Hop("192.0.2.9", 7)))), ALL))
                .containsExactly("TCP 192.0.2.9 7");
    }

    private static OutgoingRequest bye(String uri, List<String> routes, SipTransportKind transport, Optional<OutgoingRequest.Hop> hop) {
        return new OutgoingRequest("BYE", uri, routes, "c", "sip:us", "u", "sip:them", "t", 1, List.of(), transport, hop);
    }

    @Test
    void weightsShareTheLoadAndPrioritiesDoNot() {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(4475);
        var records = List.of(new Dns.Srv(2, 100, 1, "spare"), new Dns.Srv(1, 75, 1, "big"), new Dns.Srv(1, 25, 1, "small"),
                new Dns.Srv(1, 0, 1, "none"));
        Map<String, Long> first = IntStream.range(0, 10_000)
                .mapToObj(i -> SrvOrder.of(records, random))
                .peek(order -> assertThat(order).hasSize(4).last().extracting(Dns.Srv::target).isEqualTo("spare"))
                .collect(Collectors.groupingBy(order -> order.getFirst().target(), Collectors.counting()));
        assertThat(first.get("big")).isBetween(7_000L, 7_900L);
        assertThat(first.get("small")).isBetween(2_100L, 2_900L);
        assertThat(first.get("none")).isBetween(20L, 250L);
        assertThat(SrvOrder.of(List.of(), random)).isEmpty();
    }

    @Test
    void weightsAreTakenInOrderOfTheRunningSum() {
        var records = List.of(new Dns.Srv(1, 10, 1, "a"), new Dns.Srv(1, 20, 1, "b"), new Dns.Srv(1, 0, 1, "zero"));
        assertThat(SrvOrder.of(records, fixed(0))).extracting(Dns.Srv::target).containsExactly("zero", "a", "b");
        assertThat(SrvOrder.of(records, fixed(10))).extracting(Dns.Srv::target).startsWith("a");
        assertThat(SrvOrder.of(records, fixed(11))).extracting(Dns.Srv::target).startsWith("b");
    }

    private static RandomGenerator fixed(int number) {
        return new RandomGenerator() {
            @Override
            public long nextLong() {
                return number;
            }

            @Override
            public int nextInt(int bound) {
                return Math.min(number, bound - 1);
            }
        };
    }
}
