package dev.trunkline.edge.trunks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.events.Trunk;
import dev.trunkline.sip.net.SipTransportKind;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrunkTableTest {
    private final TrunkTable table = table(Map.of(),
            trunk("wide", "10.0.0.0/8", "2001:db8::/32"),
            trunk("narrow", "10.1.2.0/23", "2001:db8:1::/48"),
            trunk("one", "10.1.2.3", "::1/128"),
            trunk("late", "10.1.2.3/32"));

    private static TrunkTable table(Map<String, List<InetAddress>> hosts, Trunk... trunks) {
        return new TrunkTable(Arrays.stream(trunks).map(KnownTrunk::of).toList(), hosts);
    }

    private static List<String> of(TrunkTable table, String address) {
        return table.of(InetAddress.ofLiteral(address), SipTransportKind.UDP).stream().map(KnownTrunk::id).toList();
    }

    private static Trunk trunk(String id, String... addresses) {
        return new Trunk(id, id, Arrays.asList(addresses), Optional.empty(), List.of());
    }

    @ParameterizedTest
    @CsvSource({
        "10.200.0.1, wide", "10.1.3.255, narrow", "10.1.2.3, late", "10.1.4.0, wide",
        "2001:db8:ffff::1, wide", "2001:db8:1::9, narrow", "::1, one", "::ffff:10.1.3.4, narrow",
    })
    void theLongestPrefixHasIt(String address, String trunk) {
        assertThat(of(table, address)).first().isEqualTo(trunk);
        assertThat(table.knows(InetAddress.ofLiteral(address))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"11.0.0.1", "192.0.2.1", "2001:db9::1", "::2", "127.0.0.1"})
    void aStrangerHasNone(String address) {
        assertThat(of(table, address)).isEmpty();
        assertThat(table.knows(InetAddress.ofLiteral(address))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/0", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/x", "10.0.0.256", "10.0.0/8x", "::/129",
        "pbx_1.example", "-pbx.example", "pbx..example", "pbx.example/32", "sip:pbx.example", "pbx.example:5060"})
    void whatIsNoNetworkLetsNobodyIn(String address) {
        Trunk wrong = trunk("wrong", address);
        assertThat(TrunkTable.unreadable(wrong)).containsExactly(address);
        assertThat(of(table(Map.of(), wrong), "10.0.0.1")).isEmpty();
    }

    @Test
    void aGatewayIsReadAndItsCallsAreThoseOfTheTrunkThatItIsOf() {
        InetAddress gateway = InetAddress.ofLiteral("198.51.100.9");
        InetAddress nobodys = InetAddress.ofLiteral("198.51.100.10");
        KnownTrunk in = KnownTrunk.of(new Trunk("in", "in", List.of(), Optional.empty(), List.of()));
        var table = new TrunkTable(List.of(in), Map.of(), Map.of(gateway, Set.of("in"), nobodys, Set.of()));
        assertThat(table.knows(gateway)).isTrue();
        assertThat(table.of(gateway, SipTransportKind.UDP)).containsExactly(in);
        assertThat(table.knows(nobodys)).isTrue();
        assertThat(table.of(nobodys, SipTransportKind.UDP)).isEmpty();
        assertThat(table.isGateway(nobodys)).isTrue();
        assertThat(table.knows(InetAddress.ofLiteral("198.51.100.11"))).isFalse();
    }

    @Test
    void theWholeWorldIsTrustedOnlyOnRequest() {
        TrunkTable open = table(Map.of(), trunk("open", "0.0.0.0/0"));
        assertThat(of(open, "198.51.100.7")).containsExactly("open");
        assertThat(of(open, "2001:db8::1")).isEmpty();
    }

    @Test
    void severalTrunksOfOneNetworkStandInTheOrderOfTheirIds() {
        assertThat(of(table, "10.1.2.3")).containsExactly("late", "one");
    }

    @Test
    void aHostNameMeansTheAddressesThatDnsHas() {
        Trunk carrier = trunk("carrier", "sip.carrier.example", "10.9.0.0/16");
        assertThat(TrunkTable.unreadable(carrier)).isEmpty();
        TrunkTable resolved = table(
                Map.of("sip.carrier.example", List.of(InetAddress.ofLiteral("192.0.2.1"), InetAddress.ofLiteral("2001:db8::5"))),
                carrier);
        assertThat(of(resolved, "192.0.2.1")).containsExactly("carrier");
        assertThat(of(resolved, "2001:db8::5")).containsExactly("carrier");
        assertThat(of(resolved, "10.9.1.1")).containsExactly("carrier");
        assertThat(of(resolved, "192.0.2.2")).isEmpty();
        assertThat(of(table(Map.of(), carrier), "192.0.2.1")).isEmpty();
    }

    @Test
    void aTrunkIsNotThereByATransportThatItDoesNotUse() {
        Trunk secure = With.transports(trunk("secure", "10.1.2.3/32"), "tls");
        TrunkTable both = table(Map.of(), secure, trunk("wide", "10.0.0.0/8"));
        assertThat(of(both, "10.1.2.3")).as("by UDP").containsExactly("wide");
        assertThat(both.of(InetAddress.ofLiteral("10.1.2.3"), SipTransportKind.TLS)).extracting(KnownTrunk::id)
                .containsExactly("secure");
        assertThat(of(table(Map.of(), secure), "10.1.2.3")).isEmpty();
    }

    @Test
    void aTrunkWithUsersAndWithoutAddressesRoams() {
        TrunkTable roaming = table(Map.of(), With.users(trunk("anywhere"), "v1.x"), With.users(trunk("here", "10.0.0.1"), "v1.x"),
                trunk("nowhere"));
        assertThat(roaming.roaming()).extracting(KnownTrunk::id).containsExactly("anywhere");
        assertThat(of(roaming, "10.0.0.1")).containsExactly("here");
    }
}
