package dev.trunkline.edge.whole;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.edge.whole.UdpPhone.Leg;
import dev.trunkline.edge.whole.UdpPhone.Message;
import dev.trunkline.events.AnswerPolicy;
import dev.trunkline.events.CallAnswered;
import dev.trunkline.events.CallJoined;
import dev.trunkline.events.CallRouted;
import dev.trunkline.events.EndCall;
import dev.trunkline.events.EndReason;
import dev.trunkline.events.Envelope;
import dev.trunkline.events.MediaOffered;
import dev.trunkline.events.MediaReady;
import dev.trunkline.events.TransferFailed;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A phone that is in two calls joins them by REFER and leaves. */
class JoinedCallsTest extends WithGateways {
    private static final String OTHER_RELAY = PlayedSuite.ANSWER.replace("17692", "17696");

    private UdpPhone phone;
    private Leg first;
    private Envelope one;

    @BeforeEach
    void call() throws Exception {
        phone = new UdpPhone("127.0.0.1", SIP);
        first = phone.leg();
        one = answered(first, "room-1");
    }

    @AfterEach
    void closePhone() {
        phone.close();
    }

    private Envelope answered(Leg leg, String room) throws Exception {
        leg.invite("Supported: timer\r\nSession-Expires: 1800;refresher=uac\r\n", UdpPhone.SDP);
        Envelope admitted = suite.admit(suite.awaitInvite(leg), AnswerPolicy.IMMEDIATE);
        Envelope call = ready(admitted, room, 0, PlayedSuite.ANSWER);
        leg.await(200);
        leg.ack();
        suite.await(call, CallAnswered.class);
        return call;
    }

    private Envelope ready(Envelope cause, String room, int revision, String description) throws Exception {
        return suite.sayAsRelay(cause, new MediaReady(cause.callId(), PlayedSuite.RELAY, room, "PA_1", description, "PCMU", revision));
    }

    private static String replaces(String callId, String toTag, String fromTag) {
        return URLEncoder.encode(callId + ";to-tag=" + toTag + ";from-tag=" + fromTag, StandardCharsets.UTF_8);
    }

    private void refer(String replaces) throws Exception {
        first.send("REFER", "Refer-To: <sip:+3225550100@127.0.0.1?Replaces=" + replaces + ">\r\n", "");
    }

    private void refer(Leg other) throws Exception {
        refer(replaces(other.callId, other.toTag, other.fromTag));
    }

    private MediaOffered offered(Envelope call, boolean answer) throws Exception {
        return (MediaOffered) suite.await(said -> said.callId().equals(call.callId()) && said.record() instanceof MediaOffered offered
                && offered.revision() == 1 && offered.sdpAnswer().isPresent() == answer, "the offer").record();
    }

    /** The two relays agree on the media. */
    private void agree(Envelope other) throws Exception {
        assertThat(offered(one, false).sdpOffer()).isEmpty();
        ready(one, "room-1", 1, PlayedSuite.ANSWER);
        assertThat(offered(other, false).sdpOffer()).isEqualTo(PlayedSuite.ANSWER);
        ready(other, "room-2", 1, OTHER_RELAY);
        assertThat(offered(one, true).sdpAnswer()).contains(OTHER_RELAY);
    }

    private void notified(String line) throws Exception {
        Message notify = first.awaitRequest("NOTIFY");
        assertThat(notify.body()).startsWith(line);
        first.ok(notify);
    }

    private void accepted() throws Exception {
        phone.await(message -> message.status() == 202 && message.header("CSeq").orElse("").endsWith(" REFER"), "202");
        notified("SIP/2.0 100");
    }

    /** Asserts that each call is reported as joined with the other. */
    private void joined(Envelope other) throws Exception {
        assertThat(((CallJoined) suite.await(one, CallJoined.class).record()).with()).isEqualTo(other.callId());
        assertThat(((CallJoined) suite.await(other, CallJoined.class).record()).with()).isEqualTo(one.callId());
    }

