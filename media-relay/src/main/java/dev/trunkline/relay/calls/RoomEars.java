package dev.trunkline.relay.calls;

import dev.trunkline.relay.bridge.CallMedia;
import dev.trunkline.relay.dtmf.DtmfKey;
import dev.trunkline.rtc.DataMessage;
import dev.trunkline.rtc.DisconnectReason;
import dev.trunkline.rtc.RemoteAudioTrack;
import dev.trunkline.rtc.RemoteParticipant;
import dev.trunkline.rtc.RoomListener;
import dev.trunkline.rtc.RpcCall;
import dev.trunkline.rtc.RtpPacket;
import java.util.Map;
import java.util.Optional;

/** Passes the events of one stay in a room to its call. A call that enters again gets new ears. */
final class RoomEars implements RoomListener {
    private final RelayedCall call;
    private final CallMedia media;
    private final SipMethods methods;

    RoomEars(RelayedCall call, CallMedia media, SipMethods methods) {
        this.call = call;
        this.media = media;
        this.methods = methods;
    }

    @Override
    public void audioReceived(RemoteAudioTrack track, RtpPacket packet) {
        if (!Supervisors.whispersOn(track)) {
            media.roomAudio(track.sid(), packet);
        }
    }

    @Override
    public void trackSubscribed(RemoteAudioTrack track) {
        if (!Supervisors.whispersOn(track)) {
            call.inTheRoom(this, reception -> reception.published(track));
        }
    }

    @Override
    public void trackUnsubscribed(RemoteAudioTrack track) {
        media.trackEnded(track.sid());
        call.inTheRoom(this, reception -> reception.unpublished(track));
    }

    @Override
    public void localTrackSubscribed(String trackSid) {
        call.inTheRoom(this, Reception::listened);
    }

    /** Muted by LiveKit's room service. It remains in force wherever the call's track is published again. */
    @Override
    public void localTrackMuted(String trackSid, boolean muted) {
        media.mutedByRoom(muted);
    }

    @Override
    public void participantJoined(RemoteParticipant participant) {
        call.inTheRoom(this, reception -> {
            // The reception sees the participant when it looks.
        });
    }

    @Override
    public void participantUpdated(RemoteParticipant participant) {
        participant.audioTracks().forEach(track -> media.muted(track.sid(), track.muted()));
        if (RoomAgents.isCalled(participant)) {
            call.inTheRoom(this, reception -> {
                // The reception sees that the participant's call was answered when it looks.
            });
        }
    }

    @Override
    public void localAttributes(Map<String, String> attributes) {
        call.whileIn(this, () -> call.parting().heard(attributes));
    }

    @Override
    public void participantLeft(RemoteParticipant participant, DisconnectReason why) {
        call.inTheRoom(this, reception -> reception.left(participant.sid(), why));
    }

    @Override
    public void dataReceived(Optional<RemoteParticipant> sender, DataMessage message) {
        switch (message) {
            case DataMessage.SipDtmf dtmf -> DtmfKey.ofRoom(dtmf.code(), dtmf.digit()).forEach(key -> {
                media.press(key);
                call.whileIn(this, () -> call.transfers().pressed(sender, key));
            });
            case DataMessage.UserData data when Transfers.takes(data.topic()) ->
                call.whileIn(this, () -> call.transfers().asked(sender, data.topic(), data.payload()));
            case DataMessage.UserData data -> {
                // Concerns only the others in the room.
            }
        }
    }

    @Override
    public void rpcCalled(RpcCall asked) {
        if (Transfers.takes(asked.method())) {
            call.whileIn(this, () -> call.transfers().called(asked));
        } else if (CallerHold.knows(asked.method())) {
            call.whileIn(this, () -> call.hold().called(asked));
        } else if (asked.method().equals(HandBack.AGENT)) {
            call.whileIn(this, () -> call.handBack().called(asked));
        } else if (SipMethods.knows(asked.method())) {
            call.whileIn(this, () -> methods.called(asked));
        } else {
            RoomListener.super.rpcCalled(asked);
        }
    }

    @Override
    public void disconnected(DisconnectReason reason) {
        call.disconnected(this, reason);
    }
}
