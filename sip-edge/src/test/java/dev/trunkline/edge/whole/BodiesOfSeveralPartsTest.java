package dev.trunkline.edge.whole;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.edge.whole.UdpPhone.Message;
import dev.trunkline.events.AnswerPolicy;
import dev.trunkline.events.CallAnswered;
import dev.trunkline.events.Envelope;
import dev.trunkline.events.InviteReceived;
import dev.trunkline.events.MediaOffered;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Trunks that send more than SDP in one body (RFC 5621): ISUP (RFC 3204), a location (RFC 6442). */
class BodiesOfSeveralPartsTest extends WithEdge {
    private static final String ISUP = "Content-Type: application/isup; version=itu-t92+; base=itu-t92+\r\n"
            + "Content-Disposition: signal; handling=optional\r\nContent-Transfer-Encoding: binary\r\n\r\n\u0001\u0000`\u0000";
    private static final String LOCATION = "Content-Type: application/pidf+xml\r\nContent-ID: <loc@pbx>\r\n\r\n<presence/>";
    private static final String UNKNOWN = "Content-Type: application/unheard-of\r\n\r\nx";

    private static String part(String part) {
        return "--bnd-1\r\n" + part + "\r\n";
    }

    /** Puts a request's SDP between other body parts. */
    private static String several(String request, String before, String after) {
        String sdp = request.substring(request.indexOf("\r\n\r\n") + 4);
        String body = before + part("content-type: Application/SDP\r\n\r\n" + sdp) + after + "--bnd-1--\r\n";
        return request.substring(0, request.indexOf("Content-Type:")) + "Content-Type: Multipart/MIXED; Boundary=\"bnd-1\"\r\n"
                + "Content-Length: " + body.length() + "\r\n\r\n" + body;
    }

    private void call(UdpPhone.Leg leg, String headers, String before, String after) throws Exception {
        phone.send(several(leg.request("INVITE", leg.cseq, leg.newBranch(), headers, UdpPhone.SDP), before, after));
        Envelope invite = suite.awaitInvite(leg);
        assertThat(((InviteReceived) invite.record()).sdpOffer()).startsWith("v=0").contains("m=audio").doesNotContain("bnd-1");
        suite.mediaReady(suite.admit(invite, AnswerPolicy.IMMEDIATE), 0, PlayedSuite.ANSWER);
        assertThat(leg.await(200).body()).isEqualTo(PlayedSuite.ANSWER);
        leg.ack();
        suite.await(invite, CallAnswered.class);
    }

    private void hangUp(UdpPhone.Leg leg) throws Exception {
        leg.send("BYE", "", "");
        await(leg, 200, "BYE");
    }

    private Message await(UdpPhone.Leg leg, int status, String method) throws Exception {
        return phone.await(message -> message.status() == status && message.header("CSeq").orElse("").equals(leg.cseq + " " + method)
                && message.header("Call-ID").orElse("").equals(leg.callId), status + " to " + method);
    }

    @Test
    void anOfferBesideIsupIsAnsweredAndSoIsItsReinvite() throws Exception {
        UdpPhone.Leg leg = phone.leg();
        call(leg, "MIME-Version: 1.0\r\n", "", part(ISUP));
        Envelope invite = suite.awaitInvite(leg);
        for (String method : new String[] {"INVITE", "UPDATE"}) {
            leg.cseq++;
            String direction = method.equals("UPDATE") ? "a=inactive" : "a=sendonly";
            String hold = leg.request(method, leg.cseq, leg.newBranch(), "", UdpPhone.SDP + direction + "\r\n");
            phone.send(several(hold, part(ISUP), ""));
            int revision = leg.cseq - 1;
            Envelope offered = suite.await(envelope -> envelope.callId().equals(invite.callId())
                    && envelope.record() instanceof MediaOffered one && one.revision() == revision, "offer " + revision);
            assertThat(((MediaOffered) offered.record()).sdpOffer()).startsWith("v=0").contains(direction);
            suite.mediaReady(offered, revision, PlayedSuite.ANSWER + "a=recvonly\r\n");
            assertThat(await(leg, 200, method).body()).endsWith("a=recvonly\r\n");
            if (method.equals("INVITE")) {
                leg.ack();
            }
        }
        hangUp(leg);
    }

