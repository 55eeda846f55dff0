package dev.trunkline.edge.whole;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.edge.trunks.HostResolver;
import dev.trunkline.edge.whole.UdpPhone.Leg;
import dev.trunkline.edge.whole.UdpPhone.Message;
import dev.trunkline.events.AnswerPolicy;
import dev.trunkline.events.CallAnswered;
import dev.trunkline.events.CallEnded;
import dev.trunkline.events.CallJoined;
import dev.trunkline.events.EndCall;
import dev.trunkline.events.EndReason;
import dev.trunkline.events.Envelope;
import dev.trunkline.events.JoinCalls;
import dev.trunkline.events.JoinStep;
import dev.trunkline.events.MediaOffered;
import dev.trunkline.events.MediaReady;
import dev.trunkline.events.TransferFailed;
import dev.trunkline.events.Trunk;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A phone that is in two calls on two edges joins them by REFER and leaves. */
class JoinedEdgesTest {
    private static final int SIP = 17648;
    private static final String OTHER_RELAY = PlayedSuite.ANSWER.replace("17692", "17696");

    private KafkaOfTests kafka;
    private PlayedSuite suite;
    private RunningEdge here;
    private RunningEdge there;
    private UdpPhone phone;
    private UdpPhone sameElsewhere;
    private Leg first;
    private Leg second;
    private Envelope one;
    private Envelope other;

    @BeforeEach
    void start() throws Exception {
        kafka = new KafkaOfTests(17640, 8);
        suite = new PlayedSuite(kafka.address);
        suite.trunk(new Trunk("t1", "demo", List.of("127.0.0.1/32"), Optional.of("BE"), List.of()));
        here = edge(1);
        there = edge(2);
        phone = new UdpPhone("127.0.0.1", SIP + 1);
        sameElsewhere = new UdpPhone("127.0.0.1", SIP + 2);
        first = phone.leg();
        second = sameElsewhere.leg();
        one = answered(first, "room-1");
        other = answered(second, "room-2");
        assertThat(one.owners().edge()).contains("edge-1");
        assertThat(other.owners().edge()).contains("edge-2");
    }

    private RunningEdge edge(int number) throws Exception {
        return new RunningEdge(kafka.address.bootstrapServers(), "edge-" + number, SIP + number,
                Map.of("trunkline.sip.t1", "0.1S", "trunkline.sip.drain", "0.2S", "trunkline.sip.deadline", "30S"), HostResolver.ofSystem(), true);
    }

    @AfterEach
    void stop() {
        phone.close();
        sameElsewhere.close();
        here.close();
        there.close();
        suite.close();
        kafka.close();
    }

    private Envelope answered(Leg leg, String room) throws Exception {
        leg.invite();
        Envelope call = ready(suite.admit(suite.awaitInvite(leg), AnswerPolicy.IMMEDIATE), room, 0, PlayedSuite.ANSWER);
        leg.await(200);
        leg.ack();
        suite.await(call, CallAnswered.class);
        return call;
    }

    private Envelope ready(Envelope cause, String room, int revision, String description) throws Exception {
        return suite.sayAsRelay(cause, new MediaReady(cause.callId(), PlayedSuite.RELAY, room, "PA_1", description, "PCMU", revision));
    }

    private void refer(String callId, String toTag, String fromTag) throws Exception {
        String replaces = URLEncoder.encode(callId + ";to-tag=" + toTag + ";from-tag=" + fromTag, StandardCharsets.UTF_8);
        first.send("REFER", "Refer-To: <sip:+3225550100@127.0.0.1:%d?Replaces=%s>\r\n".formatted(SIP + 2, replaces), "");
    }

    private MediaOffered offered(Envelope call, boolean answer) throws Exception {
        return (MediaOffered) suite.await(said -> said.callId().equals(call.callId()) && said.record() instanceof MediaOffered offered
                && offered.revision() == 1 && offered.sdpAnswer().isPresent() == answer, "the offer").record();
    }

    private void notified(String line) throws Exception {
        Message notify = first.awaitRequest("NOTIFY");
        assertThat(notify.body()).startsWith(line);
        first.ok(notify);
    }

