package dev.trunkline.edge.whole;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.edge.whole.UdpPhone.Message;
import dev.trunkline.events.AnswerPolicy;
import dev.trunkline.events.CallAnswered;
import dev.trunkline.events.CallEnded;
import dev.trunkline.events.CallEvent;
import dev.trunkline.events.CallForwarded;
import dev.trunkline.events.CallHeartbeat;
import dev.trunkline.events.CallRejected;
import dev.trunkline.events.EndCall;
import dev.trunkline.events.EndReason;
import dev.trunkline.events.Envelope;
import dev.trunkline.events.HeadersChanged;
import dev.trunkline.events.InviteReceived;
import dev.trunkline.events.MediaOffered;
import dev.trunkline.events.MediaStats;
import dev.trunkline.events.OrganisationRef;
import dev.trunkline.events.RefusalReason;
import dev.trunkline.events.RuleRef;
import dev.trunkline.events.privacy.CallerSecrets;
import dev.trunkline.events.privacy.SealedCallers;
import dev.trunkline.events.privacy.Sealer;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whole calls. */
class WholeCallTest extends WithEdge {

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
        suite.say(call, new EndCall(call.callId(), EndReason.ROOM_CLOSED, "media-relay", "gone"));
        Message bye = leg.awaitRequest("BYE");
        assertThat(bye.header("Reason")).contains("SIP;cause=200;text=\"room-closed\"");
        assertThat(bye.tag("From")).contains(leg.toTag);
        assertThat(bye.tag("To")).contains(leg.fromTag);
        leg.ok(bye);
        suite.await(call, CallEnded.class);
    }

    @Test
    void isHungUpWithTheHeadersThatTheRelayWants() throws Exception {
        UdpPhone.Leg leg = phone.leg();
        Envelope call = answeredCall(leg);
        suite.say(call, new HeadersChanged(call.callId(), "relay-1", GivenLegs.sealed(call.callId(), Map.of("X-Outcome", "open"))));
        suite.say(call, new EndCall(call.callId(), EndReason.ROOM_CLOSED, "media-relay", "gone", Optional.empty(),
                Optional.of(GivenLegs.sealed(call.callId(), Map.of("X-Outcome", "sold", "Via", "evil")))));
        Message bye = leg.awaitRequest("BYE");
        assertThat(bye.header("X-Outcome")).contains("sold");
        assertThat(bye.text()).doesNotContain("evil");
        assertThat(bye.header("Reason")).contains("SIP;cause=200;text=\"room-closed\"");
        leg.ok(bye);
        suite.await(call, CallEnded.class);
    }

    @Test
    void hasTheHeadersThatWereKnownLastWhereTheEdgeEndsIt() throws Exception {
        UdpPhone.Leg leg = phone.leg();
        Envelope call = answeredCall(leg);
        suite.say(call, new HeadersChanged(call.callId(), "relay-1", GivenLegs.sealed(call.callId(), Map.of("X-Outcome", "open"))));
        suite.readAll();
        suite.say(call, new EndCall(call.callId(), EndReason.REQUESTED, "console", "Somebody ended it."));
        Message bye = leg.awaitRequest("BYE");
        assertThat(bye.header("X-Outcome")).contains("open");
        leg.ok(bye);
        suite.await(call, CallEnded.class);
    }

    @Test
    void isAnsweredAtOnceByTheImmediatePolicy() throws Exception {
        UdpPhone.Leg leg = phone.leg().invite();
        Envelope invite = suite.awaitInvite(leg);
        suite.mediaReady(suite.admit(invite, AnswerPolicy.IMMEDIATE), 0, PlayedSuite.ANSWER);
        leg.await(200);
        leg.ack();
        var answered = (CallAnswered) suite.await(invite, CallAnswered.class).record();
        assertThat(answered.policy()).isEqualTo(AnswerPolicy.IMMEDIATE);
        assertThat(answered.edge()).isEqualTo("edge-1");
    }

    @Test
    void isRefusedWithStatusAndReason() throws Exception {
        UdpPhone.Leg leg = phone.leg().invite();
        Envelope invite = suite.awaitInvite(leg);
        suite.say(invite, CallRejected.of((InviteReceived) invite.record(), RefusalReason.CALLER_RATE,
                OptionalInt.of(77), "rate-limiter", Optional.empty(), List.of()));
        Message refusal = leg.await(480);
        leg.ackRefusal(refusal);
        assertThat(refusal.header("Reason")).contains("SIP;cause=480;text=\"caller-rate\"");
        assertThat(refusal.header("Retry-After")).contains("77");
        assertThat(refusal.tag("To")).isPresent();
    }

    @Test
    void isRefusedWithTheStatusThatItsOrganisationAsksFor() throws Exception {
        UdpPhone.Leg leg = phone.leg().invite();
        Envelope invite = suite.awaitInvite(leg);
        suite.say(invite, CallRejected.of((InviteReceived) invite.record(), RefusalReason.DECLINED,
                        OptionalInt.empty(), "call-router", Optional.empty(), List.of())
                .answeredWith(606, "Not acceptable."));
        Message refusal = leg.await(606);
        leg.ackRefusal(refusal);
        assertThat(refusal.header("Reason")).contains("SIP;cause=606;text=\"declined\"");
    }

    @Test
    void isForwarded() throws Exception {
        UdpPhone.Leg leg = phone.leg().invite();
        Envelope invite = suite.awaitInvite(leg);
        var received = (InviteReceived) invite.record();
        suite.say(invite, new CallForwarded(received.callId(), received, new OrganisationRef("o", "demo"),
                received.called(), new RuleRef("r", "rule"), "sip:desk@pbx.example:5080;transport=tcp", "the rule",
                List.of()));
        Message moved = leg.await(302);
        leg.ackRefusal(moved);
        assertThat(moved.header("Contact")).contains("<sip:desk@pbx.example:5080;transport=tcp>");
        assertThat(moved.header("Reason")).contains("SIP;cause=302;text=\"forwarded\"");
        var ended = (CallEnded) suite.await(invite, CallEnded.class).record();
        assertThat(ended.reason()).isEqualTo(EndReason.FORWARDED);
        assertThat(ended.answered()).isFalse();
        assertThat(suite.of(invite).stream().filter(CallEvent::isLast)).hasSize(1);
    }

    @Test
    void gets503WhenNobodyDecides() throws Exception {
        UdpPhone.Leg leg = phone.leg().invite();
        Envelope invite = suite.awaitInvite(leg);
        Message refusal = leg.await(503);
        leg.ackRefusal(refusal);
        assertThat(refusal.header("Retry-After")).contains("5");
        assertThat(((CallRejected) suite.await(invite, CallRejected.class).record()).reason())
                .isEqualTo(RefusalReason.DEADLINE);
    }

    @Test
    void isCancelledWhileItRings() throws Exception {
        UdpPhone.Leg leg = phone.leg().invite();
        Envelope invite = suite.awaitInvite(leg);
        suite.admit(invite, AnswerPolicy.ON_AGENT);
        leg.await(180);
        leg.cancel();
        assertThat(leg.await(200).header("CSeq")).contains("1 CANCEL");
        Message terminated = leg.await(487);
        leg.ackRefusal(terminated);
        assertThat(((CallEnded) suite.await(invite, CallEnded.class).record()).reason())
                .isEqualTo(EndReason.CANCELLED);
        Envelope ended = suite.await(invite, CallEnded.class);
        // A relay that was still joining receives the last event again, under the same id.
        suite.mediaReady(invite, 0, PlayedSuite.ANSWER);
        suite.await(envelope -> envelope.id().equals(ended.id()) && envelope.owners().relay().isPresent(),
                "the last event for the late relay");
    }

    @Test
    void repeatsThe200UntilTheAckComes() throws Exception {
        UdpPhone.Leg leg = phone.leg().invite();
        Envelope invite = suite.awaitInvite(leg);
        suite.mediaReady(suite.admit(invite, AnswerPolicy.IMMEDIATE), 0, PlayedSuite.ANSWER);
        String first = leg.await(200).text();
        assertThat(leg.await(200).text()).isEqualTo(first);
        assertThat(leg.await(200).text()).isEqualTo(first);
        leg.ack();
        leg.send("BYE", "", "");
        phone.await(message -> message.header("CSeq").orElse("").equals("2 BYE"), "the answer to BYE");
    }

    @Test
    void hangsUpWhenNoAckComes() throws Exception {
        UdpPhone.Leg leg = phone.leg().invite();
        Envelope invite = suite.awaitInvite(leg);
        suite.mediaReady(suite.admit(invite, AnswerPolicy.IMMEDIATE), 0, PlayedSuite.ANSWER);
        Message bye = leg.awaitRequest("BYE");
        assertThat(bye.header("Reason")).contains("SIP;cause=408;text=\"no-ack\"");
        leg.ok(bye);
        assertThat(((CallEnded) suite.await(invite, CallEnded.class).record()).reason()).isEqualTo(EndReason.NO_ACK);
    }

    @Test
    void putsAReinviteToTheRelayAndAnswersWithItsSdp() throws Exception {
        UdpPhone.Leg leg = phone.leg();
        Envelope call = answeredCall(leg);
        String hold = UdpPhone.SDP + "a=sendonly\r\n";
        leg.send("INVITE", "", hold);
        var offered = (MediaOffered) suite.await(call, MediaOffered.class).record();
        assertThat(offered.revision()).isEqualTo(1);
        assertThat(offered.sdpOffer()).contains("a=sendonly");
        suite.mediaReady(call, 1, PlayedSuite.ANSWER + "a=recvonly\r\n");
        assertThat(leg.await(200).body()).endsWith("a=recvonly\r\n");
        leg.ack();
        // The same offer again is a session refresh, which is answered without the relay.
        leg.send("INVITE", "", hold);
        assertThat(leg.await(200).body()).endsWith("a=recvonly\r\n");
        leg.ack();
        leg.send("BYE", "", "");
        leg.await(200);
    }

    @Test
    void takesTheRequestsOfACallInTheOrderInWhichTheyCome() throws Exception {
        UdpPhone.Leg leg = phone.leg();
        answeredCall(leg);
        // Each re-INVITE follows directly after an ACK. A re-INVITE that overtook the ACK would get 491 (RFC 3261 section 14.2).
        for (int refresh = 0; refresh < 200; refresh++) {
            leg.send("INVITE", "", UdpPhone.SDP);
            assertThat(leg.await(200).body()).isEqualTo(PlayedSuite.ANSWER);
            leg.ack();
        }
        leg.send("BYE", "", "");
        leg.await(200);
    }

    @Test
    void findsTheCallOfACancelRightBehindItsInvite() throws Exception {
        for (int call = 0; call < 50; call++) {
            UdpPhone.Leg leg = phone.leg().invite();
            leg.cancel();
            leg.ackRefusal(leg.await(487));
        }
    }

    @Test
    void sendsItsByeAlongTheRecordedRoute() throws Exception {
        UdpPhone.Leg leg = phone.leg();
        String proxy = "<sip:" + phone.host() + ":" + phone.port() + ";lr>";
        leg.invite("Record-Route: " + proxy + ",<sip:far.example;lr>\r\n", UdpPhone.SDP);
        Envelope invite = suite.awaitInvite(leg);
        Envelope ready = suite.mediaReady(suite.admit(invite, AnswerPolicy.IMMEDIATE), 0, PlayedSuite.ANSWER);
        assertThat(leg.await(200).header("Record-Route").orElse("")).contains(phone.host());
        leg.ack();
        suite.say(ready, new EndCall(ready.callId(), EndReason.REQUESTED, "test", ""));
        Message bye = leg.awaitRequest("BYE");
        assertThat(bye.text()).startsWith("BYE sip:anna@" + phone.host());
        assertThat(bye.header("Route").orElse("")).startsWith(proxy);
        leg.ok(bye);
    }

    @Test
    void speaksTcp() throws Exception {
        UdpPhone.Leg leg = phone.leg();
        try (var socket = new Socket()) {
            socket.setSoTimeout(10_000);
            socket.connect(new InetSocketAddress("127.0.0.1", SIP));
            String invite = leg.request("INVITE", 1, leg.newBranch(), "", UdpPhone.SDP).replace("SIP/2.0/UDP", "SIP/2.0/TCP");
            // The message is sent in two pieces because TCP does not preserve message boundaries.
            socket.getOutputStream().write(invite.substring(0, 40).getBytes(StandardCharsets.UTF_8));
            socket.getOutputStream().flush();
            Thread.sleep(30);
            socket.getOutputStream().write(invite.substring(40).getBytes(StandardCharsets.UTF_8));
            Envelope received = suite.awaitInvite(leg);
            suite.mediaReady(suite.admit(received, AnswerPolicy.IMMEDIATE), 0, PlayedSuite.ANSWER);
            assertThat(until(socket.getInputStream(), PlayedSuite.ANSWER)).contains("SIP/2.0 200");
        }
    }

    private static String until(InputStream in, String end) throws Exception {
        var text = new StringBuilder();
        while (text.indexOf(end) < 0) {
            int read = in.read();
            if (read < 0) {
                throw new AssertionError("the connection was closed after: " + text);
            }
            text.append((char) read);
        }
        return text.toString();
    }

    @Test
    void tellsNobodyWhoCalls() throws Exception {
        UdpPhone.Leg leg = phone.leg();
        leg.invite("X-Ticket: 12\r\nDiversion: <sip:+32470000001@pbx>\r\n", UdpPhone.SDP);
        Envelope envelope = suite.awaitInvite(leg);
        var invite = (InviteReceived) envelope.record();
        CallerSecrets secrets = new SealedCallers(new Sealer(RunningEdge.SEAL_KEY, new SecureRandom()))
                .open(invite.callId(), invite.sealed());
        assertThat(secrets.number()).isEqualTo(UdpPhone.CALLER);
        assertThat(secrets.displayName()).isEqualTo("Anna");
        assertThat(secrets.sipCallId()).isEqualTo(leg.callId);
        assertThat(secrets.callTag()).hasValueSatisfying(tag -> assertThat(tag).isNotEmpty());
        assertThat(secrets.hostname()).isPresent();
        assertThat(secrets.headers()).containsEntry("x-ticket", "12").containsKey("diversion");
        assertThat(invite.sipCallId()).doesNotContain("475112233");
        assertThat(invite.called()).isEqualTo("+3225550100");
        Envelope ready = suite.mediaReady(suite.admit(envelope, AnswerPolicy.IMMEDIATE), 0, PlayedSuite.ANSWER);
        leg.await(200);
        leg.ack();
        suite.say(ready, new EndCall(ready.callId(), EndReason.REQUESTED, "test", ""));
        leg.ok(leg.awaitRequest("BYE"));
        suite.await(ready, CallEnded.class);
        // Sealed data is random and may contain any four letters.
        assertThat(suite.raw)
                .map(record -> record.replaceAll("v1\\.[A-Za-z0-9_-]+", "sealed"))
                .anyMatch(record -> record.contains("sealed"))
                .noneMatch(record -> record.contains("475112233") || record.contains("Anna"));
    }

    @Test
    void keepsTheRelaysLastStatistics() throws Exception {
        UdpPhone.Leg leg = phone.leg();
        Envelope call = answeredCall(leg);
        var stats = new MediaStats(500, 499, 1, 2.5, 4.3);
        Envelope beat = suite.sayAsRelay(call,
                new CallHeartbeat(call.callId(), PlayedSuite.RELAY, 0, "o", "+3225550100", stats));
        suite.await(beat, CallHeartbeat.class);
        suite.say(call, new EndCall(call.callId(), EndReason.REQUESTED, "test", ""));
        leg.ok(leg.awaitRequest("BYE"));
        assertThat(((CallEnded) suite.await(call, CallEnded.class).record()).media()).contains(stats);
    }

    @Test
    void answersOptions() throws Exception {
        UdpPhone.Leg leg = phone.leg();
        leg.send("OPTIONS", "", "");
        Message answer = leg.await(200);
        assertThat(answer.header("Allow").orElse("")).contains("INVITE");
        assertThat(answer.header("Accept").orElse("")).contains("application/sdp");
        assertThat(answer.tag("To")).isPresent();
    }

    @ParameterizedTest
    @CsvSource({"BYE,481", "INFO,481", "UPDATE,481", "NOTIFY,481", "REGISTER,405", "SUBSCRIBE,405", "FROBNICATE,501"})
    void answersWhatHasNoCall(String method, int status) throws Exception {
        UdpPhone.Leg leg = phone.leg();
        leg.send(method, "", "");
        leg.await(status);
    }

    @Test
    void knowsNoDialogThatItDidNotMake() throws Exception {
        UdpPhone.Leg leg = phone.leg();
        leg.toTag = "nobody";
        leg.send("BYE", "", "");
        assertThat(leg.await(481).tag("To")).contains("nobody");
    }

    @ParameterizedTest
    @CsvSource({
        "Max-Forwards: 0, 483",
        "Require: precondition, 420",
        "Content-Encoding: gzip, 415",
    })
    void refusesWhatItCannotDo(String header, int status) throws Exception {
        UdpPhone.Leg leg = phone.leg();
        String invite = leg.request("INVITE", 1, leg.newBranch(), header + "\r\n", UdpPhone.SDP);
        phone.send(header.startsWith("Max-Forwards") ? invite.replace("Max-Forwards: 70\r\n", "") : invite);
        leg.ackRefusal(leg.await(status));
    }

    @Test
    void refusesTheSameInviteByAnotherWay() throws Exception {
        UdpPhone.Leg leg = phone.leg().invite();
        suite.awaitInvite(leg);
        phone.send(leg.request("INVITE", 1, leg.newBranch(), "", UdpPhone.SDP));
        leg.await(482);
    }

    @Test
    void makesOneCallOfARepeatedInvite() throws Exception {
        UdpPhone.Leg leg = phone.leg();
        String invite = leg.request("INVITE", 1, leg.newBranch(), "", UdpPhone.SDP);
        phone.send(invite);
        phone.send(invite);
        Envelope received = suite.awaitInvite(leg);
        phone.send(invite);
        suite.await(received, CallRejected.class);
        assertThat(suite.of(received)).hasSize(2);
    }
}
