package dev.trunkline.edge.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trunkline.edge.metrics.EdgeMetrics;
import dev.trunkline.sip.WireTap;
import dev.trunkline.sip.net.SipBindException;
import dev.trunkline.sip.net.SipTransportKind;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The stack says what is wrong; the edge says which setting changes it. */
class ListeningTest {

    private static EdgeSettings settings(Map<String, String> values) {
        return new SmallRyeConfigBuilder().withMapping(EdgeSettings.class).withDefaultValues(values).addDiscoveredConverters().build()
                .getConfigMapping(EdgeSettings.class);
    }

    @ParameterizedTest
    @CsvSource({
        "listen, udp, TRUNKLINE_SIP_LISTEN",
        "transports, sctp, TRUNKLINE_SIP_TRANSPORTS",
        "advertised-networks, nonsense, TRUNKLINE_SIP_ADVERTISED_NETWORKS",
        "transports, tls, TRUNKLINE_SIP_TLS_CERTIFICATE",
        "tls.clients, perhaps, TRUNKLINE_SIP_TLS_CLIENTS",
        "dscp, 64, TRUNKLINE_SIP_DSCP",
    })
    void aSettingThatIsWrongIsNamed(String name, String value, String variable) {
        EdgeSettings settings = settings(Map.of("trunkline.sip." + name, value));
        assertThatThrownBy(() -> Listening.of(settings)).isInstanceOf(IllegalArgumentException.class).hasMessageContaining(variable);
    }

    @Test
    void whoeverAsksForCertificatesOfClientsIsToldToNameWhoSignsThem() {
        EdgeSettings settings = settings(Map.of("trunkline.sip.transports", "tls", "trunkline.sip.tls.certificate", "a.pem",
                "trunkline.sip.tls.key", "b.pem", "trunkline.sip.tls.clients", "required"));
        assertThatThrownBy(() -> Listening.of(settings)).hasMessageContaining("TRUNKLINE_SIP_TLS_AUTHORITIES");
    }

    @Test
    void aCertificateThatCannotBeReadIsNamedWithItsSetting(@TempDir Path folder) {
        EdgeSettings settings = settings(Map.of("trunkline.sip.transports", "tls", "trunkline.sip.tls.certificate",
                folder.resolve("none.pem").toString(), "trunkline.sip.tls.key", folder.resolve("key.pem").toString()));
        assertThatThrownBy(() -> Listening.stack(
                        settings, source -> true, WireTap.NONE, new EdgeMetrics(new SimpleMeterRegistry()), (where, fault) -> { }))
                .isInstanceOf(SipBindException.class)
                .hasMessageContaining("none.pem").hasMessageContaining("TRUNKLINE_SIP_TLS_CERTIFICATE");
    }

    @Test
    void aPortThatIsTakenIsNamedWithItsSetting() throws Exception {
        try (var taken = new DatagramSocket(0, InetAddress.ofLiteral("127.0.0.1"))) {
            EdgeSettings settings = settings(Map.of("trunkline.sip.transports", "udp", "trunkline.sip.port",
                    Integer.toString(taken.getLocalPort())));
            try (var stack = Listening.stack(
                    settings, source -> true, WireTap.NONE, new EdgeMetrics(new SimpleMeterRegistry()), (where, fault) -> { })) {
                assertThatThrownBy(() -> Listening.open(stack, null))
                        .isInstanceOf(SipBindException.class)
                        .hasMessageContaining("udp:127.0.0.1:" + taken.getLocalPort())
                        .hasMessageContaining("TRUNKLINE_SIP_PORT");
            }
        }
    }

    @Test
    void withoutSettingsThereAreUdpAndTcp() {
        assertThat(Listening.of(settings(new HashMap<>())).listeners())
                .extracting(listener -> listener.transport())
                .containsExactly(SipTransportKind.UDP, SipTransportKind.TCP);
    }
}
