package dev.trunkline.edge.whole;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.edge.whole.UdpPhone.Leg;
import dev.trunkline.events.OutboundTrunk;
import dev.trunkline.events.OutboundTrunkState;
import dev.trunkline.events.TrunkRegistration;
import dev.trunkline.sip.message.SipRequest;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** Registration at a real registrar. */
@TestInstance(Lifecycle.PER_CLASS)
class KamailioTest {
    private static final int SIP = 22050;
    private static final int KAMAILIO = 22052;
    private static final String HOST = "127.0.0.64";

    private Kamailio kamailio;
    private OutboundOnWire edge;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        kamailio = new Kamailio(folder, HOST + ":" + KAMAILIO, "s3cret");
        edge = new OutboundOnWire(SIP);
    }

    @AfterAll
    void stop() throws Exception {
        edge.close();
        kamailio.close();
        assertThat(edge.faults).isEmpty();
    }

    private static OutboundTrunk trunk(String id, String password, int expires) {
        OutboundTrunk trunk = OutboundStates.trunk(id, List.of(OutboundStates.gateway(HOST, KAMAILIO)), Optional.empty(), password, true);
        return new OutboundTrunk(trunk.id(), trunk.name(), trunk.organisation(), trunk.gateways(), trunk.proxy(), trunk.inbound(),
                trunk.sealedAccount(), Optional.of(new TrunkRegistration(expires, Optional.of("+3225550199"))), trunk.callerId(),
                trunk.dialling(), trunk.codecs(), trunk.srtp(), trunk.callsAtOnce(), trunk.callsPerSecond(), trunk.allowed(),
                trunk.forbidden(), trunk.attributesToHeaders());
    }

    private static Instant until(OutboundTrunkState state) {
        return state.registration().flatMap(registration -> registration.until()).orElse(Instant.EPOCH);
    }

    @Test
    void itRegistersObeysTheRegistrarsIntervalAndBringsCalls() throws Exception {
        edge.announce(trunk("kam", "s3cret", 30));
        OutboundTrunkState state = edge.await("kam", OutboundStates::registered);
        assertThat(until(state)).as("it asked for 30 s, and Kamailio wants 50 (423)").isAfter(state.saidAt().plusSeconds(31));
        try (var phone = new UdpPhone("127.0.0.1", HOST, KAMAILIO)) {
            Leg leg = phone.new Leg();
            leg.remoteTarget = "sip:anna@" + HOST + ":" + KAMAILIO;
            leg.invite();
            SipRequest invite = edge.invites.poll(20, TimeUnit.SECONDS);
            assertThat(invite).isNotNull();
            assertThat(invite.requestUser()).as("the user of our Contact").isEqualTo("+3225550199");
            assertThat(invite.source().address().getHostAddress()).as("the gateway's address").isEqualTo(HOST);
            leg.await(486);
        }
        edge.withdraw("kam");
    }

    @Test
    void aWrongPasswordIsSaidInWords() throws Exception {
        edge.announce(trunk("kam-wrong", "guess", 60));
        OutboundTrunkState state = edge.await("kam-wrong",
                said -> said.registration().flatMap(registration -> registration.why()).isPresent());
        assertThat(state.registration().orElseThrow().why()).contains("user name or password are wrong");
        edge.withdraw("kam-wrong");
    }

    @Test
    void aRegistrarThatIsGoneAndBackIsRegisteredAtAgain() throws Exception {
        edge.announce(trunk("kam-gone", "s3cret", 60));
        Instant first = until(edge.await("kam-gone", OutboundStates::registered));
        kamailio.stop();
        edge.await("kam-gone", state -> !state.gateways().getFirst().up());
        kamailio.start();
        edge.await("kam-gone", state -> state.gateways().getFirst().up() && until(state).isAfter(first));
        edge.withdraw("kam-gone");
    }
}
