package dev.trunkline.rtc;

import java.util.Map;
import java.util.Optional;

/**
 * What happens in a room. Except for {@link #audioReceived}, the methods of one listener are called one at a time, in
 * order, on a virtual thread of the room's own: they may wait without harm to any audio.
 */
public interface RoomListener {

    default void participantJoined(RemoteParticipant participant) {
    }

    /** Metadata, attributes, name or tracks changed. */
    default void participantUpdated(RemoteParticipant participant) {
    }

    /**
     * Somebody left, and LiveKit said why.
     *
     * @param why {@link DisconnectReason#UNKNOWN} where it was found out only afterwards, when a session was resumed
     */
    default void participantLeft(RemoteParticipant participant, DisconnectReason why) {
        participantLeft(participant);
    }

    /** The same for who does not ask why. */
    default void participantLeft(RemoteParticipant participant) {
    }

    /** What our own participant has, whoever set it: at the join, and whenever it has changed. */
    default void localAttributes(Map<String, String> attributes) {
    }

    /** Audio of this track will arrive, as {@link #audioReceived}. */
    default void trackSubscribed(RemoteAudioTrack track) {
    }

    default void trackUnsubscribed(RemoteAudioTrack track) {
    }

    /** For the first time somebody listens to the track that we publish. */
    default void localTrackSubscribed(String trackSid) {
    }

    /** The server has muted the track that we publish, or unmuted it: nobody in the room hears it meanwhile, whatever we send. */
    default void localTrackMuted(String trackSid, boolean muted) {
    }

    /** The sender is empty for messages that come from the server's own API. */
    default void dataReceived(Optional<RemoteParticipant> sender, DataMessage message) {
    }

    /** Somebody calls a method of ours; the answer may be given later, from any thread. Without a listener for it there is no such method. */
    default void rpcCalled(RpcCall call) {
        call.fail(new RpcError(RpcError.UNSUPPORTED_METHOD, "Method not supported at destination"));
    }

    default void metadataChanged(String metadata) {
    }

    /** The connection was lost and is being resumed; audio may go on meanwhile if only signalling was lost. */
    default void reconnecting() {
    }

    default void reconnected() {
    }

    /** The last call for a room, exactly once, also after {@link Room#leave()}. */
    default void disconnected(DisconnectReason reason) {
    }

    /**
     * One decrypted RTP packet, in the order of arrival. Called on the room's media loop: do not wait here. The packet is
     * a view of the receive buffer and valid only during the call.
     */
    default void audioReceived(RemoteAudioTrack track, RtpPacket packet) {
    }
}
