package dev.trunkline.router.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressGuardTest {
    private final AddressGuard guard = new AddressGuard(List.of());

    @ParameterizedTest
    @ValueSource(strings = {
        "0.0.0.0", "0.1.2.3", "10.0.0.1", "10.255.255.255", "100.64.0.1", "100.100.100.200", "100.127.255.255",
        "127.0.0.1", "127.9.9.9", "168.63.129.16", "169.254.0.1", "169.254.169.254", "169.254.170.2", "172.16.0.1",
        "172.31.255.255", "192.0.0.8", "192.0.2.1", "192.88.99.1", "192.168.0.1", "192.168.255.255", "198.18.0.1",
        "198.19.255.255", "198.51.100.1", "203.0.113.1", "224.0.0.1", "239.255.255.255", "240.0.0.1",
        "255.255.255.255", "::", "::1", "::7f00:1", "::10.0.0.1", "::ffff:127.0.0.1", "::ffff:10.0.0.1",
        "::ffff:a9fe:a9fe", "64:ff9b::10.0.0.1", "64:ff9b::a9fe:a9fe", "64:ff9b:1::1", "100::1", "2001::1",
        "2001:db8::1", "2002:0a00:0001::1", "2002:7f00:0001::", "fc00::1", "fd00:ec2::254", "fdff::1", "fe80::1",
        "febf::1", "fec0::1", "ff02::1", "ff0e::1"
    })
    void refuses(String address) {
        assertThat(guard.refusal(InetAddress.ofLiteral(address))).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "1.1.1.1", "9.255.255.255", "11.0.0.0", "100.63.255.255", "100.128.0.0", "126.255.255.255", "128.0.0.1",
        "168.63.129.17", "169.253.255.255", "169.255.0.0", "172.15.255.255", "172.32.0.0", "192.0.1.1",
        "192.167.255.255", "192.169.0.0", "198.17.255.255", "198.20.0.0", "223.255.255.255", "::ffff:1.1.1.1",
        "64:ff9b::1.1.1.1", "2002:0101:0101::1", "2001:200::1", "2606:4700::1111", "2a00:1450::1", "fbff::1"
    })
    void lets(String address) {
        assertThat(guard.refusal(InetAddress.ofLiteral(address))).isEmpty();
    }

    @Test
    void saysWhatItRefuses() {
        assertThat(guard.refusal(InetAddress.ofLiteral("169.254.169.254"))).hasValueSatisfying(
                what -> assertThat(what).contains("metadata"));
    }

    @Test
    void letsThroughWhatASettingNamesAndNothingBeside() {
        var open = new AddressGuard(List.of("127.0.0.1", "10.20.0.0/16", "fd00:12::/32"));

        assertThat(open.refusal(InetAddress.ofLiteral("127.0.0.1"))).isEmpty();
        assertThat(open.refusal(InetAddress.ofLiteral("::ffff:127.0.0.1"))).isEmpty();
        assertThat(open.refusal(InetAddress.ofLiteral("64:ff9b::10.20.1.1"))).isEmpty();
        assertThat(open.refusal(InetAddress.ofLiteral("10.20.255.255"))).isEmpty();
        assertThat(open.refusal(InetAddress.ofLiteral("fd00:12:ffff::1"))).isEmpty();
        assertThat(open.refusal(InetAddress.ofLiteral("127.0.0.2"))).isPresent();
        assertThat(open.refusal(InetAddress.ofLiteral("10.21.0.0"))).isPresent();
        assertThat(open.refusal(InetAddress.ofLiteral("fd00:13::1"))).isPresent();
        assertThat(open.refusal(InetAddress.ofLiteral("::1"))).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "localhost", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/8/8", "10.8/16", "fd00::/129", "fd00::/x"})
    void asksForNetworks(String text) {
        assertThatThrownBy(() -> new AddressGuard(List.of(text)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("is not a network: write for example");
    }
}
