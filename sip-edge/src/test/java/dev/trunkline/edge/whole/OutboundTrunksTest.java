package dev.trunkline.edge.whole;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.edge.trunks.HostResolver;
import dev.trunkline.edge.whole.UdpPhone.Leg;
import dev.trunkline.events.AnswerPolicy;
import dev.trunkline.events.Envelope;
import dev.trunkline.events.InviteReceived;
import dev.trunkline.events.OutboundTrunkState;
import dev.trunkline.events.Trunk;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** Outbound trunks at registrars that the test plays, on real sockets. */
@TestInstance(Lifecycle.PER_CLASS)
class OutboundTrunksTest {
    private static final int SIP = 22030;
    private static final Map<String, String> QUICK = Map.of(
            "trunkline.sip.t1", "0.1S", "trunkline.sip.drain", "0.2S", "trunkline.drain", "0.5S",
            "trunkline.sip.outbound.ping", "0.2S", "trunkline.sip.outbound.ping-while-down", "0.1S",
            "trunkline.sip.outbound.ping-patience", "0.5S", "trunkline.sip.outbound.take-over", "0.3S");

    private KafkaOfTests kafka;
    private PlayedSuite suite;
    private OutboundStates outbound;
    private RunningEdge edge;

    @BeforeAll
    void start() throws Exception {
        kafka = new KafkaOfTests(22020);
        suite = new PlayedSuite(kafka.address);
        outbound = new OutboundStates(kafka.address);
        suite.trunk(new Trunk("carrier-in", "carrier-in", List.of(), Optional.of("BE"), List.of()));
        edge = new RunningEdge(kafka.address.bootstrapServers(), "edge-1", SIP, QUICK);
    }

    @AfterAll
    void stop() {
        edge.close();
        outbound.close();
        suite.close();
        kafka.close();
    }

