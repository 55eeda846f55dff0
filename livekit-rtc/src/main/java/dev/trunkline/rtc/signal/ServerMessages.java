package dev.trunkline.rtc.signal;

import dev.trunkline.rtc.AudioPublication;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import livekit.LivekitModels;
import livekit.LivekitRtc;

/** Creates the messages that we send. */
public final class ServerMessages {

    /** The version of the signalling protocol that we use: leave requests with actions, and a single peer connection. */
    private static final int PROTOCOL = 16;

    private ServerMessages() {
    }

    public static LivekitRtc.SessionDescription offer(String sdp, int id) {
        return LivekitRtc.SessionDescription.newBuilder().setType("offer").setSdp(sdp).setId(id).build();
    }

    public static LivekitRtc.JoinRequest join(
            boolean autoSubscribe, Map<String, String> attributes, LivekitRtc.SessionDescription offer,
            Optional<LivekitRtc.AddTrackRequest> track) {
        LivekitRtc.JoinRequest.Builder join = LivekitRtc.JoinRequest.newBuilder()
                .setClientInfo(client())
                .setConnectionSettings(LivekitRtc.ConnectionSettings.newBuilder().setAutoSubscribe(autoSubscribe))
                .putAllParticipantAttributes(attributes)
                .setPublisherOffer(offer);
        track.ifPresent(join::addAddTrackRequests);
        return join.build();
    }

    /** Asks to resume a session whose connection was lost. */
    public static LivekitRtc.JoinRequest resume(
            boolean autoSubscribe, String participantSid, LivekitModels.ReconnectReason reason) {
        return LivekitRtc.JoinRequest.newBuilder()
                .setClientInfo(client())
                .setConnectionSettings(LivekitRtc.ConnectionSettings.newBuilder().setAutoSubscribe(autoSubscribe))
                .setReconnect(true)
                .setReconnectReason(reason)
                .setParticipantSid(participantSid)
                .build();
    }

    /** Disables RED, which would wrap every packet. */
    public static LivekitRtc.AddTrackRequest microphone(AudioPublication publication, String trackId, String streamId) {
        return LivekitRtc.AddTrackRequest.newBuilder()
                .setCid(trackId)
                .setName(publication.trackName())
                .setType(LivekitModels.TrackType.AUDIO)
                .setSource(LivekitModels.TrackSource.MICROPHONE)
                .setDisableRed(true)
                .setStream(streamId)
                .build();
    }

    public static LivekitRtc.SignalRequest.Builder leave() {
        return LivekitRtc.SignalRequest.newBuilder().setLeave(LivekitRtc.LeaveRequest.newBuilder()
                .setReason(LivekitModels.DisconnectReason.CLIENT_INITIATED)
                .setAction(LivekitRtc.LeaveRequest.Action.DISCONNECT));
    }

    public static LivekitRtc.SignalRequest.Builder attributes(int requestId, Map<String, String> attributes) {
        return LivekitRtc.SignalRequest.newBuilder().setUpdateMetadata(LivekitRtc.UpdateParticipantMetadata.newBuilder()
                .setRequestId(requestId)
                .putAllAttributes(attributes));
    }

    public static LivekitRtc.UpdateSubscription subscription(List<String> trackSids, boolean subscribe) {
        return LivekitRtc.UpdateSubscription.newBuilder().addAllTrackSids(trackSids).setSubscribe(subscribe).build();
    }

    private static LivekitModels.ClientInfo client() {
        return LivekitModels.ClientInfo.newBuilder()
                .setSdk(LivekitModels.ClientInfo.SDK.UNKNOWN)
                .setProtocol(PROTOCOL)
                .setOs(System.getProperty("os.name", ""))
                .build();
    }
}
