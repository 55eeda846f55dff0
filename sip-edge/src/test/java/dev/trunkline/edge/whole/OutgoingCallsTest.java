package dev.trunkline.edge.whole;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.edge.whole.UdpPhone.Message;
import dev.trunkline.events.CallAnswered;
import dev.trunkline.events.CallDirection;
import dev.trunkline.events.CallEnded;
import dev.trunkline.events.CallRouted;
import dev.trunkline.events.EndCall;
import dev.trunkline.events.EndReason;
import dev.trunkline.events.Envelope;
import dev.trunkline.events.LegRinging;
import dev.trunkline.events.MediaOffered;
import dev.trunkline.events.privacy.AnswerSecrets;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Outbound calls over gateways that the test plays, on real sockets and a real broker. */
class OutgoingCallsTest extends WithGateways {
    private static final String CHALLENGE = "WWW-Authenticate: Digest realm=\"carrier\", nonce=\"n0nce\", qop=\"auth\"\r\n";

    @Test
    void aCallGoesOutIsAnsweredAndHungUpByWhoWasCalled() throws Exception {
        CallRouted route = GivenLegs.route("out", 30);
        Envelope ready = GivenLegs.dial(suite, route);
        Message invite = awaitInvite(gateway, route);
        assertThat(invite.text()).startsWith("INVITE sip:" + GivenLegs.TARGET + "@127.0.0.70:" + gateway.port() + ";transport=udp SIP/2.0")
                .contains("\r\nFrom: \"Acme\" <sip:" + GivenLegs.SHOWN + "@127.0.0.70>;tag=", "\r\nTo: <sip:" + GivenLegs.TARGET + "@127.0.0.70>\r\n",
                        "\r\nX-Ticket: 4711\r\n", "\r\nSupported: timer\r\n", "\r\nSession-Expires: 1800\r\n", "\r\nAllow: INVITE",
                        "\r\nContact: <sip:", PlayedSuite.ANSWER)
                .doesNotContain("evil");
        gateway.answer(invite, "100 Trying", "", "", "");
        gateway.answer(invite, "180 Ringing", "phone", "", "");
        var ringing = (LegRinging) suite.await(ready, LegRinging.class).record();
        assertThat(ringing.gateway()).isEqualTo("127.0.0.70:" + gateway.port());
        assertThat(ringing.status()).isEqualTo(180);
        gateway.accept(invite, "phone");
        Message ack = gateway.await("ACK");
        assertThat(ack.text()).startsWith("ACK sip:phone@127.0.0.70:" + gateway.port()).contains("CSeq: 1 ACK", ";tag=phone");
        var answer = (MediaOffered) suite.await(ready, MediaOffered.class).record();
        assertThat(answer.revision()).isZero();
        assertThat(answer.sdpAnswer()).hasValueSatisfying(sdp -> assertThat(sdp).contains("m=audio 17690"));
        AnswerSecrets said = GivenLegs.answer((CallAnswered) suite.await(ready, CallAnswered.class).record());
        assertThat(said.tag()).isEqualTo("phone");
        assertThat(said.headers()).isEqualTo(Map.of("x-queue", "7"));
        assertThat(invite.text()).contains("From: \"Acme\" <sip:");

        // The 2xx is sent again because its ACK was lost (RFC 3261 section 13.2.2.4).
        gateway.accept(invite, "phone");
        assertThat(gateway.await("ACK").text()).contains("CSeq: 1 ACK", ";tag=phone");

        gateway.send(invite, "phone", "BYE", 1, "");
        gateway.await(200);
        CallEnded ended = ended(ready);
        assertThat(ended.reason()).isEqualTo(EndReason.CALLEE_HUNG_UP);
        assertThat(ended.answered()).isTrue();
        assertThat(ended.summary()).hasValueSatisfying(whole -> {
            assertThat(whole.direction()).isEqualTo(CallDirection.OUTBOUND);
            assertThat(whole.trunk().id()).isEqualTo("out");
            assertThat(whole.ringingAt()).isPresent();
            assertThat(whole.answeredAt()).isPresent();
        });
        assertThat(kinds(ready)).containsExactly("CallRouted", "CallAdmitted", "MediaReady", "LegRinging", "MediaOffered", "CallAnswered", "CallEnded");
        assertThat(edge.count("trunkline_edge_legs_over", "outcome", "callee-hung-up")).isPositive();
        assertThat(edge.metrics.get("trunkline_edge_post_dial_delay").timer().count()).isPositive();
    }

