package dev.trunkline.edge.whole;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.events.OutboundTrunkState;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Outbound trunks at a registrar that the test plays, on real sockets and without Kafka. */
class OutboundWireTest {
    private static final int SIP = 22036;

    private OutboundOnWire edge;
    private PlayedRegistrar registrar;

    @BeforeEach
    void open() throws Exception {
        edge = new OutboundOnWire(SIP);
        registrar = new PlayedRegistrar("127.0.0.66");
    }

    @AfterEach
    void close() throws Exception {
        edge.close();
        registrar.close();
        assertThat(edge.faults).isEmpty();
    }

    private void announce(String id, String password, boolean registers) throws Exception {
        edge.announce(OutboundStates.trunk(id, List.of(OutboundStates.gateway("127.0.0.66", registrar.port())), Optional.of("in"),
                password, registers));
    }

    @Test
    void itIsRegisteredAndItsAddressIsKnown() throws Exception {
        announce("t", "s3cret", true);
        assertThat(registrar.awaitRegister("Authorization: ")).contains("Contact: <sip:+3225550199@127.0.0.1:" + SIP + ">")
                .doesNotContain("s3cret");
        edge.await("t", OutboundStates::registered);
        assertThat(edge.addresses.inbound()).isEqualTo(Map.of(InetAddress.ofLiteral("127.0.0.66"), Set.of("in")));
        assertThat(edge.gauge("trunkline_edge_registered", "t")).isEqualTo(1);
        assertThat(edge.gauge("trunkline_edge_registration_expires_seconds", "t")).isBetween(1.0, 60.0);
        registrar.registers.clear();
        announce("t", "s3cret", true);
        edge.await("t", state -> state.gateways().getFirst().status().orElse(0) == 200);
        assertThat(registrar.registers).as("announced again with another seal, and nothing changed").isEmpty();
        edge.withdraw("t");
        registrar.awaitRegister("Expires: 0");
        assertThat(edge.metrics.find("trunkline_edge_registered").gauge()).isNull();
    }

    @Test
    void aWrongPasswordIsSaidInWords() throws Exception {
        registrar.registrar = request -> PlayedRegistrar.CHALLENGE;
        announce("t", "guess", true);
        OutboundTrunkState state = edge.await("t", said -> said.registration().flatMap(registration -> registration.why()).isPresent());
        assertThat(state.registration().orElseThrow().why()).contains("user name or password are wrong");
        assertThat(edge.trunks.complaints()).containsExactly("t: not registered, user name or password are wrong");
        edge.withdraw("t");
    }

    @Test
    void aGatewayThatFallsSilentIsDownAndRegisteredAtAgainWhenItIsBack() throws Exception {
        announce("t", "s3cret", true);
        edge.await("t", OutboundStates::registered);
        registrar.silent = true;
        edge.await("t", state -> !state.gateways().getFirst().up());
        assertThat(edge.gauge("trunkline_edge_gateway_up", "t")).isZero();
        assertThat(edge.trunks.complaints()).anyMatch(words -> words.startsWith("t: gateway 127.0.0.66"));
        registrar.registers.clear();
        registrar.silent = false;
        edge.await("t", state -> state.gateways().getFirst().up());
        registrar.awaitRegister("Authorization: ");
        assertThat(edge.gauge("trunkline_edge_gateway_up", "t")).isEqualTo(1);
    }

    @Test
    void whatIsAnotherEdgesIsTakenBackAndWatchedAllTheSame() throws Exception {
        edge.mine = id -> false;
        announce("t", "s3cret", true);
        edge.await("t", state -> state.gateways().getFirst().status().orElse(0) == 200);
        assertThat(edge.states.get("t").registration()).isEmpty();
        assertThat(registrar.registers).isEmpty();
        edge.mine = id -> true;
        edge.trunks.shared();
        edge.await("t", OutboundStates::registered);
        edge.mine = id -> false;
        edge.trunks.shared();
        registrar.awaitRegister("Expires: 0");
        edge.await("t", state -> state.registration().isEmpty());
    }

    @Test
    void theEndTakesTheBindingBack() throws Exception {
        announce("t", "s3cret", true);
        edge.await("t", OutboundStates::registered);
        edge.trunks.close().toCompletableFuture().get(20, TimeUnit.SECONDS);
        registrar.awaitRegister("Expires: 0");
        assertThat(edge.states).isEmpty();
    }
}
