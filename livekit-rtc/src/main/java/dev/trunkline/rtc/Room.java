package dev.trunkline.rtc;

import dev.trunkline.rtc.loop.MediaLoop;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/** A joined room. Every method may be called from any thread, unless stated otherwise. */
public interface Room {

    /** The room's name as the server gave it. */
    String name();

    /** The room's id, {@code RM_…}. */
    String sid();

    /** The current metadata of the room. */
    String metadata();

    String localIdentity();

    /** Our participant id, {@code PA_…}; it stays the same when a session is resumed. */
    String localSid();

    /** The current participants other than us. */
    List<RemoteParticipant> participants();

    /** Our published track; empty if the join requested none. */
    Optional<LocalAudioTrack> audio();

    /**
     * Sets attributes of our own participant; an empty value deletes one. Needs the grant {@code canUpdateOwnMetadata}.
     * Completes when the server has confirmed; fails with an {@link RtcException} if it refuses, or while the connection is
     * being resumed.
     */
    CompletionStage<Void> setAttributes(Map<String, String> attributes);

    /** Subscribes to a track's audio, or unsubscribes from it: for joins without auto-subscription. */
    CompletionStage<Void> setSubscribed(String trackSid, boolean subscribed);

    /** Sends to everybody in the room. Completes when the message has been handed to the data channel. */
    default CompletionStage<Void> sendData(DataMessage message) {
        return sendData(message, Set.of());
    }

    /** Sends to these identities only; an empty set means everybody. */
    CompletionStage<Void> sendData(DataMessage message, Set<String> destinationIdentities);

    /**
     * Calls a method of another participant (LiveKit's RPC). Fails with an {@link RpcException} that has the other side's error,
     * or says that it did not answer.
     *
     * @param payload at most 15 KiB
     * @param responseTimeout an hour at most
     */
    CompletionStage<String> performRpc(String destinationIdentity, String method, String payload, Duration responseTimeout);

    /** Counters since the join. */
    RoomStats stats();

    /** The loop on which every packet of this room is sent and received. */
    MediaLoop loop();

    /**
     * Leaves and frees everything; idempotent. Completes when the server has been told, or cannot be, and the listener's
     * {@code disconnected} has returned: so do not wait for it inside a listener.
     */
    CompletionStage<Void> leave();
}
