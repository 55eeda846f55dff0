package dev.trunkline.edge.whole;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.edge.whole.UdpPhone.Message;
import dev.trunkline.events.CallEnded;
import dev.trunkline.events.EndReason;
import dev.trunkline.events.Envelope;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Sessions that are refreshed, by either side, and sessions that are not (RFC 4028). */
class SessionTimersTest extends WithEdge {
    // A refresh is due at half the interval, and the session ends when a third of it is left. What lies between must be longer than
    // a busy machine stands still.
    private static final String WE_REFRESH = "Supported: timer\r\nSession-Expires: 8;refresher=uas\r\n";
    private static final String THEY_REFRESH = "Supported: timer\r\nSession-Expires: 4;refresher=uac\r\n";
    private static final String UPDATES = "Allow: INVITE, ACK, BYE, CANCEL, UPDATE\r\n";

    @Override
    Map<String, String> settings() {
        return Map.of("trunkline.sip.t1", "0.1S", "trunkline.sip.min-se", "2S", "trunkline.sip.session-expires", "30S");
    }

    private static long cseq(Message message) {
        return Long.parseLong(message.header("CSeq").orElseThrow().split(" ")[0]);
    }

    private void hangUp(UdpPhone.Leg leg, Envelope call) throws Exception {
        leg.send("BYE", "", "");
        phone.await(message -> message.header("CSeq").orElse("").equals(leg.cseq + " BYE"), "the answer to BYE");
        assertThat(((CallEnded) suite.await(call, CallEnded.class).record()).reason())
                .isEqualTo(EndReason.CALLER_HUNG_UP);
    }

    @Test
    void refreshesByUpdateAgainAndAgain() throws Exception {
        UdpPhone.Leg leg = phone.leg();
        Envelope call = answeredCall(leg, WE_REFRESH + UPDATES);
        Message first = leg.awaitRequest("UPDATE");
        assertThat(first.header("Session-Expires")).contains("8;refresher=uac");
        assertThat(first.header("Supported")).contains("timer");
        assertThat(first.header("Contact")).isPresent();
        assertThat(first.body()).isEmpty();
        leg.answer(first, "200 OK", "Session-Expires: 8;refresher=uac\r\n", "");
        Message second = leg.awaitRequest("UPDATE");
        leg.ok(second);
        assertThat(cseq(second)).isEqualTo(cseq(first) + 1);
        hangUp(leg, call);
    }

    @Test
    void refreshesByReinviteAndAcknowledgesEach2xx() throws Exception {
        UdpPhone.Leg leg = phone.leg();
        Envelope call = answeredCall(leg, WE_REFRESH);
        Message lost = leg.awaitRequest("INVITE");
        // The phone acts as if the first INVITE had been lost; the transaction retransmits it.
        Message invite = leg.awaitRequest("INVITE");
        assertThat(invite.text()).isEqualTo(lost.text());
        assertThat(invite.body()).isEqualTo(PlayedSuite.ANSWER);
        leg.answer(invite, "200 OK", "Session-Expires: 8;refresher=uac\r\n", UdpPhone.SDP);
        Message ack = leg.awaitRequest("ACK");
        assertThat(ack.text()).startsWith("ACK sip:anna@");
        assertThat(ack.header("CSeq")).contains(cseq(invite) + " ACK");
        assertThat(ack.header("Via").orElseThrow()).contains("branch=z9hG4bK");
        assertThat(ack.tag("To")).contains(leg.fromTag);
        // The phone acts as if the ACK had been lost.
        leg.answer(invite, "200 OK", "Session-Expires: 8;refresher=uac\r\n", UdpPhone.SDP);
        assertThat(leg.awaitRequest("ACK").header("CSeq")).contains(cseq(invite) + " ACK");
        hangUp(leg, call);
    }

    @Test
    void triesAgainAfterGlare() throws Exception {
        UdpPhone.Leg leg = phone.leg();
        // Long enough that the longest retry wait ends before the session does.
        Envelope call = answeredCall(leg, "Supported: timer\r\nSession-Expires: 14;refresher=uas\r\n");
        Message invite = leg.awaitRequest("INVITE");
        // Our re-INVITE crosses theirs: each side rejects the other's.
        leg.send("INVITE", "", UdpPhone.SDP);
        leg.ackRefusal(leg.await(491));
        leg.answer(invite, "491 Request Pending", "", "");
        assertThat(leg.awaitRequest("ACK").header("CSeq")).contains(cseq(invite) + " ACK");
        Message again = phone.await(
                message -> message.text().startsWith("INVITE ") && cseq(message) == cseq(invite) + 1, "another INVITE");
        leg.answer(again, "200 OK", "", UdpPhone.SDP);
        leg.awaitRequest("ACK");
        hangUp(leg, call);
    }

