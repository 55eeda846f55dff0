package dev.trunkline.events;

import com.fasterxml.jackson.annotation.JsonIgnore;

/**
 * Something that happened to a call. One record a kind, one file a record; {@code asyncapi.yaml} says the same for
 * readers who are not on the JVM. A call has exactly one last event: {@link CallRejected} or {@link CallEnded}.
 */
public sealed interface CallEvent extends CallRecord
        permits InviteReceived, CallRouted, CallForwarded, CallAdmitted, CallRejected, RoomGiven, MediaOffered, MediaReady, MediaRefused, MediaLost,
                AgentDispatched, AgentJoined, AgentLeft, AgentUnavailable, AgentWanted, AgentMissed, CallAnswered, CallHeld, CallResumed, CallAnnounced, MessageRecorded, MessageDeleted, DtmfReceived, HeadersChanged, CallHeartbeat,
                LegRinging, LegFailed, TransferRequested, TransferStarted, TransferConsulting, TransferSucceeded, TransferFailed, CallJoined, CallEnded {

    /** True for the event after which nothing more happens to the call. */
    @JsonIgnore
    default boolean isLast() {
        return this instanceof CallRejected || this instanceof CallEnded;
    }
}
