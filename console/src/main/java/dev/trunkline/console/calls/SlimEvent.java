package dev.trunkline.console.calls;

import dev.trunkline.events.Agent;
import dev.trunkline.events.AgentLeft;
import dev.trunkline.events.AgentUnavailable;
import dev.trunkline.events.AgentWanted;
import dev.trunkline.events.CallAdmitted;
import dev.trunkline.events.CallAnswered;
import dev.trunkline.events.CallCommand;
import dev.trunkline.events.CallEnded;
import dev.trunkline.events.CallEvent;
import dev.trunkline.events.CallForwarded;
import dev.trunkline.events.CallHeartbeat;
import dev.trunkline.events.CallRejected;
import dev.trunkline.events.CallRouted;
import dev.trunkline.events.CallSummary;
import dev.trunkline.events.Caller;
import dev.trunkline.events.DtmfReceived;
import dev.trunkline.events.Envelope;
import dev.trunkline.events.HeadersChanged;
import dev.trunkline.events.InviteReceived;
import dev.trunkline.events.MediaOffered;
import dev.trunkline.events.MediaReady;
import dev.trunkline.events.OutgoingLeg;
import dev.trunkline.events.RoomEntry;
import dev.trunkline.events.TransferRequested;
import dev.trunkline.events.TransferStarted;
import dev.trunkline.events.codec.EventJson;
import java.util.List;
import java.util.Optional;

/** An event reduced to what a trace needs: nothing sealed, no session description, no configuration, no complete pseudonym. */
public final class SlimEvent {
    /** Digits of a pseudonym that a trace shows. */
    private static final int SHOWN = 8;
    /** One heartbeat a minute is enough to see how quality developed. */
    private static final int HEARTBEATS = 6;
    /** After three days a trace has no further heartbeats. */
    private static final int LAST_HEARTBEAT = 25_920;

    private SlimEvent() {}

    /** Returns empty for an event that does not appear in a trace. */
    public static Optional<CallEvent> of(Envelope envelope) {
        return switch (envelope.record()) {
            case CallCommand ignored -> Optional.empty();
            case CallHeartbeat e -> Optional.<CallEvent>of(e).filter(ignored -> e.sequence() % HEARTBEATS == 0 && e.sequence() <= LAST_HEARTBEAT);
            case CallEvent e -> Optional.of(slim(e));
        };
    }

    private static CallEvent slim(CallEvent event) {
        return switch (event) {
            case InviteReceived e -> invite(e);
            case CallRouted e -> route(e);
            case CallForwarded e -> new CallForwarded(
                    e.callId(), invite(e.invite()), e.organisation(), e.number(), e.rule(), e.target(), e.why(), e.trace());
            // The route's trace is in an event of its own.
            case CallAdmitted e -> new CallAdmitted(e.callId(), withoutTrace(route(e.route())), e.counts(), e.leaseSeconds());
            case AgentLeft e -> new AgentLeft(
                    e.callId(), e.agent(), e.participantSid(), e.kind(), e.why(), e.stayedMillis(), e.alone(), Optional.empty());
            case AgentWanted e -> new AgentWanted(e.callId(), e.by(), e.agent(), Optional.empty());
            case AgentUnavailable e -> new AgentUnavailable(e.callId(), e.agents(), e.patienceSeconds(), e.why(), List.of(), e.left());
            case MediaOffered e -> new MediaOffered(
                    e.callId(), e.revision(), e.sdpOffer().isEmpty() ? "" : "v=0", e.sdpAnswer().map(ignored -> "v=0"), Optional.empty());
            case MediaReady e -> e.withSdpAnswer("");
            case CallEnded e -> e.summary().map(SlimEvent::summary).map(e::with).orElse(e);
            case CallRejected e -> e.summary().map(SlimEvent::summary).map(e::with).orElse(e);
            case CallAnswered e -> new CallAnswered(e.callId(), e.edge(), e.policy(), e.setupMillis(), "");
            case DtmfReceived e -> new DtmfReceived(e.callId(), e.fromCaller(), e.durationMillis());
            case HeadersChanged e -> new HeadersChanged(e.callId(), e.relay(), "");
            case TransferRequested e -> new TransferRequested(
                    e.callId(), e.transfer(), e.relay(), e.organisation(), e.number(), e.rule(), e.room(), e.trunk(), e.purpose(), "", "",
                    e.outboundTrunk(), e.way(), e.agentsStay(), e.ringingSeconds(), e.requestedBy(), e.dialPurpose(), e.referredBy());
            case TransferStarted e -> new TransferStarted(
                    e.callId(), e.transfer(), e.way(), e.leg(), e.outboundTrunk(), Optional.empty(), e.trace());
            default -> event;
        };
    }

    private static String shown(String pseudonym) {
        return pseudonym.substring(0, Math.min(SHOWN, pseudonym.length()));
    }

    private static CallSummary summary(CallSummary e) {
        return new CallSummary(
                e.direction(), e.purpose(), e.trunk(), e.called(), shown(e.caller()), e.organisation(), e.number(), e.rule(), e.room(),
                e.agent(), e.receivedAt(), e.ringingAt(), e.answeredAt(), e.endedAt(), e.setupMillis(), e.talkMillis(), e.quality(),
                e.parent());
    }

    private static InviteReceived invite(InviteReceived e) {
        var caller = new Caller(shown(e.caller().pseudonym()), e.caller().anonymous());
        return new InviteReceived(
                e.callId(), e.edge(), e.trunk(), e.sipCallId(), e.called(), e.calledAsReceived(), caller, "", "", e.source(),
                e.receivedAt(), e.deadline(), e.numbersFrom(), e.purpose(), Optional.empty());
    }

    private static CallRouted route(CallRouted e) {
        return new CallRouted.Builder(e.callId(), invite(e.invite()), e.organisation(), e.number(), e.rule(), e.room())
                .agents(e.agents().stream().map(agent -> new Agent(agent.name(), "")).toList())
                .config(EventJson.MAPPER.createObjectNode())
                .limits(e.limits())
                .answerPolicy(e.answerPolicy())
                .patienceSeconds(e.patienceSeconds())
                .trace(e.trace())
                .entry(e.entry().map(entry -> new RoomEntry(entry.mustExist(), entry.desk(), Optional.empty())))
                .waitFor(e.waitFor())
                .warm(e.warm())
                .outgoing(e.outgoing().map(SlimEvent::leg))
                .forward(e.forward())
                .announcement(e.announcement())
                .build();
    }

    private static CallRouted withoutTrace(CallRouted e) {
        return new CallRouted.Builder(e.callId(), e.invite(), e.organisation(), e.number(), e.rule(), e.room())
                .config(e.config())
                .limits(e.limits())
                .answerPolicy(e.answerPolicy())
                .patienceSeconds(e.patienceSeconds())
                .trace(List.of())
                .build();
    }

    private static OutgoingLeg leg(OutgoingLeg e) {
        return new OutgoingLeg(
                e.purpose(), e.parent(), e.transfer(), "", e.ringingSeconds(), e.longestSeconds(), e.codecs(), e.srtp(), e.emergency(),
                e.agentsStay(), e.successor(), e.consults());
    }
}
