package dev.trunkline.events.codec;

import static java.util.Map.entry;

import dev.trunkline.events.*;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Maps each record to its {@code ce_type}, and back. */
public final class EventTypes {
    private static final Map<Class<? extends CallRecord>, String> NAMES = Map.ofEntries(
            entry(InviteReceived.class, "dev.trunkline.call.invite.received.v1"),
            entry(CallRouted.class, "dev.trunkline.call.routed.v1"),
            entry(CallForwarded.class, "dev.trunkline.call.forwarded.v1"),
            entry(CallAdmitted.class, "dev.trunkline.call.admitted.v1"),
            entry(CallRejected.class, "dev.trunkline.call.rejected.v1"),
            entry(RoomGiven.class, "dev.trunkline.call.room.given.v1"),
            entry(MediaOffered.class, "dev.trunkline.call.media.offered.v1"),
            entry(MediaReady.class, "dev.trunkline.call.media.ready.v1"),
            entry(MediaRefused.class, "dev.trunkline.call.media.refused.v1"),
            entry(MediaLost.class, "dev.trunkline.call.media.lost.v1"),
            entry(AgentDispatched.class, "dev.trunkline.call.agent.dispatched.v1"),
            entry(AgentJoined.class, "dev.trunkline.call.agent.joined.v1"),
            entry(AgentLeft.class, "dev.trunkline.call.agent.left.v1"),
            entry(AgentUnavailable.class, "dev.trunkline.call.agent.unavailable.v1"),
            entry(AgentWanted.class, "dev.trunkline.call.agent.wanted.v1"),
            entry(AgentMissed.class, "dev.trunkline.call.agent.missed.v1"),
            entry(CallAnswered.class, "dev.trunkline.call.answered.v1"),
            entry(CallHeld.class, "dev.trunkline.call.held.v1"),
            entry(CallResumed.class, "dev.trunkline.call.resumed.v1"),
            entry(CallAnnounced.class, "dev.trunkline.call.announced.v1"),
            entry(MessageRecorded.class, "dev.trunkline.call.message.recorded.v1"),
            entry(MessageDeleted.class, "dev.trunkline.call.message.deleted.v1"),
            entry(DtmfReceived.class, "dev.trunkline.call.dtmf.v1"),
            entry(HeadersChanged.class, "dev.trunkline.call.headers.changed.v1"),
            entry(CallHeartbeat.class, "dev.trunkline.call.heartbeat.v1"),
            entry(LegRinging.class, "dev.trunkline.call.leg.ringing.v1"),
            entry(LegFailed.class, "dev.trunkline.call.leg.failed.v1"),
            entry(TransferRequested.class, "dev.trunkline.call.transfer.requested.v1"),
            entry(TransferStarted.class, "dev.trunkline.call.transfer.started.v1"),
            entry(TransferConsulting.class, "dev.trunkline.call.transfer.consulting.v1"),
            entry(TransferSucceeded.class, "dev.trunkline.call.transfer.succeeded.v1"),
            entry(TransferFailed.class, "dev.trunkline.call.transfer.failed.v1"),
            entry(CallJoined.class, "dev.trunkline.call.joined.v1"),
            entry(CallEnded.class, "dev.trunkline.call.ended.v1"),
            entry(EndCall.class, "dev.trunkline.command.end.v1"),
            entry(AnswerCall.class, "dev.trunkline.command.answer.v1"),
            entry(TransferCall.class, "dev.trunkline.command.transfer.v1"),
            entry(CompleteTransfer.class, "dev.trunkline.command.transfer.complete.v1"),
            entry(JoinCalls.class, "dev.trunkline.command.join.v1"));

    private static final Map<String, Class<? extends CallRecord>> TYPES =
            NAMES.entrySet().stream().collect(Collectors.toUnmodifiableMap(Map.Entry::getValue, Map.Entry::getKey));

    private EventTypes() {}

    public static String nameOf(Class<? extends CallRecord> type) {
        return Optional.ofNullable(NAMES.get(type))
                .orElseThrow(() -> new IllegalArgumentException(type + " is missing in " + EventTypes.class));
    }

    /** Returns the record of a type; empty for a type that this version of the contract does not know. */
    public static Optional<Class<? extends CallRecord>> named(String ceType) {
        return Optional.ofNullable(TYPES.get(ceType));
    }

    /** Returns every type of the contract. */
    public static Map<Class<? extends CallRecord>, String> all() {
        return NAMES;
    }
}
