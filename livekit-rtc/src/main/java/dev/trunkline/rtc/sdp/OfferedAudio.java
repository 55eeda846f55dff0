package dev.trunkline.rtc.sdp;

import dev.trunkline.rtc.AudioCodec;
import java.util.List;

/**
 * The audio section in which we send.
 *
 * @param trackId  LiveKit's {@code cid}, which associates this section with the AddTrack request
 * @param streamId groups tracks
 * @param ssrc     32 bits
 * @param cname    RTCP canonical name
 * @param codecs   in order of preference; the others are offered after them
 */
public record OfferedAudio(String trackId, String streamId, long ssrc, String cname, List<AudioCodec> codecs) {

    public OfferedAudio {
        codecs = List.copyOf(codecs);
    }
}
