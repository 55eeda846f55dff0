package dev.trunkline.events;

import com.fasterxml.jackson.annotation.JsonIgnore;

/**
 * Something that happened to a call. One record per kind, one file per record; {@code asyncapi.yaml} describes the same for readers who are
 * not on the JVM. A call has exactly one last event: {@link CallRejected} or {@link CallEnded}.
 */
public sealed interface CallEvent extends CallRecord
        permits InviteReceived, CallRouted, CallForwarded, CallAdmitted, CallRejected, RoomGiven, MediaOffered, MediaReady, MediaRefused, MediaLost,
                AgentDispatched, AgentJoined, AgentLeft, AgentUnavailable, AgentWanted, AgentMissed, CallAnswered, CallHeld, CallResumed, CallAnnounced, MessageRecorded, MessageDeleted, DtmfReceived, HeadersChanged, CallHeartbeat,
                LegRinging, LegFailed, TransferRequested, TransferStarted, TransferConsulting, TransferSucceeded, TransferFailed, CallJoined, CallEnded {

    /** Whether this is the event after which nothing more happens to the call. */
    @JsonIgnore
    default boolean isLast() {
        return this instanceof CallRejected || this instanceof CallEnded;
    }
}