    @Test
    void anOfferBesideALocationThatAHeaderNamesIsAnswered() throws Exception {
        UdpPhone.Leg leg = phone.leg();
        call(leg, "Geolocation: <cid:loc@pbx>\r\nGeolocation-Routing: yes\r\n", part(LOCATION), "");
        hangUp(leg);
    }

    @Test
    void theAnswerOfAnAckBesideIsupGoesToTheRelay() throws Exception {
        UdpPhone.Leg leg = phone.leg().invite("", "");
        Envelope invite = suite.awaitInvite(leg);
        suite.mediaReady(suite.admit(invite, AnswerPolicy.IMMEDIATE), 0, PlayedSuite.ANSWER);
        leg.await(200);
        // An ACK cannot be rejected, so the parts beside its SDP are not checked.
        phone.send(several(leg.request("ACK", leg.cseq, leg.newBranch(), "", UdpPhone.SDP), part(UNKNOWN), part(ISUP)));
        var offered = (MediaOffered) suite.await(invite, MediaOffered.class).record();
        assertThat(offered.sdpAnswer().orElse("")).startsWith("v=0").contains("m=audio");
        hangUp(leg);
    }

    @Test
    void thePrackOfARefusedBodyIsRefusedAndItsSdpIsFound() throws Exception {
        UdpPhone.Leg leg = phone.leg().invite("Require: 100rel\r\n", "");
        Envelope invite = suite.awaitInvite(leg);
        suite.mediaReady(suite.admit(invite, AnswerPolicy.ON_AGENT), 0, PlayedSuite.ANSWER);
        Message ringing = leg.await(180);
        leg.toTag = ringing.tag("To").orElseThrow();
        String rack = "RAck: " + ringing.header("RSeq").orElseThrow() + " " + ringing.header("CSeq").orElseThrow() + "\r\n";
        leg.cseq++;
        phone.send(several(leg.request("PRACK", leg.cseq, leg.newBranch(), rack, UdpPhone.SDP), part(UNKNOWN), ""));
        assertThat(await(leg, 415, "PRACK").header("Accept")).contains("application/sdp");
        leg.cseq++;
        phone.send(several(leg.request("PRACK", leg.cseq, leg.newBranch(), rack, UdpPhone.SDP), "", part(ISUP)));
        await(leg, 200, "PRACK");
        var offered = (MediaOffered) suite.await(invite, MediaOffered.class).record();
        assertThat(offered.sdpAnswer().orElse("")).startsWith("v=0");
    }

    @ParameterizedTest
    @ValueSource(strings = {UNKNOWN, LOCATION, "Content-Type: application/isup\r\n\r\nx"})
    void aPartThatIsRequiredAndNotUnderstoodIs415InAndOutsideOfACall(String unknown) throws Exception {
        UdpPhone.Leg leg = phone.leg();
        phone.send(several(leg.request("INVITE", leg.cseq, leg.newBranch(), "", UdpPhone.SDP), part(unknown), ""));
        Message refusal = leg.await(415);
        leg.ackRefusal(refusal);
        assertThat(refusal.header("Accept")).contains("application/sdp");

        UdpPhone.Leg up = phone.leg();
        call(up, "", "", "");
        up.cseq++;
        phone.send(several(up.request("UPDATE", up.cseq, up.newBranch(), "", UdpPhone.SDP), part(unknown), ""));
        assertThat(await(up, 415, "UPDATE").header("Accept")).contains("application/sdp");
        hangUp(up);
    }

    @Test
    void partsThatCannotBeToldApartAre400() throws Exception {
        UdpPhone.Leg leg = phone.leg();
        phone.send(several(leg.request("INVITE", leg.cseq, leg.newBranch(), "", UdpPhone.SDP), "", "")
                .replace("; Boundary=\"bnd-1\"", ""));
        leg.ackRefusal(leg.await(400));
    }
}