    @Test
    void earlyMediaIsToldOnceAndItsAnswerNotAgain() throws Exception {
        CallRouted route = GivenLegs.route("out", 30);
        Envelope ready = GivenLegs.dial(suite, route);
        Message invite = awaitInvite(gateway, route);
        gateway.answer(invite, "183 Session Progress", "phone", "", UdpPhone.SDP);
        suite.await(ready, MediaOffered.class);
        gateway.accept(invite, "phone");
        gateway.await("ACK");
        suite.await(ready, CallAnswered.class);
        suite.say(ready, new EndCall(ready.callId(), EndReason.REQUESTED, "test", "enough"));
        Message bye = gateway.await("BYE");
        assertThat(bye.text()).contains("CSeq: 2 BYE", "Reason: SIP;cause=200;text=\"requested\"");
        gateway.answer(bye, "200 OK", "", "", "");
        assertThat(ended(ready).reason()).isEqualTo(EndReason.REQUESTED);
        assertThat(kinds(ready)).containsOnlyOnce("MediaOffered");
    }

    @ParameterizedTest
    @CsvSource({"486 Busy Here, CALLEE_BUSY", "404 Not Found, CALLEE_UNREACHABLE", "500 Server Internal Error, CALLEE_UNREACHABLE",
        "603 Decline, CALLEE_DECLINED", "480 Temporarily Unavailable, NO_ANSWER"})
    void aRefusalEndsIt(String refusal, EndReason reason) throws Exception {
        CallRouted route = GivenLegs.route("out", 30);
        Envelope ready = GivenLegs.dial(suite, route);
        refuse(gateway, awaitInvite(gateway, route), refusal);
        assertThat(failed(ready).status()).isEqualTo(Integer.parseInt(refusal.substring(0, 3)));
        assertThat(ended(ready).reason()).isEqualTo(reason);
        assertThat(ended(ready).answered()).isFalse();
    }

    @Test
    void nobodyAnswersInTimeAndItIsCancelled() throws Exception {
        CallRouted route = GivenLegs.route("out", 1);
        Envelope ready = GivenLegs.dial(suite, route);
        Message invite = awaitInvite(gateway, route);
        gateway.answer(invite, "180 Ringing", "phone", "", "");
        Message cancel = gateway.await("CANCEL");
        gateway.answer(cancel, "200 OK", "phone", "", "");
        refuse(gateway, invite, "487 Request Terminated");
        assertThat(failed(ready).status()).isEqualTo(487);
        assertThat(ended(ready).reason()).isEqualTo(EndReason.NO_ANSWER);
    }

    @Test
    void isCancelledOnCommandAndAnAnswerThatCrossesItIsAcknowledgedAndEnded() throws Exception {
        CallRouted route = GivenLegs.route("out", 30);
        Envelope ready = GivenLegs.dial(suite, route);
        Message invite = awaitInvite(gateway, route);
        gateway.answer(invite, "180 Ringing", "phone", "", "");
        suite.await(ready, LegRinging.class);
        suite.say(ready, new EndCall(ready.callId(), EndReason.REQUESTED, "test", "enough"));
        gateway.answer(gateway.await("CANCEL"), "200 OK", "phone", "", "");
        gateway.accept(invite, "phone");
        gateway.await("ACK");
        gateway.answer(gateway.await("BYE"), "200 OK", "", "", "");
        assertThat(ended(ready).reason()).isEqualTo(EndReason.REQUESTED);
        assertThat(kinds(ready)).doesNotContain("CallAnswered");
    }