    private static void until(BooleanSupplier fits) throws InterruptedException {
        long end = System.nanoTime() + Duration.ofSeconds(40).toNanos();
        while (!fits.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("it did not become so");
            }
            Thread.sleep(10);
        }
    }

    @Test
    void aTrunkIsRegisteredWithItsPasswordAndItsCallsCome() throws Exception {
        try (var registrar = new PlayedRegistrar("127.0.0.60"); var phone = new UdpPhone("127.0.0.60", SIP)) {
            outbound.announce(OutboundStates.trunk("t-reg", List.of(OutboundStates.gateway("127.0.0.60", registrar.port())),
                    Optional.of("carrier-in"), "s3cret", true));
            String request = registrar.awaitRegister("Authorization: ");
            assertThat(request).startsWith("REGISTER sip:127.0.0.60:" + registrar.port() + ";transport=udp SIP/2.0")
                    .contains("Contact: <sip:+3225550199@127.0.0.1:" + SIP + ">", "Expires: 60", "username=\"anna\"", "realm=\"carrier\"")
                    .doesNotContain("s3cret");
            OutboundTrunkState state = outbound.await("t-reg", "edge-1", OutboundStates::registered);
            assertThat(state.registration().orElseThrow().until()).isPresent();
            assertThat(edge.metrics.get("trunkline_edge_registered").tag("trunk", "t-reg").gauge().value()).isEqualTo(1);
            assertThat(edge.metrics.get("trunkline_edge_registration_expires_seconds").tag("trunk", "t-reg").gauge().value())
                    .isBetween(1.0, 60.0);

            // Routers publish every trunk again when they start, each sealed anew.
            registrar.registers.clear();
            outbound.announce(OutboundStates.trunk("t-reg", List.of(OutboundStates.gateway("127.0.0.60", registrar.port())),
                    Optional.of("carrier-in"), "s3cret", true));

            Leg leg = phone.new Leg();
            leg.remoteTarget = "sip:+3225550199@127.0.0.1:" + SIP;
            leg.invite();
            Envelope invite = suite.awaitInvite(leg);
            assertThat(((InviteReceived) invite.record()).trunk().id()).isEqualTo("carrier-in");
            assertThat(((InviteReceived) invite.record()).called()).isEqualTo("+3225550199");
            suite.admit(invite, AnswerPolicy.ON_AGENT);
            leg.await(180);
            leg.cancel();
            leg.await(487);
            assertThat(registrar.registers).as("nothing had changed").isEmpty();

            outbound.withdraw("t-reg");
            assertThat(registrar.awaitRegister("Expires: 0")).contains("Contact: <sip:+3225550199@127.0.0.1:" + SIP + ">");
            until(() -> !outbound.states.containsKey("t-reg/edge-1"));
            assertThat(edge.metrics.find("trunkline_edge_registered").tag("trunk", "t-reg").gauge()).isNull();
        }
    }

    @Test
    void aWrongPasswordIsSaidInWordsAndTheEdgeIsReadyAllTheSame() throws Exception {
        try (var registrar = new PlayedRegistrar("127.0.0.61")) {
            registrar.registrar = request -> PlayedRegistrar.CHALLENGE;
            outbound.announce(OutboundStates.trunk("t-wrong", List.of(OutboundStates.gateway("127.0.0.61", registrar.port())),
                    Optional.empty(), "guess", true));
            OutboundTrunkState state = outbound.await("t-wrong", "edge-1",
                    said -> said.registration().flatMap(registration -> registration.why()).isPresent());
            assertThat(state.registration().orElseThrow().why()).contains("user name or password are wrong");
            assertThat(edge.edge.outboundComplaints()).contains("t-wrong: not registered, user name or password are wrong");
            assertThat(edge.edge.listening() && edge.edge.owns() && edge.edge.hears()).isTrue();
            assertThat(registrar.registers).as("one with and one without an answer, and no third").hasSizeLessThanOrEqualTo(2);
            outbound.withdraw("t-wrong");
            until(() -> edge.edge.outboundComplaints().stream().noneMatch(words -> words.startsWith("t-wrong")));
        }
    }

    @Test
    void aGatewayThatFallsSilentIsDownAndComesBack() throws Exception {
        try (var gateway = new PlayedRegistrar("127.0.0.62"); var phone = new UdpPhone("127.0.0.62", SIP)) {
            outbound.announce(OutboundStates.trunk("t-ping", List.of(OutboundStates.gateway("127.0.0.62", gateway.port())),
                    Optional.empty(), "any", false));
            outbound.await("t-ping", "edge-1", state -> state.gateways().getFirst().status().orElse(0) == 200);
            assertThat(edge.metrics.get("trunkline_edge_gateway_up").tag("trunk", "t-ping").gauge().value()).isEqualTo(1);
            gateway.silent = true;
            outbound.await("t-ping", "edge-1", state -> !state.gateways().getFirst().up());
            assertThat(edge.edge.outboundComplaints()).anyMatch(words -> words.startsWith("t-ping: gateway 127.0.0.62"));
            assertThat(edge.metrics.get("trunkline_edge_gateway_up").tag("trunk", "t-ping").gauge().value()).isZero();
            gateway.silent = false;
            outbound.await("t-ping", "edge-1", state -> state.gateways().getFirst().up());

            Leg leg = phone.new Leg();
            leg.send("OPTIONS", "", "");
            leg.await(200);
            Leg call = phone.new Leg();
            call.invite();
            call.send("OPTIONS", "", "");
            call.await(200);
            assertThat(suite.heardInvites(call)).as("a gateway of no inbound trunk brings no calls").isZero();
            outbound.withdraw("t-ping");
        }
    }

    @Test
    void ofTwoEdgesOneRegistersAndTheOtherFollowsIt() throws Exception {
        try (var registrar = new PlayedRegistrar("127.0.0.63")) {
            var second = new RunningEdge(
                    kafka.address.bootstrapServers(), "edge-2", SIP + 1, QUICK, HostResolver.ofSystem());
            try {
                until(() -> edge.edge.owns() && second.edge.owns() && disjoint(second));
                for (int i = 0; i < 8; i++) {
                    outbound.announce(OutboundStates.trunk("t-two-" + i, List.of(OutboundStates.gateway("127.0.0.63", registrar.port())),
                            Optional.empty(), "s3cret", true));
                }
                for (int i = 0; i < 8; i++) {
                    String id = "t-two-" + i;
                    until(() -> registeredBy(id, "edge-1") ^ registeredBy(id, "edge-2"));
                    outbound.await(id, "edge-1", state -> state.gateways().getFirst().status().orElse(0) == 200);
                    outbound.await(id, "edge-2", state -> state.gateways().getFirst().status().orElse(0) == 200);
                }
            } finally {
                second.close();
            }
            for (int i = 0; i < 8; i++) {
                outbound.await("t-two-" + i, "edge-1", OutboundStates::registered);
                outbound.withdraw("t-two-" + i);
            }
        }
    }

    private boolean disjoint(RunningEdge other) {
        return edge.owned().stream().noneMatch(other.owned()::contains);
    }

    private boolean registeredBy(String trunk, String name) {
        return Optional.ofNullable(outbound.states.get(trunk + "/" + name)).filter(OutboundStates::registered).isPresent();
    }
}
