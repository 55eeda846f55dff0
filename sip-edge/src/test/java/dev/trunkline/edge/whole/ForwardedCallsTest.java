package dev.trunkline.edge.whole;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.edge.whole.UdpPhone.Message;
import dev.trunkline.events.AgentUnavailable;
import dev.trunkline.events.AnswerPolicy;
import dev.trunkline.events.CallAnswered;
import dev.trunkline.events.CallEvent;
import dev.trunkline.events.CallRejected;
import dev.trunkline.events.CallRouted;
import dev.trunkline.events.EndCall;
import dev.trunkline.events.EndReason;
import dev.trunkline.events.Envelope;
import dev.trunkline.events.Fallback;
import dev.trunkline.events.FallbackKind;
import dev.trunkline.events.ForwardPlan;
import dev.trunkline.events.ForwardRound;
import dev.trunkline.events.ForwardTarget;
import dev.trunkline.events.LegRinging;
import dev.trunkline.events.RefusalReason;
import dev.trunkline.events.TransferFailed;
import dev.trunkline.events.TransferSucceeded;
import dev.trunkline.events.TransferWay;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Callers who are forwarded before anybody has answered them. */
class ForwardedCallsTest extends WithGateways {
    private static final String BUSY = "486 Busy Here";

    private UdpPhone phone;
    private UdpPhone.Leg caller;
    private Envelope parent;

    @BeforeEach
    void call() throws Exception {
        phone = new UdpPhone("127.0.0.1", SIP);
        // The caller refreshes the session itself, so an edge that restarts sends no refresh within the test.
        caller = phone.leg().invite("Supported: timer\r\nSession-Expires: 1800;refresher=uac\r\n", UdpPhone.SDP);
    }

    @AfterEach
    void closePhone() {
        phone.close();
    }

    private void forwarded(AnswerPolicy policy) throws Exception {
        var target = new ForwardTarget(GivenLegs.TARGET, Optional.of("out"), Map.of());
        var plan = new ForwardPlan(List.of(new ForwardRound(List.of(target, target), 20)));
        Envelope admitted = suite.admit(suite.awaitInvite(caller), policy, Optional.of(plan));
        caller.await(180);
        parent = suite.mediaReady(admitted, 0, PlayedSuite.ANSWER);
    }

    private CallRouted leg(int target) {
        return GivenLegs.forward("out", parent.callId(), "forward.1." + target);
    }

    private Message ringing(CallRouted route) throws Exception {
        Envelope ready = GivenLegs.dial(suite, route);
        Message invite = awaitInvite(gateway, route);
        gateway.answer(invite, "180 Ringing", "phone-" + route.callId(), "", "");
        suite.await(ready, LegRinging.class);
        return invite;
    }

    private void accept(Message invite, CallRouted route) throws Exception {
        gateway.accept(invite, "phone-" + route.callId());
    }

    private Envelope of(CallRouted route) throws Exception {
        return suite.await(said -> said.record() instanceof CallRouted routed && routed.callId().equals(route.callId()), "the route");
    }

    private TransferFailed transferFailed(CallRouted route) throws Exception {
        return (TransferFailed) suite.await(
                said -> said.record() instanceof TransferFailed failed && failed.leg().equals(Optional.of(route.callId())), "the failure").record();
    }

    private void answeredByForward() throws Exception {
        caller.await(200);
        caller.ack();
        suite.await(parent, CallAnswered.class);
    }

    private void hangUp() throws Exception {
        caller.send("BYE", "", "");
        caller.await(200);
        assertThat(ended(parent).reason()).isEqualTo(EndReason.CALLER_HUNG_UP);
        gateway.answer(gateway.await("BYE"), "200 OK", "", "", "");
    }

    @Test
    void theCallerIsAnsweredWhenTheFirstTargetIsAndTheOthersAreCancelled() throws Exception {
        forwarded(AnswerPolicy.ON_AGENT);
        CallRouted first = leg(1);
        CallRouted other = leg(2);
        Message invite = ringing(first);
        Message loser = ringing(other);
        accept(invite, first);
        gateway.answer(gateway.await("CANCEL"), "200 OK", "phone-" + other.callId(), "", "");
        gateway.answer(loser, "487 Request Terminated", "phone-" + other.callId(), "", "");
        answeredByForward();
        assertThat(suite.await(parent, TransferSucceeded.class).record()).isEqualTo(new TransferSucceeded(
                parent.callId(), "forward.1.1", TransferWay.BRIDGE, Optional.of(first.callId()), false));
        assertThat(ended(of(other)).reason()).isEqualTo(EndReason.ANSWERED_ELSEWHERE);
        assertThat(transferFailed(other).detail()).isEqualTo(EndReason.ANSWERED_ELSEWHERE.sentence());
        hangUp();
        assertThat(ended(of(first)).reason()).isEqualTo(EndReason.PARTNER_LEFT);
    }

