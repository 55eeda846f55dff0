package dev.trunkline.edge.whole;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.edge.whole.UdpPhone.Leg;
import dev.trunkline.events.Envelope;
import dev.trunkline.events.InviteReceived;
import dev.trunkline.events.OutboundTrunk;
import dev.trunkline.events.OutboundTrunkState;
import dev.trunkline.events.Trunk;
import dev.trunkline.events.TrunkRegistration;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** Registered at a real registrar. */
@TestInstance(Lifecycle.PER_CLASS)
class KamailioTest {
    private static final int SIP = 22050;
    private static final int KAMAILIO = 22052;
    private static final String HOST = "127.0.0.64";

    private KafkaOfTests kafka;
    private PlayedSuite suite;
    private OutboundStates outbound;
    private Kamailio kamailio;
    private RunningEdge edge;

    @BeforeAll
    void start(@TempDir Path kafkas, @TempDir Path kamailios) throws Exception {
        kamailio = new Kamailio(kamailios, HOST + ":" + KAMAILIO, "s3cret");
        kafka = new KafkaOfTests(kafkas, 22040);
        suite = new PlayedSuite(kafka.address);
        outbound = new OutboundStates(kafka.address);
        suite.trunk(new Trunk("carrier-in", "carrier-in", List.of(), Optional.of("BE"), List.of()));
        edge = new RunningEdge(kafka.address.bootstrapServers(), "edge-1", SIP, Map.of(
                "trunkline.sip.t1", "0.1S", "trunkline.sip.drain", "0.2S", "trunkline.sip.outbound.ping", "0.3S",
                "trunkline.sip.outbound.ping-while-down", "0.2S", "trunkline.sip.outbound.ping-patience", "1S",
                "trunkline.sip.outbound.take-over", "0.1S"));
    }

    @AfterAll
    void stop() throws Exception {
        edge.close();
        outbound.close();
        suite.close();
        kafka.close();
        kamailio.close();
    }

    private static OutboundTrunk trunk(String id, String password, int expires) {
        OutboundTrunk trunk = OutboundStates.trunk(id, List.of(OutboundStates.gateway(HOST, KAMAILIO)), Optional.of("carrier-in"), password, true);
        return new OutboundTrunk(trunk.id(), trunk.name(), trunk.organisation(), trunk.gateways(), trunk.proxy(), trunk.inbound(),
                trunk.sealedAccount(), Optional.of(new TrunkRegistration(expires, Optional.of("+3225550199"))), trunk.callerId(),
                trunk.dialling(), trunk.codecs(), trunk.srtp(), trunk.callsAtOnce(), trunk.callsPerSecond(), trunk.allowed(),
                trunk.forbidden());
    }

    @Test
    void itRegistersObeysTheRegistrarsIntervalAndBringsCalls() throws Exception {
        outbound.announce(trunk("kam", "s3cret", 30));
        OutboundTrunkState state = outbound.await("kam", "edge-1", OutboundStates::registered);
        assertThat(state.registration().orElseThrow().until().orElseThrow())
                .as("it asked for 30 s, and Kamailio wants 50 (423)").isAfter(Instant.now().plusSeconds(31));
        try (var phone = new UdpPhone("127.0.0.1", HOST, KAMAILIO)) {
            Leg leg = phone.new Leg();
            leg.remoteTarget = "sip:anna@" + HOST + ":" + KAMAILIO;
            leg.invite();
            Envelope invite = suite.awaitInvite(leg);
            assertThat(((InviteReceived) invite.record()).trunk().id()).isEqualTo("carrier-in");
            assertThat(((InviteReceived) invite.record()).called()).as("the user of our Contact").isEqualTo("+3225550199");
            leg.cancel();
            leg.await(487);
        }
        outbound.withdraw("kam");
    }

    @Test
    void aWrongPasswordIsSaidInWords() throws Exception {
        outbound.announce(trunk("kam-wrong", "guess", 60));
        OutboundTrunkState state = outbound.await("kam-wrong", "edge-1",
                said -> said.registration().flatMap(registration -> registration.why()).isPresent());
        assertThat(state.registration().orElseThrow().why()).contains("user name or password are wrong");
        outbound.withdraw("kam-wrong");
    }

    @Test
    void aRegistrarThatIsGoneAndBackIsFoundAgain() throws Exception {
        outbound.announce(trunk("kam-gone", "s3cret", 50));
        Instant first = outbound.await("kam-gone", "edge-1", OutboundStates::registered).registration().orElseThrow().until().orElseThrow();
        kamailio.stop();
        outbound.await("kam-gone", "edge-1", state -> !state.gateways().getFirst().up());
        kamailio.start();
        outbound.await("kam-gone", "edge-1", state -> state.gateways().getFirst().up()
                && state.registration().flatMap(registration -> registration.until()).filter(until -> until.isAfter(first)).isPresent());
        outbound.withdraw("kam-gone");
    }
}