    @Test
    void credentialsAreAnsweredAndGoWithTheAck() throws Exception {
        CallRouted route = GivenLegs.route("out", 30);
        Envelope ready = GivenLegs.dial(suite, route);
        Message invite = awaitInvite(gateway, route);
        gateway.answer(invite, "401 Unauthorized", "auth", CHALLENGE, "");
        gateway.await("ACK");
        Message again = gateway.await("INVITE");
        String credentials = again.header("Authorization").orElseThrow();
        assertThat(credentials).contains("username=\"anna\"", "realm=\"carrier\"").doesNotContain("s3cret");
        assertThat(again.header("CSeq")).contains("2 INVITE");
        gateway.accept(again, "phone");
        Message ack = gateway.await("ACK");
        assertThat(ack.header("Authorization")).contains(credentials);
        assertThat(ack.header("CSeq")).contains("2 ACK");
        suite.await(ready, CallAnswered.class);
        gateway.send(again, "phone", "BYE", 1, "");
        gateway.await(200);
        ended(ready);
    }

    @ParameterizedTest
    @CsvSource({"401 Unauthorized, WWW-Authenticate, Authorization, carrier",
        "407 Proxy Authentication Required, Proxy-Authenticate, Proxy-Authorization, proxy"})
    void aNonceThatGrewOldMeanwhileIsAnsweredAnew(String status, String asking, String answering, String realm) throws Exception {
        String challenge = CHALLENGE.replace("WWW-Authenticate", asking).replace("carrier", realm);
        CallRouted route = GivenLegs.route("out", 30);
        Envelope ready = GivenLegs.dial(suite, route);
        gateway.answer(awaitInvite(gateway, route), status, "auth", challenge, "");
        gateway.await("ACK");
        Message again = awaitInvite(gateway, route);
        gateway.answer(again, status, "auth", challenge.replace("n0nce\"", "second\", stale=true"), "");
        gateway.await("ACK");
        Message third = awaitInvite(gateway, route);
        assertThat(third.header("CSeq")).contains("3 INVITE");
        assertThat(third.header(answering)).hasValueSatisfying(credentials -> assertThat(credentials).contains("nonce=\"second\""));
        gateway.accept(third, "phone");
        assertThat(gateway.await("ACK").header("CSeq")).contains("3 ACK");
        suite.await(ready, CallAnswered.class);
        gateway.send(third, "phone", "BYE", 1, "");
        gateway.await(200);
        ended(ready);
    }

    @Test
    void ofSeveralPhonesWithEarlyMediaTheDescriptionOfTheOneThatAnswersCounts() throws Exception {
        CallRouted route = GivenLegs.route("out", 30);
        Envelope ready = GivenLegs.dial(suite, route);
        Message invite = awaitInvite(gateway, route);
        String other = UdpPhone.SDP.replace("m=audio 17690", "m=audio 17694");
        gateway.answer(invite, "183 Session Progress", "one", "", UdpPhone.SDP);
        suite.await(ready, MediaOffered.class);
        gateway.answer(invite, "183 Session Progress", "two", "", other);
        gateway.answer(invite, "200 OK", "two", "Allow: INVITE, ACK, BYE\r\nSupported: timer\r\nSession-Expires: 1800;refresher=uas\r\n", other);
        assertThat(gateway.await("ACK").text()).contains(";tag=two");
        suite.await(ready, CallAnswered.class);
        var descriptions = suite.of(ready).stream().filter(MediaOffered.class::isInstance).map(MediaOffered.class::cast).toList();
        assertThat(descriptions.getLast().revision()).isZero();
        assertThat(descriptions.getLast().sdpAnswer()).hasValueSatisfying(sdp -> assertThat(sdp).contains("m=audio 17694"));
        gateway.send(invite, "two", "BYE", 1, "");
        gateway.await(200);
        assertThat(ended(ready).reason()).isEqualTo(EndReason.CALLEE_HUNG_UP);
    }

