package dev.trunkline.edge.whole;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.edge.whole.UdpPhone.Message;
import dev.trunkline.events.AnswerPolicy;
import dev.trunkline.events.CallAnswered;
import dev.trunkline.events.CallEnded;
import dev.trunkline.events.DtmfReceived;
import dev.trunkline.events.EndReason;
import dev.trunkline.events.Envelope;
import dev.trunkline.events.InviteReceived;
import dev.trunkline.events.MediaOffered;
import dev.trunkline.events.privacy.SealedCallers;
import dev.trunkline.events.privacy.Sealer;
import java.security.SecureRandom;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Requests that come early, late, twice or never, and the additional information in them. */
class LateAndLostTest extends WithEdge {

    private Message awaitAnswer(UdpPhone.Leg leg, int status, String cseq) throws Exception {
        return phone.await(
                message -> message.status() == status
                        && message.header("CSeq").orElse("").equals(cseq)
                        && message.header("Call-ID").orElse("").equals(leg.callId),
                status + " to " + cseq);
    }

    private CallEnded ended(Envelope call) throws Exception {
        return (CallEnded) suite.await(call, CallEnded.class).record();
    }

    private void info(UdpPhone.Leg leg, String type, String body) throws Exception {
        leg.cseq++;
        phone.send(leg.request("INFO", leg.cseq, leg.newBranch(), "", body).replace("application/sdp", type));
    }

    private void cancel(UdpPhone.Leg leg, int cseq, String reason) throws Exception {
        phone.send(leg.request("CANCEL", cseq, leg.branch(), reason, ""));
        awaitAnswer(leg, 200, cseq + " CANCEL");
    }

    @Test
    void isCancelledBeforeTheDecision() throws Exception {
        UdpPhone.Leg leg = phone.leg().invite();
        Envelope invite = suite.awaitInvite(leg);
        cancel(leg, 1, "");
        leg.ackRefusal(leg.await(487));
        assertThat(ended(invite).reason()).isEqualTo(EndReason.CANCELLED);
    }

    @Test
    void isCancelledBecauseAnotherPhoneAnswered() throws Exception {
        UdpPhone.Leg leg = phone.leg().invite();
        Envelope invite = suite.awaitInvite(leg);
        suite.admit(invite, AnswerPolicy.ON_AGENT);
        leg.await(180);
        cancel(leg, 1, "Reason: SIP;cause=200;text=\"Call completed elsewhere\"\r\n");
        leg.ackRefusal(leg.await(487));
        CallEnded ended = ended(invite);
        assertThat(ended.reason()).isEqualTo(EndReason.ANSWERED_ELSEWHERE);
        assertThat(ended.sipReason()).contains("SIP;cause=200");
    }

    @Test
    void isCancelledTooLate() throws Exception {
        UdpPhone.Leg leg = phone.leg().invite();
        Envelope invite = suite.awaitInvite(leg);
        suite.mediaReady(suite.admit(invite, AnswerPolicy.IMMEDIATE), 0, PlayedSuite.ANSWER);
        Message answer = leg.await(200);
        // The CANCEL crossed our 200, so the call is established nevertheless (RFC 3261 section 9.2).
        String tag = leg.toTag;
        String target = leg.remoteTarget;
        leg.toTag = "";
        leg.remoteTarget = "sip:+3225550100@127.0.0.1";
        cancel(leg, 1, "");
        leg.toTag = tag;
        leg.remoteTarget = target;
        leg.ack();
        suite.await(invite, CallAnswered.class);
        leg.send("BYE", "Reason: Q.850;cause=16;text=\"Terminated by +32475112233\"\r\n", "");
        awaitAnswer(leg, 200, "2 BYE");
        CallEnded ended = ended(invite);
        assertThat(ended.reason()).isEqualTo(EndReason.CALLER_HUNG_UP);
        assertThat(ended.sipReason()).contains("Q.850;cause=16");
        assertThat(answer.header("Allow").orElse("")).contains("PRACK", "UPDATE");
        assertThat(answer.header("Supported").orElse("")).contains("timer", "100rel");
    }

    @Test
    void itsReinviteIsCancelled() throws Exception {
        UdpPhone.Leg leg = phone.leg();
        Envelope call = answeredCall(leg);
        leg.send("INVITE", "", UdpPhone.SDP + "a=sendonly\r\n");
        suite.await(call, MediaOffered.class);
        cancel(leg, 2, "");
        Message refusal = awaitAnswer(leg, 487, "2 INVITE");
        leg.ackRefusal(refusal);
        leg.send("BYE", "", "");
        awaitAnswer(leg, 200, "3 BYE");
    }

    @Test
    void isHeldAndResumed() throws Exception {
        UdpPhone.Leg leg = phone.leg();
        Envelope call = answeredCall(leg);
        leg.send("INVITE", "", UdpPhone.SDP + "a=sendonly\r\n");
        suite.await(call, MediaOffered.class);
        suite.mediaReady(call, 1, PlayedSuite.ANSWER + "a=recvonly\r\n");
        assertThat(awaitAnswer(leg, 200, "2 INVITE").body()).endsWith("a=recvonly\r\n");
        leg.ack();
        leg.send("UPDATE", "", UdpPhone.SDP + "a=sendrecv\r\n");
        suite.await(envelope -> envelope.callId().equals(call.callId())
                && envelope.record() instanceof MediaOffered offered && offered.revision() == 2, "the second offer");
        suite.mediaReady(call, 2, PlayedSuite.ANSWER + "a=sendrecv\r\n");
        assertThat(awaitAnswer(leg, 200, "3 UPDATE").body()).endsWith("a=sendrecv\r\n");
        leg.send("BYE", "", "");
        awaitAnswer(leg, 200, "4 BYE");
    }

