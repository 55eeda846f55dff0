package dev.trunkline.edge.whole;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.edge.whole.UdpPhone.Message;
import dev.trunkline.events.AnswerPolicy;
import dev.trunkline.events.CallAnswered;
import dev.trunkline.events.CallRejected;
import dev.trunkline.events.CallRouted;
import dev.trunkline.events.CompleteTransfer;
import dev.trunkline.events.EndCall;
import dev.trunkline.events.EndReason;
import dev.trunkline.events.Envelope;
import dev.trunkline.events.HeadersChanged;
import dev.trunkline.events.LegRinging;
import dev.trunkline.events.MediaOffered;
import dev.trunkline.events.RefusalReason;
import dev.trunkline.events.TransferConsulting;
import dev.trunkline.events.TransferFailed;
import dev.trunkline.events.TransferStarted;
import dev.trunkline.events.TransferSucceeded;
import dev.trunkline.events.TransferWay;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Outbound calls that are placed for the caller of another call. */
class TransferredCallsTest extends WithGateways {
    private UdpPhone phone;
    private UdpPhone.Leg caller;
    private Envelope parent;

    @BeforeEach
    void call() throws Exception {
        phone = new UdpPhone("127.0.0.1", SIP);
        caller = phone.leg().invite("Supported: timer\r\nSession-Expires: 1800;refresher=uac\r\n", UdpPhone.SDP);
        Envelope invite = suite.awaitInvite(caller);
        parent = suite.mediaReady(suite.admit(invite, AnswerPolicy.IMMEDIATE), 0, PlayedSuite.ANSWER);
        caller.await(200);
        caller.ack();
        suite.await(parent, CallAnswered.class);
    }

    @AfterEach
    void closePhone() {
        phone.close();
    }

    private CallRouted transfer(boolean agentsStay) {
        return GivenLegs.route("out", 30, Optional.of(parent.callId()), agentsStay, Instant.now().plusSeconds(2));
    }

    private void hangUp() throws Exception {
        caller.send("BYE", "", "");
        caller.await(200);
    }

    @Test
    void itSucceedsAndTheLegEndsWithItsParent() throws Exception {
        CallRouted route = transfer(false);
        Message invite = answered(route, "phone");
        var done = (TransferSucceeded) suite.await(parent, TransferSucceeded.class).record();
        assertThat(done).isEqualTo(new TransferSucceeded(parent.callId(), "transfer-1", TransferWay.BRIDGE, Optional.of(route.callId()), false));
        hangUp();
        Message bye = gateway.await("BYE");
        assertThat(bye.header("Call-ID")).isEqualTo(invite.header("Call-ID"));
        assertThat(bye.text()).contains("text=\"partner-left\"");
        gateway.answer(bye, "200 OK", "", "", "");
        assertThat(ended(of(route)).reason()).isEqualTo(EndReason.PARTNER_LEFT);
        assertThat(ended(parent).reason()).isEqualTo(EndReason.CALLER_HUNG_UP);
    }

    private Envelope of(CallRouted route) throws Exception {
        return suite.await(said -> said.record() instanceof CallRouted routed && routed.callId().equals(route.callId()), "the route");
    }

    @Test
    void theParentEndsWithTheLegThatTookTheAgentsPlace() throws Exception {
        CallRouted route = transfer(false);
        Message invite = answered(route, "phone");
        gateway.send(invite, "phone", "BYE", 1, "");
        gateway.await(200);
        Message bye = caller.awaitRequest("BYE");
        assertThat(bye.text()).contains("text=\"partner-left\"");
        caller.ok(bye);
        assertThat(ended(of(route)).reason()).isEqualTo(EndReason.CALLEE_HUNG_UP);
        assertThat(ended(parent).reason()).isEqualTo(EndReason.PARTNER_LEFT);
    }

    @Test
    void theParentGoesOnWhereTheAgentsStay() throws Exception {
        CallRouted route = transfer(true);
        Message invite = answered(route, "phone");
        gateway.send(invite, "phone", "BYE", 1, "");
        gateway.await(200);
        ended(of(route));
        suite.readAll();
        hangUp();
        assertThat(ended(parent).reason()).isEqualTo(EndReason.CALLER_HUNG_UP);
    }

