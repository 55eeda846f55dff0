package dev.trunkline.edge.trunks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.events.Trunk;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrunkTableTest {
    private final TrunkTable table = new TrunkTable(List.of(
            trunk("wide", "10.0.0.0/8", "2001:db8::/32"),
            trunk("narrow", "10.1.2.0/23", "2001:db8:1::/48"),
            trunk("one", "10.1.2.3", "::1/128"),
            trunk("late", "10.1.2.3/32")));

    private static Trunk trunk(String id, String... addresses) {
        return new Trunk(id, id, Arrays.asList(addresses), Optional.empty(), List.of());
    }

    @ParameterizedTest
    @CsvSource({
        "10.200.0.1, wide", "10.1.3.255, narrow", "10.1.2.3, late", "10.1.4.0, wide",
        "2001:db8:ffff::1, wide", "2001:db8:1::9, narrow", "::1, one", "::ffff:10.1.3.4, narrow",
    })
    void theLongestPrefixHasIt(String address, String trunk) {
        assertThat(table.of(InetAddress.ofLiteral(address)).map(Trunk::id)).contains(trunk);
    }

    @ParameterizedTest
    @ValueSource(strings = {"11.0.0.1", "192.0.2.1", "2001:db9::1", "::2", "127.0.0.1"})
    void aStrangerHasNone(String address) {
        assertThat(table.of(InetAddress.ofLiteral(address))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/0", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/x", "pbx.example", "10.0.0/8x", "::/129"})
    void whatIsNoNetworkLetsNobodyIn(String address) {
        Trunk wrong = trunk("wrong", address);
        assertThat(TrunkTable.unreadable(wrong)).containsExactly(address);
        assertThat(new TrunkTable(List.of(wrong)).of(InetAddress.ofLiteral("10.0.0.1"))).isEmpty();
    }

    @Test
    void theWholeWorldIsTrustedOnlyOnRequest() {
        var open = new TrunkTable(List.of(trunk("open", "0.0.0.0/0")));
        assertThat(open.of(InetAddress.ofLiteral("198.51.100.7"))).isPresent();
        assertThat(open.of(InetAddress.ofLiteral("2001:db8::1"))).isEmpty();
    }
}
