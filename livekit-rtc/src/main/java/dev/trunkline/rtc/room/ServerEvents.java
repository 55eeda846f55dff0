package dev.trunkline.rtc.room;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Struct;
import com.google.protobuf.util.JsonFormat;
import dev.trunkline.rtc.RtcException;
import dev.trunkline.rtc.ice.IceCandidate;
import dev.trunkline.rtc.sdp.Answer;
import dev.trunkline.rtc.sdp.SdpException;
import dev.trunkline.rtc.signal.Signalling;
import java.util.Optional;
import livekit.LivekitRtc;
import org.jboss.logging.Logger;

/** Interprets the server's messages for the room. */
final class ServerEvents implements Signalling.Events {

    private static final Logger LOG = Logger.getLogger(ServerEvents.class);

    private final RoomSession session;
    private final RoomLife life;
    private boolean everybodyNext;

    ServerEvents(RoomSession session, RoomLife life) {
        this.session = session;
        this.life = life;
    }

    @Override
    public void lost(RtcException why) {
        LOG.debugf("%s signalling lost: %s", session.logLabel(), why.getMessage());
        life.signalLost(why);
    }

    @Override
    public void received(LivekitRtc.SignalResponse response) {
        LOG.tracef("%s server says %s", session.logLabel(), response.getMessageCase());
        switch (response.getMessageCase()) {
            case JOIN -> {
                session.welcome(response.getJoin());
                life.welcomed();
            }
            case RECONNECT -> {
                // The next message is a list of all participants.
                everybodyNext = true;
                life.signalResumed();
            }
            case ANSWER -> answer(response.getAnswer());
            case TRICKLE -> candidate(response.getTrickle()).ifPresent(session.transport()::trickled);
            case MEDIA_SECTIONS_REQUIREMENT ->
                session.sectionsNeeded(response.getMediaSectionsRequirement().getNumAudios());
            case UPDATE -> {
                if (everybodyNext) {
                    session.people().replace(response.getUpdate().getParticipantsList(), session.info().localSid());
                } else {
                    session.people().update(response.getUpdate().getParticipantsList(), session.info().localSid());
                }
                everybodyNext = false;
            }
            case ROOM_UPDATE -> session.room(response.getRoomUpdate().getRoom());
            case ROOM_MOVED -> session.movedTo(response.getRoomMoved());
            case TRACK_PUBLISHED -> session.trackPublished(response.getTrackPublished());
            case TRACK_SUBSCRIBED -> session.localTrackSubscribed(response.getTrackSubscribed().getTrackSid());
            case MUTE -> session.localTrackMuted(response.getMute().getSid(), response.getMute().getMuted());
            case REFRESH_TOKEN -> session.signalling().refreshToken(response.getRefreshToken());
            case REQUEST_RESPONSE -> requestAnswered(response.getRequestResponse());
            case LEAVE -> life.serverLeft(
                    Reasons.wish(response.getLeave()), Reasons.of(response.getLeave().getReason()));
            default -> {
                // Speakers, connection quality, video: not for audio-only clients.
            }
        }
    }

    private void answer(LivekitRtc.SessionDescription description) {
        try {
            Answer answer = Answer.parse(description.getSdp());
            if (!answer.setup().equals("passive")) {
                throw new SdpException("the answer wants a=setup:" + answer.setup() + ", but we are active");
            }
            session.answer(answer, description);
        } catch (SdpException e) {
            life.failed(new RtcException(RtcException.Kind.PROTOCOL, e.getMessage(), e));
        }
    }

    private void requestAnswered(LivekitRtc.RequestResponse response) {
        boolean refused = response.getReason() != LivekitRtc.RequestResponse.Reason.OK;
        if (response.hasAddTrack() && refused) {
            life.failed(new RtcException(RtcException.Kind.REFUSED, "the server refused the track ("
                    + response.getReason() + "): does the token allow publishing? " + response.getMessage()));
        } else {
            session.requests().answered(response);
        }
    }

    /** A trickled candidate is JSON: {@code {"candidate":"candidate:…","sdpMid":…}}; anything else is skipped. */
    private static Optional<IceCandidate> candidate(LivekitRtc.TrickleRequest trickle) {
        try {
            Struct.Builder json = Struct.newBuilder();
            JsonFormat.parser().merge(trickle.getCandidateInit(), json);
            return IceCandidate.parse(json.getFieldsMap()
                    .getOrDefault("candidate", com.google.protobuf.Value.getDefaultInstance()).getStringValue());
        } catch (InvalidProtocolBufferException notJson) {
            return Optional.empty();
        }
    }
}
