package dev.trunkline.relay.calls;

import dev.trunkline.relay.bridge.CallMedia;
import dev.trunkline.relay.dtmf.DtmfKey;
import dev.trunkline.rtc.DataMessage;
import dev.trunkline.rtc.DisconnectReason;
import dev.trunkline.rtc.ParticipantKind;
import dev.trunkline.rtc.RemoteAudioTrack;
import dev.trunkline.rtc.RemoteParticipant;
import dev.trunkline.rtc.RoomListener;
import dev.trunkline.rtc.RtpPacket;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What one stay in a room hears, told to its call. A call that enters again gets new ears. */
final class RoomEars implements RoomListener {
    /** Redundant audio (RFC 2198) is Opus with earlier Opus beside it; browsers send it, and LiveKit takes it apart for us. */
    private static final Set<String> OPUS = Set.of("audio/opus", "audio/red");

    private final RelayedCall call;
    private final CallMedia media;

    RoomEars(RelayedCall call, CallMedia media) {
        this.call = call;
        this.media = media;
    }

    @Override
    public void audioReceived(RemoteAudioTrack track, RtpPacket packet) {
        media.roomAudio(track.sid(), packet);
    }

    @Override
    public void trackSubscribed(RemoteAudioTrack track) {
        media.track(track.sid(), isSteady(track));
    }

    @Override
    public void participantUpdated(RemoteParticipant participant) {
        participant.audioTracks().forEach(track -> media.track(track.sid(), isSteady(track)));
    }

    /** Whether it sends as long as its publisher lives: other callers and G.711 may pause, and so does who is muted. */
    private static boolean isSteady(RemoteAudioTrack track) {
        return track.participantKind() != ParticipantKind.SIP
                && OPUS.contains(track.mimeType().toLowerCase(Locale.ROOT))
                && !track.muted();
    }

    @Override
    public void trackUnsubscribed(RemoteAudioTrack track) {
        media.trackEnded(track.sid());
    }

    @Override
    public void localTrackSubscribed(String trackSid) {
        call.inTheRoom(this, Reception::listened);
    }

    @Override
    public void participantJoined(RemoteParticipant participant) {
        call.inTheRoom(this, reception -> {
            // That somebody is there is seen when it is looked.
        });
    }

    @Override
    public void participantLeft(RemoteParticipant participant, DisconnectReason why) {
        call.inTheRoom(this, reception -> reception.left(participant.sid(), why));
    }

    @Override
    public void dataReceived(Optional<RemoteParticipant> sender, DataMessage message) {
        if (message instanceof DataMessage.SipDtmf dtmf) {
            DtmfKey.of(dtmf.code()).ifPresent(media::press);
        }
    }

    @Override
    public void disconnected(DisconnectReason reason) {
        call.disconnected(this, reason);
    }
}
