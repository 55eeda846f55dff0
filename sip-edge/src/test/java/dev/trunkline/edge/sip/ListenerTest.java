package dev.trunkline.edge.sip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ListenerTest {
    @ParameterizedTest
    @CsvSource({
        "udp:0.0.0.0:5060, udp:0.0.0.0:5060, 0.0.0.0:5060",
        "TLS:[::]:5061=sip.example.com, tls:[::]:5061, sip.example.com:5061",
        "tcp:10.0.0.5:5070=203.0.113.9:5060, tcp:10.0.0.5:5070, 203.0.113.9:5060",
        "tcp:[2001:db8::1]:5060=[2001:db8::2]:5070, tcp:[2001:db8::1]:5060, [2001:db8::2]:5070",
        "udp:2001:db8::1, udp:[2001:db8::1]:5060, [2001:db8::1]:5060",
        "tls:10.0.0.5, tls:10.0.0.5:5061, 10.0.0.5:5061",
    })
    void isReadAsItIsWritten(String text, String bound, String advertised) {
        Listener listener = Listener.parse(text);
        assertThat(listener).hasToString(bound);
        assertThat(listener.advertised().text()).isEqualTo(advertised);
    }

    @ParameterizedTest
    @ValueSource(strings = {"5060", "udp:", "sctp:0.0.0.0:5060", "udp:0.0.0.0:0", "udp:0.0.0.0:70000", "udp:a b:5060", "udp:h:x"})
    void whatIsNoneIsRefused(String text) {
        assertThatThrownBy(() -> Listener.parse(text)).isInstanceOf(IllegalArgumentException.class).message().isNotBlank();
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.0/8", "10.0.0.0=x", "10.0.0.0/33=x", "10.0.0.0/8=", "example.com/8=x", "10.0.0.0/x=y"})
    void whatIsNoNetworkIsRefused(String text) {
        assertThatThrownBy(() -> AdvertisedNetwork.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theNarrowestNetworkCounts() {
        var listener = Listener.parse("udp:0.0.0.0:5060=203.0.113.9");
        var settings = new ListenSettings(List.of(listener),
                List.of(AdvertisedNetwork.parse("10.0.0.0/8=10.9.9.9"), AdvertisedNetwork.parse("10.1.0.0/16=10.1.1.1"),
                        AdvertisedNetwork.parse("2001:db8::/32=[2001:db8::1]")),
                1, 1, new ConnectionLimits(1, 1, Duration.ZERO, Duration.ZERO, Duration.ZERO), Optional.empty());
        assertThat(settings.advertised(listener, InetAddress.ofLiteral("10.1.2.3")).text()).isEqualTo("10.1.1.1:5060");
        assertThat(settings.advertised(listener, InetAddress.ofLiteral("10.2.2.3")).text()).isEqualTo("10.9.9.9:5060");
        assertThat(settings.advertised(listener, InetAddress.ofLiteral("2001:db8:1::2")).text())
                .isEqualTo("[2001:db8::1]:5060");
        assertThat(settings.advertised(listener, InetAddress.ofLiteral("198.51.100.1")).text())
                .isEqualTo("203.0.113.9:5060");
    }

    @ParameterizedTest
    @CsvSource({
        "sip:a@192.0.2.1, UDP, 192.0.2.1, 5060, UDP",
        "sip:a@192.0.2.1, TLS, 192.0.2.1, 5061, TLS",
        "sip:a@192.0.2.1:5080;transport=tcp, UDP, 192.0.2.1, 5080, TCP",
        "sips:a@pbx.example, TCP, pbx.example, 5061, TLS",
        "sip:a@[2001:db8::1]:5070;maddr=192.0.2.9;lr, TCP, 192.0.2.9, 5070, TCP",
        "sip:a@192.0.2.1;transport=sctp, UDP, 192.0.2.1, 5060, UDP",
    })
    void aRequestGoesWhereItsUriSays(String uri, SipTransportKind dialogs, String host, int port, SipTransportKind by) {
        var request = new OutgoingRequest("BYE", uri, List.of(), "c", "sip:a@b", "1", "sip:c@d", "2", 1, List.of(),
                Optional.empty(), false, dialogs, Optional.empty());
        assertThat(Destination.of(request)).isEqualTo(new Destination(host, port, by));
    }
}