    @Test
    void ofTwoAnswersOneHasTheCallerAndTheOtherIsEnded() throws Exception {
        forwarded(AnswerPolicy.ON_AGENT);
        CallRouted first = leg(1);
        CallRouted other = leg(2);
        Message one = ringing(first);
        Message two = ringing(other);
        accept(one, first);
        accept(two, other);
        answeredByForward();
        Message bye = gateway.await("BYE");
        gateway.answer(bye, "200 OK", "", "", "");
        boolean firstLost = bye.header("Call-ID").equals(one.header("Call-ID"));
        CallRouted won = firstLost ? other : first;
        CallRouted lost = firstLost ? first : other;
        assertThat(ended(of(lost)).reason()).isEqualTo(EndReason.ANSWERED_ELSEWHERE);
        assertThat(transferFailed(lost).detail()).isEqualTo(EndReason.ANSWERED_ELSEWHERE.sentence());
        suite.readAll();
        assertThat(suite.of(parent)).filteredOn(TransferSucceeded.class::isInstance).singleElement()
                .isInstanceOfSatisfying(TransferSucceeded.class, done -> assertThat(done.leg()).contains(won.callId()));
        assertThat(suite.of(of(lost))).noneMatch(CallAnswered.class::isInstance);
        hangUp();
    }

    @Test
    void aTargetThatIsCalledAfterAnotherHasAnsweredIsNotReached() throws Exception {
        forwarded(AnswerPolicy.ON_AGENT);
        CallRouted first = leg(1);
        accept(ringing(first), first);
        answeredByForward();
        CallRouted late = leg(2);
        assertThat(ended(GivenLegs.dial(suite, late)).reason()).isEqualTo(EndReason.ANSWERED_ELSEWHERE);
        assertThat(gateway.hears(late.invite().sipCallId())).isFalse();
        hangUp();
    }

    @Test
    void whereEverybodyIsBusyTheCallerHearsBusy() throws Exception {
        forwarded(AnswerPolicy.ON_AGENT);
        CallRouted first = leg(1);
        CallRouted other = leg(2);
        refuse(gateway, ringing(first), BUSY);
        refuse(gateway, ringing(other), BUSY);
        transferFailed(first);
        transferFailed(other);
        suite.say(parent, new EndCall(parent.callId(), EndReason.FORWARD_FAILED, "media-relay", "Both are busy."));
        Message refused = caller.await(486);
        assertThat(refused.header("Reason")).contains("SIP;cause=486;text=\"forward-failed\"");
        caller.ackRefusal(refused);
        var last = (CallRejected) suite.await(parent, CallRejected.class).record();
        assertThat(last.reason()).isEqualTo(RefusalReason.FORWARD_FAILED);
        assertThat(last.text()).endsWith("Both are busy.");
        assertThat(suite.of(parent)).filteredOn(CallEvent::isLast).hasSize(1);
    }

    @Test
    void aCallerWhoGivesUpTakesEveryTargetAlong() throws Exception {
        forwarded(AnswerPolicy.ON_AGENT);
        CallRouted first = leg(1);
        CallRouted other = leg(2);
        Message one = ringing(first);
        Message two = ringing(other);
        caller.cancel();
        caller.ackRefusal(caller.await(487));
        for (int each = 0; each < 2; each++) {
            gateway.answer(gateway.await("CANCEL"), "200 OK", "phone", "", "");
        }
        gateway.answer(one, "487 Request Terminated", "phone-" + first.callId(), "", "");
        gateway.answer(two, "487 Request Terminated", "phone-" + other.callId(), "", "");
        assertThat(ended(of(first)).reason()).isEqualTo(EndReason.PARTNER_LEFT);
        assertThat(ended(of(other)).reason()).isEqualTo(EndReason.PARTNER_LEFT);
        assertThat(ended(parent).reason()).isEqualTo(EndReason.CANCELLED);
    }

    @Test
    void aCallerWhoIsAnsweredAtOnceIsEndedByByeWhenAllWasInVain() throws Exception {
        forwarded(AnswerPolicy.IMMEDIATE);
        caller.await(200);
        caller.ack();
        CallRouted first = leg(1);
        refuse(gateway, ringing(first), BUSY);
        transferFailed(first);
        suite.say(parent, new EndCall(parent.callId(), EndReason.FORWARD_FAILED, "media-relay", "The target is busy."));
        Message bye = caller.awaitRequest("BYE");
        assertThat(bye.text()).contains("text=\"forward-failed\"");
        caller.ok(bye);
        assertThat(ended(parent).reason()).isEqualTo(EndReason.FORWARD_FAILED);
    }

    @Test
    void aCallerToWhomNoAgentCameGoesOnByTheFallback() throws Exception {
        Envelope admitted = suite.admit(suite.awaitInvite(caller), AnswerPolicy.ON_AGENT);
        caller.await(180);
        parent = suite.mediaReady(admitted, 0, PlayedSuite.ANSWER);
        suite.say(parent, new AgentUnavailable(parent.callId(), List.of("demo"), 20, "Nobody came.",
                List.of(new Fallback(FallbackKind.FORWARD, GivenLegs.TARGET, "", 20), new Fallback(FallbackKind.REFUSE, "603", "", 0))));
        CallRouted route = GivenLegs.forward("out", parent.callId(), "fallback.1.1");
        accept(ringing(route), route);
        answeredByForward();
        hangUp();
    }

    @Test
    void aForwardedCallOutlivesTheEdgeAndNobodyIsMissed() throws Exception {
        forwarded(AnswerPolicy.ON_AGENT);
        CallRouted first = leg(1);
        accept(ringing(first), first);
        answeredByForward();
        edge.close();
        edge = newEdge();
        assertThat(edge.edge.calls()).isEqualTo(2);
        hangUp();
        assertThat(ended(of(first)).reason()).isEqualTo(EndReason.PARTNER_LEFT);
    }
}
