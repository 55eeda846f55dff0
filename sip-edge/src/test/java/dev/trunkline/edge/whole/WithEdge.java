package dev.trunkline.edge.whole;

import dev.trunkline.events.AnswerPolicy;
import dev.trunkline.events.CallAnswered;
import dev.trunkline.events.Envelope;
import dev.trunkline.events.Trunk;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** An edge on real sockets with a real broker; the test plays the rest of the suite. */
@TestInstance(Lifecycle.PER_CLASS)
abstract class WithEdge {
    static final int SIP = 17610;

    KafkaOfTests kafka;
    PlayedSuite suite;
    RunningEdge edge;
    UdpPhone phone;

    @BeforeAll
    void start() throws Exception {
        kafka = new KafkaOfTests(17600);
        suite = new PlayedSuite(kafka.address);
        suite.trunk(new Trunk("t1", "demo", List.of("127.0.0.1/32"), Optional.of("BE"), List.of("X-Ticket")));
        edge = newEdge();
    }

    RunningEdge newEdge() throws Exception {
        return new RunningEdge(kafka.address.bootstrapServers(), "edge-1", SIP, settings());
    }

    Map<String, String> settings() {
        return Map.of("trunkline.sip.t1", "0.1S", "trunkline.sip.drain", "0.2S");
    }

    @AfterAll
    void stop() {
        edge.close();
        suite.close();
        kafka.close();
    }

    @BeforeEach
    void openPhone() throws Exception {
        phone = new UdpPhone("127.0.0.1", SIP);
    }

    @AfterEach
    void closePhone() {
        phone.close();
    }

    /** Places a call that an agent answers. */
    Envelope answeredCall(UdpPhone.Leg leg) throws Exception {
        return answeredCall(leg, "");
    }

    Envelope answeredCall(UdpPhone.Leg leg, String headers) throws Exception {
        leg.invite(headers, UdpPhone.SDP);
        Envelope invite = suite.awaitInvite(leg);
        Envelope admitted = suite.admit(invite, AnswerPolicy.ON_AGENT);
        Envelope ready = suite.mediaReady(admitted, 0, PlayedSuite.ANSWER);
        suite.agentJoined(ready);
        leg.await(200);
        leg.ack();
        suite.await(invite, CallAnswered.class);
        return ready;
    }
}
