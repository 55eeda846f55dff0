package dev.trunkline.router.apply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NetworkTest {

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1,        127.0.0.1/32",
        "127.0.0.1/32,     127.0.0.1/32",
        "203.0.113.0/24,   203.0.113.0/24",
        "10.0.0.0/8,       10.0.0.0/8",
        "::1,              0:0:0:0:0:0:0:1/128",
        "2001:db8::/32,    2001:db8:0:0:0:0:0:0/32",
        "sip.example.com,  sip.example.com",
        "SIP.Example.com., sip.example.com",
        "pbx,              pbx",
        "9.pool.example,   9.pool.example",
    })
    void readsAddressesAndNetworks(String written, String cidr) {
        assertThat(Network.parse(written)).isEqualTo(cidr);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "sip.example.com:5060; not an address",
                "sip.example.com/24; not an address",
                "sip_1.example.com; not an address",
                "-sip.example.com; not an address",
                "sip..example.com; not an address",
                "203.0.113.O; not an address",
                "203.0.113.1a; not an address",
                "203.0.113; not an address",
                "203.0.113.256; not an address",
                "''; not an address",
                "203.0.113.5/24; write 203.0.113.0/24",
                "2001:db8::1/64; write 2001:db8:0:0:0:0:0:0/64",
                "203.0.113.5/33; no valid mask",
                "203.0.113.5/; no valid mask",
                "203.0.113.5/x; no valid mask",
                "203.0.113.0/24/1; no valid mask",
                "0.0.0.0/0; trust everybody",
                "::/0; trust everybody",
            })
    void refusesWhatWouldTrustSomebodyElse(String written, String saying) {
        assertThatThrownBy(() -> Network.parse(written))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(saying);
    }
}