    @Test
    void itFailsAndTheParentGoesOn() throws Exception {
        CallRouted route = transfer(false);
        Envelope ready = GivenLegs.dial(suite, route);
        refuse(gateway, awaitInvite(gateway, route), "486 Busy Here");
        var failed = (TransferFailed) suite.await(parent, TransferFailed.class).record();
        assertThat(failed.status()).hasValue(486);
        assertThat(failed.leg()).contains(route.callId());
        assertThat(failed.way()).contains(TransferWay.BRIDGE);
        assertThat(ended(ready).reason()).isEqualTo(EndReason.CALLEE_BUSY);
        hangUp();
        assertThat(ended(parent).reason()).isEqualTo(EndReason.CALLER_HUNG_UP);
    }

    @Test
    void aLegThatRingsIsCancelledWithItsParent() throws Exception {
        CallRouted route = transfer(false);
        Envelope ready = GivenLegs.dial(suite, route);
        Message invite = awaitInvite(gateway, route);
        gateway.answer(invite, "180 Ringing", "phone", "", "");
        suite.await(ready, LegRinging.class);
        hangUp();
        gateway.answer(gateway.await("CANCEL"), "200 OK", "phone", "", "");
        refuse(gateway, invite, "487 Request Terminated");
        assertThat(ended(ready).reason()).isEqualTo(EndReason.PARTNER_LEFT);
    }

    @Test
    void aLegOfACallThatIsOverIsNotMade() throws Exception {
        hangUp();
        ended(parent);
        CallRouted route = transfer(false);
        Envelope ready = GivenLegs.dial(suite, route);
        assertThat(ended(ready).reason()).isEqualTo(EndReason.PARTNER_LEFT);
        assertThat(gateway.hears(route.invite().sipCallId())).isFalse();
    }

    @Test
    void aCallAndItsLegOutliveTheEdgeAndALegThatRingsDoesNot() throws Exception {
        CallRouted route = transfer(false);
        Message invite = answered(route, "phone");
        CallRouted ringing = GivenLegs.route("out", 30, Optional.of(parent.callId()), false, Instant.now().plusSeconds(2));
        Envelope ready = GivenLegs.dial(suite, ringing);
        gateway.answer(awaitInvite(gateway, ringing), "180 Ringing", "other", "", "");
        suite.await(ready, LegRinging.class);
        edge.close();
        edge = newEdge();
        assertThat(ended(ready).reason()).isEqualTo(EndReason.EDGE_LOST);
        var failed = (TransferFailed) suite.await(parent, TransferFailed.class).record();
        assertThat(failed.leg()).contains(ringing.callId());
        assertThat(edge.edge.calls()).isEqualTo(2);

        gateway.send(invite, "phone", "BYE", 1, "");
        gateway.await(200);
        assertThat(ended(of(route)).reason()).isEqualTo(EndReason.CALLEE_HUNG_UP);
        caller.ok(caller.awaitRequest("BYE"));
        assertThat(ended(parent).reason()).isEqualTo(EndReason.PARTNER_LEFT);
    }

    @Test
    void aLegThatTheLimiterRefusesFailsTheTransfer() throws Exception {
        CallRouted route = transfer(false);
        suite.say(parent, new TransferStarted(parent.callId(), "transfer-1", TransferWay.BRIDGE, Optional.of(route.callId()),
                Optional.of(route.invite().trunk()), Optional.empty(), List.of()));
        suite.say(suite.say(route), CallRejected.of(
                route.invite(), RefusalReason.CALLS_OUT_BUSY, OptionalInt.empty(), "rate-limiter", Optional.empty(), List.of()));
        var failed = (TransferFailed) suite.await(parent, TransferFailed.class).record();
        assertThat(failed.status()).hasValue(486);
        assertThat(failed.leg()).contains(route.callId());
        hangUp();
        assertThat(ended(parent).reason()).isEqualTo(EndReason.CALLER_HUNG_UP);
    }

    private CallRouted warm() {
        CallRouted route = transfer(false);
        return route.goingOut(route.outgoing().orElseThrow().consulting());
    }

    private Message consulting(CallRouted route) throws Exception {
        Message invite = answered(route, "phone");
        assertThat(suite.await(parent, TransferConsulting.class).record())
                .isEqualTo(new TransferConsulting(parent.callId(), "transfer-1", route.callId()));
        return invite;
    }

    @Test
    void whoSpeaksWithTheAgentFirstIsJoinedWhenTheAgentSaysSo() throws Exception {
        CallRouted route = warm();
        Message invite = consulting(route);
        suite.say(of(route), new CompleteTransfer(route.callId(), "transfer-1", "media-relay"));
        assertThat(suite.await(parent, TransferSucceeded.class).record())
                .isEqualTo(new TransferSucceeded(parent.callId(), "transfer-1", TransferWay.WARM, Optional.of(route.callId()), false));
        gateway.send(invite, "phone", "BYE", 1, "");
        gateway.await(200);
        Message bye = caller.awaitRequest("BYE");
        assertThat(bye.text()).contains("text=\"partner-left\"");
        caller.ok(bye);
        assertThat(ended(parent).reason()).isEqualTo(EndReason.PARTNER_LEFT);
    }