    @Test
    void aLongerIntervalBetweenRefreshesIsAskedForWhereItIsWanted() throws Exception {
        CallRouted route = GivenLegs.route("out", 30);
        Envelope ready = GivenLegs.dial(suite, route);
        gateway.answer(awaitInvite(gateway, route), "422 Session Interval Too Small", "proxy", "Min-SE: 2400\r\n", "");
        gateway.await("ACK");
        Message again = awaitInvite(gateway, route);
        assertThat(again.header("Session-Expires")).contains("2400");
        assertThat(again.header("Min-SE")).contains("2400");
        assertThat(again.header("CSeq")).contains("2 INVITE");
        gateway.accept(again, "phone");
        assertThat(gateway.await("ACK").header("CSeq")).contains("2 ACK");
        suite.await(ready, CallAnswered.class);
        gateway.send(again, "phone", "BYE", 1, "");
        gateway.await(200);
        ended(ready);
    }

    @Test
    void whoWantsLongerIntervalsWithoutEndIsNotAskedForEver() throws Exception {
        CallRouted route = GivenLegs.route("out", 30);
        Envelope ready = GivenLegs.dial(suite, route);
        for (int interval : new int[] {2400, 3600}) {
            gateway.answer(awaitInvite(gateway, route), "422 Session Interval Too Small", "proxy", "Min-SE: " + interval + "\r\n", "");
            gateway.await("ACK");
        }
        assertThat(failed(ready).status()).isEqualTo(422);
        ended(ready);
    }

    @Test
    void credentialsAreAnsweredInTheDialogToo() throws Exception {
        CallRouted route = GivenLegs.route("out", 30);
        answered(route, "phone");
        Envelope call = suite.await(said -> said.callId().equals(route.callId()) && said.record() instanceof CallAnswered, "the answer");
        suite.say(call, new EndCall(call.callId(), EndReason.REQUESTED, "test", "enough"));
        Message bye = gateway.await("BYE");
        gateway.answer(bye, "407 Proxy Authentication Required", "", CHALLENGE.replace("WWW-", "Proxy-").replace("carrier", "proxy"), "");
        Message again = gateway.await("BYE");
        assertThat(again.header("Proxy-Authorization")).hasValueSatisfying(credentials -> assertThat(credentials).contains("realm=\"proxy\""));
        gateway.answer(again, "200 OK", "", "", "");
        assertThat(ended(call).reason()).isEqualTo(EndReason.REQUESTED);
    }

    @Test
    void aGatewayThatIsFullIsLeftForTheNext() throws Exception {
        CallRouted route = GivenLegs.route("out", 30);
        Envelope ready = GivenLegs.dial(suite, route);
        refuse(gateway, awaitInvite(gateway, route), "503 Service Unavailable");
        Message invite = awaitInvite(second, route);
        refuse(second, invite, "404 Not Found");
        assertThat(failed(ready).gateway()).isEqualTo("127.0.0.71:" + second.port());
        assertThat(failed(ready).status()).isEqualTo(404);
        assertThat(ended(ready).reason()).isEqualTo(EndReason.CALLEE_UNREACHABLE);
    }

    @Test
    void aGatewayThatSaysNothingIsLeftForTheNext() throws Exception {
        CallRouted route = GivenLegs.route("out", 30);
        Envelope ready = GivenLegs.dial(suite, route);
        awaitInvite(gateway, route);
        Message invite = awaitInvite(second, route);
        second.accept(invite, "phone");
        second.await("ACK");
        suite.await(ready, CallAnswered.class);
        second.send(invite, "phone", "BYE", 1, "");
        second.await(200);
        assertThat(ended(ready).reason()).isEqualTo(EndReason.CALLEE_HUNG_UP);
    }