    /** The phone sends the REFER, both edges and the two relays agree, and both edges end their call with the phone. */
    private void join() throws Exception {
        refer(second.callId, second.toTag, second.fromTag);
        phone.await(message -> message.status() == 202 && message.header("CSeq").orElse("").endsWith(" REFER"), "202");
        notified("SIP/2.0 100");
        assertThat(offered(one, false).sdpOffer()).isEmpty();
        ready(one, "room-1", 1, PlayedSuite.ANSWER);
        assertThat(offered(other, false).sdpOffer()).isEqualTo(PlayedSuite.ANSWER);
        ready(other, "room-2", 1, OTHER_RELAY);
        assertThat(offered(one, true).sdpAnswer()).contains(OTHER_RELAY);
        notified("SIP/2.0 200");
        for (Leg leg : List.of(first, second)) {
            Message bye = leg.awaitRequest("BYE");
            assertThat(bye.text()).contains("text=\"transferred\"");
            leg.ok(bye);
        }
    }

    private void end(Envelope call) throws Exception {
        suite.say(call, new EndCall(call.callId(), EndReason.ROOM_CLOSED, "test", "enough"));
        assertEnded(call, EndReason.ROOM_CLOSED);
    }

    private void assertEnded(Envelope call, EndReason reason) throws Exception {
        assertThat(((CallEnded) suite.await(call, CallEnded.class).record()).reason()).isEqualTo(reason);
        assertThat(suite.of(call).stream().filter(event -> event.isLast())).hasSize(1);
    }

    @Test
    void theEdgesAgreeByKafkaAndTheCallsEndTogether() throws Exception {
        join();
        assertThat(((CallJoined) suite.await(one, CallJoined.class).record())).extracting(CallJoined::with, CallJoined::edge)
                .containsExactly(other.callId(), Optional.of("edge-2"));
        assertThat(((CallJoined) suite.await(other, CallJoined.class).record())).extracting(CallJoined::with, CallJoined::edge)
                .containsExactly(one.callId(), Optional.of("edge-1"));
        assertThat(suite.of(one)).noneMatch(TransferFailed.class::isInstance);
        end(other);
        assertEnded(one, EndReason.PARTNER_LEFT);
        suite.readAll();
        assertThat(suite.raw).filteredOn(record -> record.contains("\"sealedSaid\"")).isNotEmpty()
                .noneMatch(record -> record.contains("m=audio") || record.contains(second.callId) || record.contains("127.0.0.1"));
    }

    @Test
    void whatTheOtherEdgeRefusesIsTheRefersStatusAndBothGoOn() throws Exception {
        refer(second.callId, second.toTag, "another");
        Message unknown = phone.await(message -> message.status() == 480, "480");
        assertThat(unknown.header("Reason").orElseThrow()).contains("no such dialog");
        Leg third = sameElsewhere.leg();
        Envelope same = answered(third, "room-1");
        refer(third.callId, third.toTag, third.fromTag);
        Message refused = phone.await(message -> message.status() == 603, "603");
        assertThat(refused.header("Reason").orElseThrow()).contains("in one room");
        suite.readAll();
        assertThat(suite.of(one)).filteredOn(TransferFailed.class::isInstance).hasSize(2);
        for (Map.Entry<Leg, Envelope> call : Map.of(first, one, second, other, third, same).entrySet()) {
            call.getKey().send("BYE", "", "");
            call.getKey().await(200);
            assertEnded(call.getValue(), EndReason.CALLER_HUNG_UP);
        }
    }

    @Test
    void anEdgeThatWasAwayWhenTheOtherCallEndedHearsOfItWhenItStartsAgain() throws Exception {
        join();
        suite.await(one, CallJoined.class);
        suite.await(other, CallJoined.class);
        suite.readAll();
        there.close();
        end(one);
        suite.await(said -> said.callId().equals(other.callId()) && said.record() instanceof JoinCalls letter && letter.step() == JoinStep.OVER,
                "what its partner says");
        there = edge(2);
        assertEnded(other, EndReason.PARTNER_LEFT);
    }

    @Test
    void anEdgeThatStartsAgainKeepsItsCallWhileTheOtherEdgesIsUp() throws Exception {
        join();
        suite.await(one, CallJoined.class);
        suite.await(other, CallJoined.class);
        suite.readAll();
        there.close();
        there = edge(2);
        assertThat(there.edge.calls()).isEqualTo(1);
        end(one);
        assertEnded(other, EndReason.PARTNER_LEFT);
    }
}