    @Test
    void answersAReinviteWhoseAnswerWasLostWithTheSameAgain() throws Exception {
        UdpPhone.Leg leg = phone.leg();
        answeredCall(leg);
        leg.send("INVITE", "", UdpPhone.SDP);
        String first = awaitAnswer(leg, 200, "2 INVITE").text();
        assertThat(awaitAnswer(leg, 200, "2 INVITE").text()).isEqualTo(first);
        leg.ack();
        // The earlier ACK arrives once more, late.
        leg.ack();
        leg.send("BYE", "", "");
        awaitAnswer(leg, 200, "3 BYE");
    }

    @Test
    void hangsUpWhenTheAckOfAReinviteNeverComes() throws Exception {
        UdpPhone.Leg leg = phone.leg();
        Envelope call = answeredCall(leg);
        leg.send("INVITE", "", UdpPhone.SDP);
        awaitAnswer(leg, 200, "2 INVITE");
        leg.ok(leg.awaitRequest("BYE"));
        assertThat(ended(call).reason()).isEqualTo(EndReason.NO_ACK);
    }

    @Test
    void knowsNothingOfACallThatIsOver() throws Exception {
        UdpPhone.Leg leg = phone.leg();
        Envelope call = answeredCall(leg);
        leg.send("BYE", "", "");
        awaitAnswer(leg, 200, "2 BYE");
        suite.await(call, CallEnded.class);
        for (String method : List.of("BYE", "UPDATE", "INFO", "PRACK", "INVITE")) {
            leg.send(method, "", "");
            Message answer = awaitAnswer(leg, 481, leg.cseq + " " + method);
            if (method.equals("INVITE")) {
                leg.ackRefusal(answer);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"PUBLISH,405", "MESSAGE,405", "SUBSCRIBE,405", "FROBNICATE,501"})
    void staysUpThroughWhatItDoesNotKnow(String method, int status) throws Exception {
        UdpPhone.Leg leg = phone.leg();
        answeredCall(leg);
        leg.send(method, "Event: x\r\n", "");
        assertThat(awaitAnswer(leg, status, "2 " + method).header("Allow").orElse("")).contains("INVITE", "PRACK");
        leg.send("BYE", "", "");
        awaitAnswer(leg, 200, "3 BYE");
    }

    @Test
    void tellsTheRelayTheKeysOfAnInfoAndNobodyElse() throws Exception {
        UdpPhone.Leg leg = phone.leg();
        Envelope call = answeredCall(leg);
        info(leg, "application/dtmf-relay", "Signal=#\r\nDuration=250\r\n");
        awaitAnswer(leg, 200, "2 INFO");
        Envelope told = suite.await(call, DtmfReceived.class);
        var key = (DtmfReceived) told.record();
        assertThat(key.fromCaller()).isTrue();
        assertThat(key.durationMillis()).isEqualTo(250);
        assertThat(told.owners().relay()).contains(PlayedSuite.RELAY);
        var sealer = new Sealer(RunningEdge.SEAL_KEY, new SecureRandom());
        assertThat(sealer.open(call.callId(), key.sealedKey().orElseThrow())).isEqualTo(new byte[] {'#'});
        info(leg, "application/dtmf", "123");
        awaitAnswer(leg, 400, "3 INFO");
        info(leg, "text/plain", "hello");
        assertThat(awaitAnswer(leg, 415, "4 INFO").header("Accept").orElse("")).contains("application/dtmf-relay");
        leg.send("INFO", "", "");
        awaitAnswer(leg, 200, "5 INFO");
        assertThat(suite.of(call).stream().filter(DtmfReceived.class::isInstance)).hasSize(1);
        leg.send("BYE", "", "");
        awaitAnswer(leg, 200, "6 BYE");
    }

    @Test
    void saysInOptionsAllThatItCan() throws Exception {
        UdpPhone.Leg leg = phone.leg();
        leg.send("OPTIONS", "", "");
        Message answer = leg.await(200);
        assertThat(answer.header("Allow")).contains("INVITE, ACK, BYE, CANCEL, OPTIONS, PRACK, UPDATE, INFO, NOTIFY, REFER");
        assertThat(answer.header("Supported")).contains("timer, 100rel, replaces");
        assertThat(answer.header("Accept").orElse("")).startsWith("application/sdp").contains("application/dtmf-relay");
        assertThat(answer.header("Accept-Encoding")).contains("identity");
        assertThat(answer.header("Accept-Language")).contains("en");
    }

    @Test
    void keepsWhereTheCallHasBeen() throws Exception {
        UdpPhone.Leg leg = phone.leg();
        leg.invite("History-Info: <sip:+3225550199@pbx>;index=1\r\nDiversion: <sip:+3225550198@pbx>;reason=user-busy\r\n",
                UdpPhone.SDP);
        var invite = (InviteReceived) suite.awaitInvite(leg).record();
        var secrets = new SealedCallers(new Sealer(RunningEdge.SEAL_KEY, new SecureRandom()))
                .open(invite.callId(), invite.sealed());
        assertThat(secrets.headers().get("history-info")).contains("+3225550199");
        assertThat(secrets.headers().get("diversion")).contains("reason=user-busy");
        leg.cancel();
        leg.ackRefusal(leg.await(487));
    }
}
