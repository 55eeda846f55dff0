package dev.trunkline.edge.whole;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.events.AnswerPolicy;
import dev.trunkline.events.CallAnswered;
import dev.trunkline.events.CallEnded;
import dev.trunkline.events.EndReason;
import dev.trunkline.events.Envelope;
import dev.trunkline.events.Trunk;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** Calls over real sockets and a real broker; the test plays the rest of the suite. */
@TestInstance(Lifecycle.PER_CLASS)
class WholeCallTest {
    private static final int SIP = 17610;

    private KafkaOfTests kafka;
    private PlayedSuite suite;
    private RunningEdge edge;
    private UdpPhone phone;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        kafka = new KafkaOfTests(folder, 17600);
        suite = new PlayedSuite(kafka.address);
        suite.trunk(new Trunk("t1", "demo", List.of("127.0.0.1/32"), Optional.of("BE"), List.of("X-Ticket")));
        edge = new RunningEdge(kafka.address.bootstrapServers(), "edge-1", SIP, Map.of());
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

    /** Calls and is answered by an agent. */
    private Envelope answeredCall(UdpPhone.Leg leg) throws Exception {
        leg.invite();
        Envelope invite = suite.awaitInvite(leg);
        Envelope admitted = suite.admit(invite, AnswerPolicy.ON_AGENT);
        Envelope ready = suite.mediaReady(admitted, 0, PlayedSuite.ANSWER);
        suite.agentJoined(ready);
        leg.await(200);
        leg.ack();
        suite.await(invite, CallAnswered.class);
        return ready;
    }

    @Test
    void ringsUntilAnAgentListensAndEndsWithTheCallersBye() throws Exception {
        UdpPhone.Leg leg = phone.leg().invite();
        leg.await(100);
        Envelope invite = suite.awaitInvite(leg);
        Envelope admitted = suite.admit(invite, AnswerPolicy.ON_AGENT);
        assertThat(leg.await(180).tag("To")).isPresent();
        Envelope ready = suite.mediaReady(admitted, 0, PlayedSuite.ANSWER);
        suite.agentJoined(ready);

        assertThat(leg.await(200).body()).isEqualTo(PlayedSuite.ANSWER);
        leg.ack();
        Envelope answered = suite.await(invite, CallAnswered.class);
        assertThat(answered.owners().relay()).contains(PlayedSuite.RELAY);

        leg.send("BYE", "", "");
        leg.await(200);
        var ended = (CallEnded) suite.await(invite, CallEnded.class).record();
        assertThat(ended.reason()).isEqualTo(EndReason.CALLER_HUNG_UP);
        assertThat(ended.answered()).isTrue();
    }

    @Test
    void isHungUpWhenTheSuiteAsks() throws Exception {
        UdpPhone.Leg leg = phone.leg();
        Envelope call = answeredCall(leg);
        suite.say(call, new dev.trunkline.events.EndCall(call.callId(), EndReason.ROOM_CLOSED, "media-relay", "gone"));
        UdpPhone.Message bye = leg.awaitRequest("BYE");
        assertThat(bye.header("Reason")).contains("SIP;cause=200;text=\"room-closed\"");
        assertThat(bye.tag("From")).contains(leg.toTag);
        assertThat(bye.tag("To")).contains(leg.fromTag);
        leg.ok(bye);
        suite.await(call, CallEnded.class);
    }
}