    @Test
    void ofTwoPhonesThatAnswerTheFirstHasIt() throws Exception {
        CallRouted route = GivenLegs.route("out", 30);
        Envelope ready = GivenLegs.dial(suite, route);
        Message invite = awaitInvite(gateway, route);
        gateway.answer(invite, "180 Ringing", "one", "", "");
        gateway.answer(invite, "180 Ringing", "two", "", "");
        gateway.accept(invite, "two");
        assertThat(gateway.await("ACK").text()).contains(";tag=two");
        gateway.accept(invite, "one");
        assertThat(gateway.await("ACK").text()).contains(";tag=one");
        Message bye = gateway.await("BYE");
        assertThat(bye.text()).contains(";tag=one");
        gateway.answer(bye, "200 OK", "", "", "");
        suite.await(ready, CallAnswered.class);
        gateway.send(invite, "two", "BYE", 1, "");
        gateway.await(200);
        assertThat(ended(ready).reason()).isEqualTo(EndReason.CALLEE_HUNG_UP);
    }

    @Test
    void whoWasCalledHoldsTheCall() throws Exception {
        CallRouted route = GivenLegs.route("out", 30);
        Message invite = answered(route, "phone");
        Envelope call = suite.await(said -> said.callId().equals(route.callId()) && said.record() instanceof CallAnswered, "the answer");
        String hold = UdpPhone.SDP + "a=sendonly\r\n";
        gateway.send(invite, "phone", "INVITE", 1, hold);
        suite.await(said -> said.callId().equals(route.callId()) && said.record() instanceof MediaOffered offered && offered.revision() == 1, "the hold");
        suite.mediaReady(call, 1, PlayedSuite.ANSWER + "a=recvonly\r\n");
        assertThat(gateway.await(200).body()).contains("a=recvonly");
        gateway.send(invite, "phone", "ACK", 1, "");
        gateway.send(invite, "phone", "BYE", 2, "");
        gateway.await(200);
        assertThat(ended(call).reason()).isEqualTo(EndReason.CALLEE_HUNG_UP);
    }

    @Test
    void anotherGatewayOfTheTrunkIsBelievedAndNobodyElse() throws Exception {
        CallRouted route = GivenLegs.route("out", 30);
        Message invite = answered(route, "phone");
        Envelope call = suite.await(said -> said.callId().equals(route.callId()) && said.record() instanceof CallAnswered, "the answer");
        double foreign = edge.count("trunkline_edge_foreign_requests", "method", "BYE");
        try (var neighbour = new PlayedGateway("127.0.0.1", SIP)) {
            neighbour.send(invite, "phone", "BYE", 1, "");
            neighbour.await(403);
        }
        assertThat(edge.count("trunkline_edge_foreign_requests", "method", "BYE")).isEqualTo(foreign + 1);
        assertThat(kinds(call)).doesNotContain("CallEnded");
        second.send(invite, "phone", "BYE", 2, "");
        second.await(200);
        assertThat(ended(call).reason()).isEqualTo(EndReason.CALLEE_HUNG_UP);
    }

    @Test
    void anAdmissionThatIsTooOldOrComesAgainDialsNobody() throws Exception {
        CallRouted old = GivenLegs.route("out", 1, Optional.empty(), false, Instant.now().minusSeconds(60));
        GivenLegs.admit(suite, old);
        CallRouted route = GivenLegs.route("out", 30);
        Envelope admitted = GivenLegs.admit(suite, route);
        Envelope again = suite.say(admitted, admitted.record());
        suite.mediaReady(again, 0, PlayedSuite.ANSWER);
        Message invite = awaitInvite(gateway, route);
        refuse(gateway, invite, "603 Decline");
        assertThat(ended(admitted).reason()).isEqualTo(EndReason.CALLEE_DECLINED);
        suite.say(admitted, admitted.record());
        suite.readAll();
        assertThat(gateway.hears(old.invite().sipCallId())).isFalse();
        assertThat(gateway.hears(route.invite().sipCallId())).isFalse();
    }

    @Test
    void aTrunkThatIsNotThereEndsIt() throws Exception {
        Envelope ready = GivenLegs.dial(suite, GivenLegs.route("nowhere", 30));
        assertThat(failed(ready).status()).isEqualTo(503);
        assertThat(ended(ready).reason()).isEqualTo(EndReason.CALLEE_UNREACHABLE);
    }
}
