package dev.trunkline.rtc;

import java.util.Map;
import java.util.Optional;

/**
 * Callbacks for what happens in a room. Except for {@link #audioReceived}, the methods of one listener are called one at a time,
 * in order, on a virtual thread of the room's own: they may block without affecting any audio.
 */
public interface RoomListener {

    default void participantJoined(RemoteParticipant participant) {
    }

    /** Metadata, attributes, name or tracks changed. */
    default void participantUpdated(RemoteParticipant participant) {
    }

    /**
     * A participant left, for the reason that LiveKit gave.
     *
     * @param why {@link DisconnectReason#UNKNOWN} if the departure was noticed only later, when a session was resumed
     */
    default void participantLeft(RemoteParticipant participant, DisconnectReason why) {
        participantLeft(participant);
    }

    /** The same, for listeners that do not need the reason. */
    default void participantLeft(RemoteParticipant participant) {
    }

    /** The attributes of our own participant, whoever set them: at the join, and after every change. */
    default void localAttributes(Map<String, String> attributes) {
    }

    /** Audio of this track will arrive, through {@link #audioReceived}. */
    default void trackSubscribed(RemoteAudioTrack track) {
    }

    default void trackUnsubscribed(RemoteAudioTrack track) {
    }

    /** The first participant has subscribed to the track that we publish. */
    default void localTrackSubscribed(String trackSid) {
    }

    /** The server has muted the track that we publish, or unmuted it: while muted, nobody in the room hears it, whatever we send. */
    default void localTrackMuted(String trackSid, boolean muted) {
    }

    /** The sender is empty for messages that come from the server's own API. */
    default void dataReceived(Optional<RemoteParticipant> sender, DataMessage message) {
    }

    /**
     * Another participant calls a method of ours; the answer may be given later, from any thread. The default answers that there is no
     * such method.
     */
    default void rpcCalled(RpcCall call) {
        call.fail(new RpcError(RpcError.UNSUPPORTED_METHOD, "Method not supported at destination"));
    }

    default void metadataChanged(String metadata) {
    }

    /** The connection was lost and is being resumed; audio may continue if only signalling was lost. */
    default void reconnecting() {
    }

    default void reconnected() {
    }

    /** The last callback of a room, called exactly once, after {@link Room#leave()} too. */
    default void disconnected(DisconnectReason reason) {
    }

    /**
     * One decrypted RTP packet, in the order of arrival. Called on the room's media loop: do not block here. The packet is
     * a view of the receive buffer and valid only during the call.
     */
    default void audioReceived(RemoteAudioTrack track, RtpPacket packet) {
    }
}
