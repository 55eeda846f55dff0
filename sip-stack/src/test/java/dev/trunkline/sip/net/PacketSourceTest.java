package dev.trunkline.sip.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PacketSourceTest {
    @ParameterizedTest
    @ValueSource(strings = {"192.0.2.7:5060", "[2001:db8:0:0:0:0:0:7]:65535", "127.0.0.1:1"})
    void itsTextIsReadAgain(String text) {
        PacketSource source = PacketSource.ofDatagram(text);

        assertThat(source.text()).isEqualTo(text);
        assertThat(source.transport()).isEqualTo(SipTransportKind.UDP);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "5060", ":5060", "192.0.2.7", "192.0.2.7:", "192.0.2.7:port", "pbx.example:5060", "2001:db8::7"})
    void whatIsNoAddressAndPortIsNoSource(String text) {
        assertThatThrownBy(() -> PacketSource.ofDatagram(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
