package dev.trunkline.edge.whole;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.edge.whole.UdpPhone.Message;
import dev.trunkline.events.AnswerPolicy;
import dev.trunkline.events.CallAnswered;
import dev.trunkline.events.CallEnded;
import dev.trunkline.events.EndReason;
import dev.trunkline.events.Envelope;
import dev.trunkline.events.InviteReceived;
import dev.trunkline.events.MediaOffered;
import org.junit.jupiter.api.Test;

/** Provisional responses that are acknowledged (RFC 3262), and offers that the suite makes. */
class ProvisionalsTest extends WithEdge {
    private static final String RELIABLY = "Require: 100rel, timer\r\n";

    private Message awaitAnswer(UdpPhone.Leg leg, int status, String method) throws Exception {
        return phone.await(
                message -> message.status() == status
                        && message.header("CSeq").orElse("").equals(leg.cseq + " " + method)
                        && message.header("Call-ID").orElse("").equals(leg.callId),
                status + " to " + method);
    }

    private void hangUp(UdpPhone.Leg leg) throws Exception {
        leg.send("BYE", "", "");
        awaitAnswer(leg, 200, "BYE");
    }

    @Test
    void ringsUntilThePrackAndAnswersAfterIt() throws Exception {
        UdpPhone.Leg leg = phone.leg().invite(RELIABLY, UdpPhone.SDP);
        Envelope invite = suite.awaitInvite(leg);
        Envelope admitted = suite.admit(invite, AnswerPolicy.IMMEDIATE);
        Message ringing = leg.await(180);
        assertThat(ringing.header("Require")).contains("100rel");
        assertThat(ringing.header("Contact")).isPresent();
        suite.mediaReady(admitted, 0, PlayedSuite.ANSWER);
        // The first 180 was lost.
        assertThat(leg.await(180).text()).isEqualTo(ringing.text());
        assertThat(leg.await(180).text()).isEqualTo(ringing.text());
        leg.prack(ringing, "");
        awaitAnswer(leg, 200, "PRACK");
        leg.cseq = 1;
        leg.toTag = "";
        Message answer = awaitAnswer(leg, 200, "INVITE");
        assertThat(answer.body()).isEqualTo(PlayedSuite.ANSWER);
        leg.toTag = answer.tag("To").orElseThrow();
        leg.ack();
        leg.cseq = 2;
        suite.await(invite, CallAnswered.class);
        leg.prack(ringing, "");
        awaitAnswer(leg, 481, "PRACK");
        hangUp(leg);
    }

    @Test
    void knowsNoOtherPrack() throws Exception {
        UdpPhone.Leg leg = phone.leg().invite(RELIABLY, UdpPhone.SDP);
        suite.admit(suite.awaitInvite(leg), AnswerPolicy.ON_AGENT);
        Message ringing = leg.await(180);
        leg.toTag = ringing.tag("To").orElseThrow();
        leg.send("PRACK", "RAck: 1 1 BYE\r\n", "");
        awaitAnswer(leg, 481, "PRACK");
        leg.send("PRACK", "", "");
        phone.await(message -> message.status() >= 400 && message.header("CSeq").orElse("").equals("3 PRACK"), "a refusal");
        leg.prack(ringing, "");
        awaitAnswer(leg, 200, "PRACK");
    }

    @Test
    void isCancelledBeforeThePrack() throws Exception {
        UdpPhone.Leg leg = phone.leg().invite(RELIABLY, UdpPhone.SDP);
        Envelope invite = suite.awaitInvite(leg);
        suite.admit(invite, AnswerPolicy.ON_AGENT);
        leg.await(180);
        leg.cancel();
        leg.ackRefusal(leg.await(487));
        assertThat(((CallEnded) suite.await(invite, CallEnded.class).record()).reason()).isEqualTo(EndReason.CANCELLED);
    }

    @Test
    void givesUpACallerWhoNeverAcknowledges() throws Exception {
        UdpPhone.Leg leg = phone.leg().invite(RELIABLY, UdpPhone.SDP);
        Envelope invite = suite.awaitInvite(leg);
        suite.admit(invite, AnswerPolicy.ON_AGENT);
        leg.ackRefusal(leg.await(504));
        assertThat(((CallEnded) suite.await(invite, CallEnded.class).record()).reason())
                .isEqualTo(EndReason.CALLER_LOST);
    }

    @Test
    void ringsUnreliablyWhereItIsOnlySupported() throws Exception {
        UdpPhone.Leg leg = phone.leg().invite("Supported: 100rel\r\n", UdpPhone.SDP);
        suite.admit(suite.awaitInvite(leg), AnswerPolicy.ON_AGENT);
        Message ringing = leg.await(180);
        assertThat(ringing.header("RSeq")).isEmpty();
        assertThat(ringing.header("Supported").orElse("")).contains("100rel");
        leg.cancel();
        leg.ackRefusal(leg.await(487));
    }

