package dev.trunkline.rtc.room;

import dev.trunkline.rtc.AudioCodec;
import dev.trunkline.rtc.AudioPublication;
import dev.trunkline.rtc.RtcException;
import dev.trunkline.rtc.sdp.Answer;
import dev.trunkline.rtc.sdp.AnswerSection;
import dev.trunkline.rtc.sdp.Extensions;
import dev.trunkline.rtc.sdp.OfferedAudio;
import dev.trunkline.rtc.signal.ServerMessages;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import livekit.LivekitModels;
import livekit.LivekitRtc;

/** A track that is being published: it is complete when the server has both named it and answered its section. */
final class Publication {

    /** Groups microphone and camera, as LiveKit's other clients do. */
    private static final String STREAM = "camera";

    private final AudioPublication wanted;
    private final OfferedAudio offered;
    private Optional<LivekitModels.TrackInfo> info = Optional.empty();
    private Optional<AnswerSection> section = Optional.empty();

    Publication(AudioPublication wanted, long ssrc, String cname, RandomGenerator random) {
        this.wanted = wanted;
        this.offered = new OfferedAudio(
                "microphone-" + Long.toHexString(random.nextLong()), STREAM, ssrc, cname, wanted.preferred());
    }

    OfferedAudio offered() {
        return offered;
    }

    LivekitRtc.AddTrackRequest request() {
        return ServerMessages.microphone(wanted, offered.trackId(), STREAM);
    }

    /** The server's description, needed to report our state after a resume. */
    Optional<LivekitRtc.TrackPublishedResponse> state() {
        return info.map(track ->
                LivekitRtc.TrackPublishedResponse.newBuilder().setCid(offered.trackId()).setTrack(track).build());
    }

    void published(LivekitRtc.TrackPublishedResponse response) {
        if (response.getCid().equals(offered.trackId())) {
            info = Optional.of(response.getTrack());
        }
    }

    void answered(Answer answer) {
        section = answer.section(Negotiation.PUBLISHED_MID);
    }

    /**
     * Returns the track, once both are there.
     *
     * @throws RtcException if the room supports none of the preferred codecs
     */
    Optional<PublishedTrack> track(MediaTransport transport) {
        if (info.isEmpty() || section.isEmpty()) {
            return Optional.empty();
        }
        AnswerSection answered = section.get();
        List<AudioCodec> taken = answered.rejected() ? List.of() : answered.codecs();
        AudioCodec codec = wanted.preferred().stream().filter(taken::contains).findFirst()
                .orElseThrow(() -> new RtcException(RtcException.Kind.NO_CODEC,
                        "the room accepts none of " + wanted.preferred() + ": it accepts " + taken));
        int levelId = answered.extensionId(Extensions.AUDIO_LEVEL).orElse(0);
        return Optional.of(new PublishedTrack(info.get().getSid(), codec, offered.ssrc(), levelId, transport));
    }
}
