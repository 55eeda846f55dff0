package dev.trunkline.edge.call;

import dev.trunkline.edge.dialog.Dialog;
import dev.trunkline.edge.refresh.TimerHeaders;
import dev.trunkline.events.AnswerPolicy;
import dev.trunkline.events.CallAdmitted;
import dev.trunkline.events.CallId;
import dev.trunkline.events.CallRouted;
import dev.trunkline.events.DialPurpose;
import dev.trunkline.events.Envelope;
import dev.trunkline.events.Envelope.Owners;
import dev.trunkline.events.Limits;
import dev.trunkline.events.OrganisationRef;
import dev.trunkline.events.OutgoingLeg;
import dev.trunkline.events.RateScope;
import dev.trunkline.events.RuleRef;
import dev.trunkline.events.SrtpUse;
import dev.trunkline.events.codec.EventJson;
import dev.trunkline.sip.message.OutgoingRequest;
import dev.trunkline.sip.message.SipHeader;
import dev.trunkline.sip.net.SipTransportKind;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;

/** An outbound call, and the inputs that it may get. */
final class GivenLeg {
    static final CallId PARENT = CallId.of("01900000-0000-7000-8000-000000000009");
    static final String ANSWER = "v=0\r\nm=audio 6000 RTP/AVP 0\r\n";
    static final Dialog DIALOG = new Dialog("id@host", "ours", "theirs", "sip:us@edge", "sip:+32@gw", "sip:+32@192.0.2.9", List.of(), 1,
            -1, SipTransportKind.UDP, "192.0.2.9", 5060, Optional.empty(), List.of(), Optional.of("t"));

    private GivenLeg() {}

    static OutgoingLeg leg(Optional<CallId> parent, Optional<String> transfer, OptionalInt longest, boolean agentsStay) {
        return new OutgoingLeg(transfer.isPresent() ? DialPurpose.TRANSFER : DialPurpose.DIAL, parent, transfer, "v1.sealed", 30, longest,
                List.of(), SrtpUse.OFF, false, agentsStay, Optional.empty(), Optional.empty());
    }

    static OutgoingLeg emergency() {
        return new OutgoingLeg(DialPurpose.DIAL, Optional.empty(), Optional.empty(), "v1.sealed", 30, OptionalInt.empty(),
                List.of(), SrtpUse.OFF, true, false, Optional.empty(), Optional.empty());
    }

    static LegFacts facts(OutgoingLeg leg) {
        var limits = new Limits(new Limits.CallerRate(10, 3600, RateScope.NUMBER), OptionalInt.empty(), OptionalInt.empty());
        CallRouted route = new CallRouted.Builder(Given.CALL, Given.INVITE, new OrganisationRef("o", "o"), "+3225550100", new RuleRef("r", "r"), "room")
                .config(EventJson.MAPPER.createObjectNode())
                .limits(limits)
                .answerPolicy(AnswerPolicy.IMMEDIATE)
                .patienceSeconds(20)
                .build().goingOut(leg);
        var admitted = new Envelope(new UUID(3, 4), "/test/1", Given.NOW, Owners.NONE, "",
                new CallAdmitted(Given.CALL, route, List.of(), 30));
        return new LegFacts(route, leg, "ours", admitted);
    }

    static LegFacts dialled() {
        return facts(leg(Optional.empty(), Optional.empty(), OptionalInt.empty(), false));
    }

    static LegFacts transferring() {
        return facts(leg(Optional.of(PARENT), Optional.of("transfer-1"), OptionalInt.of(60), false));
    }

    static CallState offering(LegFacts leg) {
        return Given.MACHINE.dial(leg, "edge-1", Optional.empty()).next();
    }

    static CallState calling(LegFacts leg) {
        return Given.MACHINE.on(offering(leg), Given.mediaReady("relay-1", 0)).next();
    }

    static CallState up(LegFacts leg) {
        return Given.MACHINE.on(calling(leg), accepted(Optional.of(ANSWER))).next();
    }

    static CallState leaving(LegFacts leg) {
        return Given.MACHINE.on(calling(leg), Given.expired(CallTimer.RINGING)).next();
    }

    static LegInput.Progressed rings(int status, Optional<String> answer) {
        return new LegInput.Progressed("gw:5060", status, answer);
    }

    static LegInput.Accepted accepted(Optional<String> answer) {
        return accepted(answer, TimerHeaders.NONE);
    }

    static LegInput.Accepted accepted(Optional<String> answer, TimerHeaders timer) {
        return new LegInput.Accepted("gw:5060", DIALOG, ack("theirs"), answer, timer);
    }

    static LegInput.Forked forked() {
        return new LegInput.Forked(DIALOG, ack("another"));
    }

    static LegInput.Failed failed(int status) {
        return new LegInput.Failed("gw:5060", status, Optional.empty());
    }

    static OutgoingRequest ack(String toTag) {
        return new OutgoingRequest("ACK", "sip:+32@192.0.2.9", List.of(), "id@host", "sip:us@edge", "ours", "sip:+32@gw", toTag, 1,
                List.of(new SipHeader("Authorization", "Digest x")), SipTransportKind.UDP, Optional.empty());
    }
}
