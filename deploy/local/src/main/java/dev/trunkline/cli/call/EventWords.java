package dev.trunkline.cli.call;

import dev.trunkline.events.*;
import dev.trunkline.events.CompleteTransfer;
import dev.trunkline.events.TransferConsulting;
import dev.trunkline.events.words.ForwardWords;
import java.util.stream.Collectors;

/** Describes each event of a call in one line, for a person who watches the call. */
final class EventWords {
    private EventWords() {}

    static String of(CallRecord record) {
        return switch (record) {
            case InviteReceived e -> "trunk " + e.trunk().name() + ", called " + e.called() + ", caller "
                    + e.caller().pseudonym().substring(0, 8) + "…";
            case CallRouted e when e.outgoing().isPresent() -> e.organisation().name() + ", out by trunk " + e.invite().trunk().name()
                    + ", room " + e.room() + e.outgoing().get().parent().map(parent -> ", for call " + parent).orElse("");
            case CallRouted e when e.forward().isPresent() -> e.organisation().name() + ", rule " + e.rule().name() + ", on to "
                    + ForwardWords.of(e.forward().get()) + ", room " + e.room();
            case CallRouted e -> e.organisation().name() + ", rule " + e.rule().name() + ", room " + e.room()
                    + (e.entry().map(RoomEntry::desk).orElse(false)
                            ? ", a person answers"
                            : e.agents().stream().map(Agent::name).collect(Collectors.joining(", ", ", agents [", "]")));
            case CallForwarded e -> "to " + e.target() + ": " + e.why();
            case CallAdmitted e -> e.counts().stream()
                    .map(count -> count.what() + " " + count.count()
                            + (count.limit().isPresent() ? "/" + count.limit().getAsInt() : ""))
                    .collect(Collectors.joining(", "));
            case CallRejected e -> e.status() + " " + e.reason().code() + ": " + e.text();
            case RoomGiven e -> e.room().map("agents wait in "::concat).orElse("no agent waits");
            case MediaOffered e when e.sdpAnswer().isPresent() -> "answer to offer " + e.revision();
            case MediaOffered e when e.sdpOffer().isEmpty() -> "asks for offer " + e.revision();
            case MediaOffered e -> "offer " + e.revision();
            case MediaReady e when e.participantSid().isEmpty() -> e.relay() + ", before the PIN";
            case MediaReady e -> e.relay() + ", " + e.codec() + " to the phone";
            case MediaRefused e -> "offer " + e.revision() + " refused, " + e.reason().code() + ": " + e.detail();
            case MediaLost e -> e.relay() + " is lost, " + e.detail() + ": another relay is wanted";
            case AgentDispatched e -> e.agent() + ", " + e.tookMillis() + " ms after it was wanted"
                    + (e.attempt().orElse(1) > 1 ? ", attempt " + e.attempt().getAsInt() : "");
            case AgentJoined e -> e.agent() + " answers, " + e.tookMillis() + " ms after the relay began to join";
            case AgentLeft e -> e.agent() + " left after " + e.stayedMillis() / 1000 + " s (" + e.why() + ")"
                    + (e.alone() ? ", the caller is alone" : "");
            case AgentUnavailable e -> e.why();
            case AgentWanted e -> e.by() + " wants to give the caller back" + e.agent().map(" to "::concat).orElse("");
            case AgentMissed e -> e.why();
            case CallAnswered e -> e.policy().code() + ", " + e.setupMillis() + " ms after the INVITE";
            case CallHeld e -> "on hold" + e.by().map(" by "::concat).orElse("");
            case CallResumed e -> "off hold" + e.detail().map(": "::concat).orElse("");
            case CallAnnounced e -> e.name() + " for " + e.playedMillis() / 1000 + " s"
                    + (e.complete() ? "" : ", not to its end: " + e.detail());
            case MessageRecorded e -> "a message of " + e.millis() / 1000 + " s, " + e.ended().code();
            case MessageDeleted e -> "the message is deleted, " + e.why().code();
            case DtmfReceived e -> e.fromCaller() ? "a key of the phone" : "a key from the room";
            case HeadersChanged ignored -> "the headers of our BYE, from the participant's attributes";
            case CallHeartbeat e -> "received " + e.media().packetsReceived() + ", sent " + e.media().packetsSent()
                    + ", lost " + e.media().lost() + ", MOS " + "%.1f".formatted(e.media().mos());
            case LegRinging e -> e.status() + " from " + e.gateway() + (e.earlyMedia() ? ", with early media" : "");
            case LegFailed e -> e.status() + " from " + e.gateway() + ": " + e.detail();
            case TransferRequested e -> e.requestedBy() + " asks for a transfer" + e.way().map(way -> ", " + way.code()).orElse("");
            case TransferStarted e -> e.way().code() + e.leg().map(leg -> ", call " + leg).orElse("")
                    + e.outboundTrunk().map(trunk -> " by trunk " + trunk.name()).orElse("");
            case TransferConsulting e -> "call " + e.leg() + " speaks with the agent";
            case TransferSucceeded e -> e.way().code() + e.leg().map(leg -> ", call " + leg).orElse("");
            case TransferFailed e -> (e.status().isPresent() ? e.status().getAsInt() + ": " : "") + e.detail();
            case CallJoined e -> "with call " + e.with() + ", and the phone of both is gone";
            case CallEnded e -> e.reason().code() + " after " + e.durationMillis() / 1000 + " s";
            case TransferCall e -> e.requestedBy() + " asks for a transfer";
            case CompleteTransfer e -> e.requestedBy() + " asks for the two to be joined";
            case JoinCalls e -> e.step().code() + ", says call " + e.from() + " of " + e.edge();
            case AnswerCall e -> e.requestedBy() + " asks for the call to be answered: " + e.detail();
            case EndCall e -> e.requestedBy() + " asks for the call to be ended: " + e.reason().code();
        };
    }
}