    @Test
    void itsTwoCallsAreJoinedAndItsDialogsEndAndTheyEndTogether() throws Exception {
        Leg second = phone.leg();
        Envelope other = answered(second, "room-2");
        refer(second);
        accepted();
        agree(other);
        notified("SIP/2.0 200");
        for (Leg leg : new Leg[] {first, second}) {
            Message bye = leg.awaitRequest("BYE");
            assertThat(bye.text()).contains("text=\"transferred\"");
            leg.ok(bye);
        }
        joined(other);
        assertThat(edge.edge.calls()).isEqualTo(2);
        suite.say(other, new EndCall(other.callId(), EndReason.ROOM_CLOSED, "test", "enough"));
        assertThat(ended(other).reason()).isEqualTo(EndReason.ROOM_CLOSED);
        assertThat(ended(one).reason()).isEqualTo(EndReason.PARTNER_LEFT);
        assertThat(kinds(one)).doesNotContain("TransferFailed");
    }

    @Test
    void aCallOfAnotherTrunkAndAddressIsNotJoined() throws Exception {
        CallRouted route = GivenLegs.route("out", 30);
        Message invite = answered(route, "phone");
        Envelope leg = suite.await(said -> said.callId().equals(route.callId()) && said.record() instanceof MediaReady, "its media");
        refer(replaces(invite.header("Call-ID").orElseThrow(), invite.tag("From").orElseThrow(), "phone"));
        Message refused = phone.await(message -> message.status() == 603, "603");
        assertThat(refused.header("Reason").orElseThrow()).contains("belongs to another trunk");
        var failed = (TransferFailed) suite.await(one, TransferFailed.class).record();
        assertThat(failed.status()).hasValue(603);
        suite.say(leg, new EndCall(leg.callId(), EndReason.REQUESTED, "test", "enough"));
        gateway.answer(gateway.await("BYE"), "200 OK", "", "", "");
        assertThat(ended(leg).reason()).isEqualTo(EndReason.REQUESTED);
        first.send("BYE", "", "");
        first.await(200);
        assertThat(ended(one).reason()).isEqualTo(EndReason.CALLER_HUNG_UP);
    }

    @Test
    void aPhoneThatHangsBothUpRightAfterItsReferLeavesThemJoined() throws Exception {
        Leg second = phone.leg();
        Envelope other = answered(second, "room-2");
        refer(second);
        accepted();
        for (Leg leg : new Leg[] {first, second}) {
            leg.send("BYE", "", "");
            leg.await(200);
        }
        agree(other);
        joined(other);
        suite.say(one, new EndCall(one.callId(), EndReason.REQUESTED, "test", "enough"));
        assertThat(ended(one).reason()).isEqualTo(EndReason.REQUESTED);
        assertThat(ended(other).reason()).isEqualTo(EndReason.PARTNER_LEFT);
    }

    @Test
    void joinedCallsOutliveTheEdgeAndStillEndTogether() throws Exception {
        Leg second = phone.leg();
        Envelope other = answered(second, "room-2");
        refer(second);
        accepted();
        agree(other);
        joined(other);
        suite.readAll();
        edge.close();
        edge = newEdge();
        assertThat(edge.edge.calls()).isEqualTo(2);
        suite.say(one, new EndCall(one.callId(), EndReason.REQUESTED, "test", "enough"));
        assertThat(ended(one).reason()).isEqualTo(EndReason.REQUESTED);
        assertThat(ended(other).reason()).isEqualTo(EndReason.PARTNER_LEFT);
        assertThat(first.awaitRequest("BYE").text()).contains("text=\"transferred\"");
    }

    @Test
    void whatCannotBeReplacedIsSaidAndTheCallGoesOn() throws Exception {
        refer(replaces(first.callId, first.toTag, first.fromTag));
        assertThat(phone.await(message -> message.status() == 400, "400").header("Reason").orElseThrow()).contains("with itself");
        Leg same = phone.leg();
        answered(same, "room-1");
        refer(same);
        assertThat(phone.await(message -> message.status() == 603, "603").header("Reason").orElseThrow()).contains("in one room");
        refer(replaces(same.callId, same.toTag, same.fromTag) + "%3Bearly-only");
        phone.await(message -> message.status() == 486, "486");
        for (Leg leg : new Leg[] {first, same}) {
            leg.send("BYE", "", "");
            leg.await(200);
        }
        assertThat(ended(one).reason()).isEqualTo(EndReason.CALLER_HUNG_UP);
    }
}