    @Test
    void whoSpeaksWithTheAgentFirstAndHangsUpLeavesTheCallAsItWas() throws Exception {
        CallRouted route = warm();
        Message invite = consulting(route);
        gateway.send(invite, "phone", "BYE", 1, "");
        gateway.await(200);
        assertThat(suite.await(parent, TransferFailed.class).record()).isEqualTo(new TransferFailed(
                parent.callId(), "transfer-1", Optional.of(TransferWay.WARM), Optional.of(route.callId()), OptionalInt.empty(),
                EndReason.CALLEE_HUNG_UP.sentence(), List.of()));
        assertThat(ended(of(route)).reason()).isEqualTo(EndReason.CALLEE_HUNG_UP);
        suite.readAll();
        hangUp();
        assertThat(ended(parent).reason()).isEqualTo(EndReason.CALLER_HUNG_UP);
    }

    @Test
    void whoSpeaksWithTheAgentFirstIsEndedWithTheCaller() throws Exception {
        CallRouted route = warm();
        consulting(route);
        hangUp();
        Message bye = gateway.await("BYE");
        gateway.answer(bye, "200 OK", "", "", "");
        assertThat(ended(of(route)).reason()).isEqualTo(EndReason.PARTNER_LEFT);
    }

    @Test
    void whoSpeaksWithTheAgentFirstIsJoinedByAnEdgeThatStartedAgainMeanwhile() throws Exception {
        CallRouted route = warm();
        consulting(route);
        edge.close();
        edge = newEdge();
        suite.say(of(route), new CompleteTransfer(route.callId(), "transfer-1", "media-relay"));
        assertThat(suite.await(parent, TransferSucceeded.class).record())
                .isEqualTo(new TransferSucceeded(parent.callId(), "transfer-1", TransferWay.WARM, Optional.of(route.callId()), false));
    }

    private Message referred() throws Exception {
        suite.say(parent, new TransferStarted(parent.callId(), "transfer-2", TransferWay.REFER, Optional.empty(), Optional.empty(),
                Optional.of(GivenLegs.sealed(parent.callId(), "sip:desk@pbx.example")), List.of()));
        Message refer = caller.awaitRequest("REFER");
        assertThat(refer.header("Refer-To")).contains("<sip:desk@pbx.example>");
        assertThat(refer.header("Referred-By")).isPresent();
        assertThat(refer.header("Contact")).isPresent();
        return refer;
    }

    private void notify(String state, String line) throws Exception {
        caller.cseq++;
        phone.send(caller.request("NOTIFY", caller.cseq, caller.newBranch(), "Event: refer\r\nSubscription-State: " + state + "\r\n", line + "\r\n")
                .replace("application/sdp", "message/sipfrag;version=2.0"));
        int cseq = caller.cseq;
        phone.await(message -> message.status() == 200 && message.header("CSeq").orElse("").equals(cseq + " NOTIFY"), "200 to the NOTIFY");
    }

    @Test
    void theCallerIsHandedOverByRefer() throws Exception {
        caller.answer(referred(), "202 Accepted", "", "");
        notify("active;expires=60", "SIP/2.0 100 Trying");
        notify("active;expires=59", "SIP/2.0 180 Ringing");
        notify("terminated;reason=noresource", "SIP/2.0 200 OK");
        var done = (TransferSucceeded) suite.await(parent, TransferSucceeded.class).record();
        assertThat(done).isEqualTo(new TransferSucceeded(parent.callId(), "transfer-2", TransferWay.REFER, Optional.empty(), false));
        Message bye = caller.awaitRequest("BYE");
        assertThat(bye.text()).contains("text=\"transferred\"");
        caller.ok(bye);
        assertThat(ended(parent).reason()).isEqualTo(EndReason.TRANSFERRED);
    }