    @Test
    void raisesTheIntervalThatIsTooSmall() throws Exception {
        UdpPhone.Leg leg = phone.leg();
        Envelope call = answeredCall(leg, WE_REFRESH + UPDATES);
        leg.answer(leg.awaitRequest("UPDATE"), "422 Session Interval Too Small", "Min-SE: 200\r\n", "");
        Message again = leg.awaitRequest("UPDATE");
        assertThat(again.header("Session-Expires")).contains("200;refresher=uac");
        assertThat(again.header("Min-SE")).contains("200");
        leg.ok(again);
        hangUp(leg, call);
    }

    @Test
    void endsTheCallWhoseOtherSideKnowsItNoMore() throws Exception {
        UdpPhone.Leg leg = phone.leg();
        Envelope call = answeredCall(leg, WE_REFRESH + UPDATES);
        leg.answer(leg.awaitRequest("UPDATE"), "481 Call/Transaction Does Not Exist", "", "");
        leg.answer(leg.awaitRequest("BYE"), "481 Call/Transaction Does Not Exist", "", "");
        assertThat(((CallEnded) suite.await(call, CallEnded.class).record()).reason()).isEqualTo(EndReason.CALLER_LOST);
    }

    @Test
    void endsTheCallThatNobodyRefreshes() throws Exception {
        UdpPhone.Leg leg = phone.leg();
        Envelope call = answeredCall(leg, THEY_REFRESH);
        Message bye = leg.awaitRequest("BYE");
        leg.ok(bye);
        assertThat(bye.header("Reason")).contains("SIP;cause=408;text=\"session-expired\"");
        var ended = (CallEnded) suite.await(call, CallEnded.class).record();
        assertThat(ended.reason()).isEqualTo(EndReason.SESSION_EXPIRED);
        assertThat(ended.detail()).contains("did not refresh");
    }

    @Test
    void endsTheCallWhoseRefreshesAreRefused() throws Exception {
        UdpPhone.Leg leg = phone.leg();
        Envelope call = answeredCall(leg, WE_REFRESH + UPDATES);
        leg.answer(leg.awaitRequest("UPDATE"), "403 Forbidden", "", "");
        leg.ok(leg.awaitRequest("BYE"));
        assertThat(((CallEnded) suite.await(call, CallEnded.class).record()).reason())
                .isEqualTo(EndReason.SESSION_EXPIRED);
    }

    @Test
    void isKeptUpByTheCaller() throws Exception {
        UdpPhone.Leg leg = phone.leg();
        Envelope call = answeredCall(leg, THEY_REFRESH);
        for (int i = 0; i < 2; i++) {
            Thread.sleep(900);
            leg.send("UPDATE", THEY_REFRESH, "");
            Message answer = leg.await(200);
            assertThat(answer.header("Session-Expires")).contains("4;refresher=uac");
            assertThat(answer.header("Require")).contains("timer");
            Thread.sleep(900);
            leg.send("INVITE", THEY_REFRESH, UdpPhone.SDP);
            assertThat(leg.await(200).header("Session-Expires")).contains("4;refresher=uac");
            leg.ack();
        }
        hangUp(leg, call);
    }

    @Test
    void refusesAnIntervalThatIsTooSmall() throws Exception {
        UdpPhone.Leg leg = phone.leg().invite("Supported: timer\r\nSession-Expires: 1\r\n", UdpPhone.SDP);
        Message refusal = leg.await(422);
        leg.ackRefusal(refusal);
        assertThat(refusal.header("Min-SE")).contains("2");
        // The compact form of the header, together with Require: timer.
        UdpPhone.Leg again = phone.leg();
        Envelope call = answeredCall(again, "Require: timer\r\nx: 3;refresher=uac\r\nMin-SE: 2\r\n");
        hangUp(again, call);
    }

    @Test
    void aNewProcessGoesOnRefreshing() throws Exception {
        UdpPhone.Leg ours = phone.leg();
        Envelope ourCall = answeredCall(ours, "Supported: timer\r\nSession-Expires: 4;refresher=uas\r\n" + UPDATES);
        Message before = ours.awaitRequest("UPDATE");
        ours.ok(before);
        UdpPhone.Leg theirs = phone.leg();
        Envelope theirCall = answeredCall(theirs, THEY_REFRESH);
        edge.close();
        edge = newEdge();
        Message after = ours.awaitRequest("UPDATE");
        ours.ok(after);
        assertThat(cseq(after)).isGreaterThan(cseq(before));
        theirs.ok(theirs.awaitRequest("BYE"));
        assertThat(((CallEnded) suite.await(theirCall, CallEnded.class).record()).reason())
                .isEqualTo(EndReason.SESSION_EXPIRED);
        hangUp(ours, ourCall);
    }
}