    @Test
    void offersToAnInviteWithoutAnOffer() throws Exception {
        UdpPhone.Leg leg = phone.leg().invite("", "");
        Envelope invite = suite.awaitInvite(leg);
        assertThat(((InviteReceived) invite.record()).sdpOffer()).isEmpty();
        suite.mediaReady(suite.admit(invite, AnswerPolicy.IMMEDIATE), 0, PlayedSuite.ANSWER);
        assertThat(leg.await(200).body()).isEqualTo(PlayedSuite.ANSWER);
        leg.ack(UdpPhone.SDP);
        var answer = (MediaOffered) suite.await(invite, MediaOffered.class).record();
        assertThat(answer.revision()).isZero();
        assertThat(answer.sdpOffer()).isEmpty();
        // Data that names a person is removed here too.
        assertThat(answer.sdpAnswer().orElseThrow()).contains("m=audio 17690").doesNotContain("Anna", "475112233");
        // The same description sent as an offer is for the relay to answer.
        leg.send("INVITE", "", UdpPhone.SDP);
        suite.await(envelope -> envelope.callId().equals(invite.callId())
                && envelope.record() instanceof MediaOffered offered && offered.revision() == 1, "the offer");
        suite.mediaReady(invite, 1, PlayedSuite.ANSWER);
        assertThat(leg.await(200).body()).isEqualTo(PlayedSuite.ANSWER);
        leg.ack();
        hangUp(leg);
    }

    @Test
    void offersReliablyAndHearsTheAnswerInThePrack() throws Exception {
        UdpPhone.Leg leg = phone.leg().invite(RELIABLY, "");
        Envelope invite = suite.awaitInvite(leg);
        suite.mediaReady(suite.admit(invite, AnswerPolicy.IMMEDIATE), 0, PlayedSuite.ANSWER);
        Message ringing = leg.await(180);
        assertThat(ringing.body()).isEqualTo(PlayedSuite.ANSWER);
        leg.prack(ringing, UdpPhone.SDP);
        awaitAnswer(leg, 200, "PRACK");
        assertThat(((MediaOffered) suite.await(invite, MediaOffered.class).record()).sdpAnswer()).isPresent();
        leg.cseq = 1;
        assertThat(awaitAnswer(leg, 200, "INVITE").body()).isEmpty();
        leg.ack();
        suite.await(invite, CallAnswered.class);
        leg.cseq = 2;
        hangUp(leg);
    }

    @Test
    void hangsUpWithoutAnAnswerToItsOffer() throws Exception {
        UdpPhone.Leg leg = phone.leg().invite("", "");
        Envelope invite = suite.awaitInvite(leg);
        suite.mediaReady(suite.admit(invite, AnswerPolicy.IMMEDIATE), 0, PlayedSuite.ANSWER);
        leg.await(200);
        leg.ack();
        leg.ok(leg.awaitRequest("BYE"));
        assertThat(((CallEnded) suite.await(invite, CallEnded.class).record()).detail()).contains("did not answer");
    }

    @Test
    void offersToAReinviteWithoutAnOffer() throws Exception {
        UdpPhone.Leg leg = phone.leg();
        Envelope call = answeredCall(leg);
        leg.send("INVITE", "", "");
        var asked = (MediaOffered) suite.await(call, MediaOffered.class).record();
        assertThat(asked.revision()).isEqualTo(1);
        assertThat(asked.sdpOffer()).isEmpty();
        String offer = PlayedSuite.ANSWER + "a=sendrecv\r\n";
        suite.mediaReady(call, 1, offer);
        assertThat(leg.await(200).body()).isEqualTo(offer);
        leg.ack(UdpPhone.SDP + "a=sendonly\r\n");
        suite.await(envelope -> envelope.callId().equals(call.callId())
                && envelope.record() instanceof MediaOffered answer
                && answer.revision() == 1
                && answer.sdpAnswer().filter(sdp -> sdp.contains("a=sendonly")).isPresent(), "the answer");
        hangUp(leg);
    }

    @Test
    void followsAnEarlyUpdate() throws Exception {
        UdpPhone.Leg leg = phone.leg().invite(RELIABLY, UdpPhone.SDP);
        Envelope invite = suite.awaitInvite(leg);
        suite.admit(invite, AnswerPolicy.ON_AGENT);
        leg.prack(leg.await(180), "");
        awaitAnswer(leg, 200, "PRACK");
        leg.send("UPDATE", "", "");
        assertThat(awaitAnswer(leg, 200, "UPDATE").header("Contact")).isPresent();
        // The INVITE's own offer has not been answered yet (RFC 3311 section 5.2).
        leg.send("UPDATE", "", UdpPhone.SDP);
        assertThat(awaitAnswer(leg, 500, "UPDATE").header("Retry-After")).isPresent();
        leg.send("BYE", "", "");
        awaitAnswer(leg, 200, "BYE");
        assertThat(((CallEnded) suite.await(invite, CallEnded.class).record()).reason()).isEqualTo(EndReason.CANCELLED);
    }
}