    @Test
    void aReferAndTheByeBehindItHaveTheHeadersThatTheRelayWants() throws Exception {
        suite.say(parent, new HeadersChanged(parent.callId(), "relay-1", GivenLegs.sealed(parent.callId(), Map.of("X-Outcome", "sold"))));
        Message refer = referred();
        assertThat(refer.header("X-Outcome")).contains("sold");
        caller.answer(refer, "202 Accepted", "", "");
        edge.close();
        edge = newEdge();
        notify("terminated;reason=noresource", "SIP/2.0 200 OK");
        Message bye = caller.awaitRequest("BYE");
        assertThat(bye.header("X-Outcome")).as("also of an edge that was started again").contains("sold");
        caller.ok(bye);
        assertThat(ended(parent).reason()).isEqualTo(EndReason.TRANSFERRED);
    }

    @Test
    void aReferOutlivesTheEdgeAndWhatBecomesOfItIsTold() throws Exception {
        caller.answer(referred(), "202 Accepted", "", "");
        notify("active;expires=60", "SIP/2.0 100 Trying");
        edge.close();
        edge = newEdge();
        notify("terminated;reason=noresource", "SIP/2.0 486 Busy Here");
        var failed = (TransferFailed) suite.await(parent, TransferFailed.class).record();
        assertThat(failed.transfer()).isEqualTo("transfer-2");
        assertThat(failed.status()).hasValue(486);
        hangUp();
        assertThat(ended(parent).reason()).isEqualTo(EndReason.CALLER_HUNG_UP);
    }

    @ParameterizedTest
    @ValueSource(strings = {"405 Method Not Allowed", "501 Not Implemented", "603 Decline"})
    void aReferThatIsRefusedLeavesTheCallAsItWas(String refusal) throws Exception {
        caller.answer(referred(), refusal, "", "");
        var failed = (TransferFailed) suite.await(parent, TransferFailed.class).record();
        assertThat(failed.status()).hasValue(Integer.parseInt(refusal.substring(0, 3)));
        assertThat(failed.way()).contains(TransferWay.REFER);
        hangUp();
        assertThat(ended(parent).reason()).isEqualTo(EndReason.CALLER_HUNG_UP);
    }

    @Test
    void aTargetThatIsBusyLeavesTheCallAsItWas() throws Exception {
        caller.answer(referred(), "202 Accepted", "", "");
        notify("terminated;reason=noresource", "SIP/2.0 486 Busy Here");
        assertThat(((TransferFailed) suite.await(parent, TransferFailed.class).record()).status()).hasValue(486);
        hangUp();
        assertThat(ended(parent).reason()).isEqualTo(EndReason.CALLER_HUNG_UP);
    }

    @Test
    void aPhoneThatHoldsWhileItIsReferredIsAnsweredAndTheTransferGoesOn() throws Exception {
        caller.answer(referred(), "202 Accepted", "", "");
        notify("active;expires=60", "SIP/2.0 100 Trying");
        caller.send("INVITE", "", UdpPhone.SDP + "a=sendonly\r\n");
        suite.await(said -> said.callId().equals(parent.callId()) && said.record() instanceof MediaOffered offered
                && offered.revision() == 1, "the hold");
        suite.mediaReady(parent, 1, PlayedSuite.ANSWER + "a=recvonly\r\n");
        assertThat(caller.await(200).body()).contains("a=recvonly");
        caller.ack();
        notify("terminated;reason=noresource", "SIP/2.0 200 OK");
        suite.await(parent, TransferSucceeded.class);
        caller.ok(caller.awaitRequest("BYE"));
        assertThat(ended(parent).reason()).isEqualTo(EndReason.TRANSFERRED);
    }

    @Test
    void aByeThatCrossesOurReferHasEndedTheCall() throws Exception {
        Message refer = referred();
        hangUp();
        caller.answer(refer, "481 Call/Transaction Does Not Exist", "", "");
        assertThat(ended(parent).reason()).isEqualTo(EndReason.CALLER_HUNG_UP);
        assertThat(kinds(parent)).containsOnlyOnce("CallEnded").doesNotContain("TransferSucceeded");
    }

    @Test
    void aReferOfThePhoneThatCrossesOurByeFindsNoCall() throws Exception {
        suite.say(parent, new EndCall(parent.callId(), EndReason.REQUESTED, "test", "enough"));
        Message bye = caller.awaitRequest("BYE");
        caller.send("REFER", "Refer-To: <sip:202@127.0.0.1>\r\n", "");
        phone.await(message -> message.status() == 481 && message.header("CSeq").orElse("").endsWith(" REFER"), "481 to the REFER");
        caller.ok(bye);
        assertThat(ended(parent).reason()).isEqualTo(EndReason.REQUESTED);
        assertThat(kinds(parent)).doesNotContain("TransferRequested", "TransferStarted");
    }
}
