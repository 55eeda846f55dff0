package dev.trunkline.rtc.sdp;

import dev.trunkline.rtc.AudioCodec;
import dev.trunkline.rtc.ice.IceCandidate;
import dev.trunkline.rtc.ice.IceCredentials;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * An offer for the only peer connection with LiveKit. The order of its sections never changes between offers; new
 * ones are only appended (RFC 8829 section 5.2.2):
 *
 * <pre>
 *   0      the audio that we publish, if any
 *   next   data channels
 *   rest   one section for each track to be received
 * </pre>
 *
 * @param sessionId     the same in each offer of a room
 * @param version       rises by one with each offer
 * @param credentials   new ones restart ICE
 * @param fingerprint   SHA-256 of our certificate, as in {@code a=fingerprint}
 * @param candidates    our host candidates
 * @param published     the audio that we send
 * @param receivedCount sections for audio that we receive
 */
public record Offer(
        long sessionId,
        long version,
        IceCredentials credentials,
        String fingerprint,
        List<IceCandidate> candidates,
        Optional<OfferedAudio> published,
        int receivedCount) {

    private static final String END = "\r\n";

    public Offer {
        candidates = List.copyOf(candidates);
    }

    public String toSdp() {
        List<String> sections = new ArrayList<>();
        published.ifPresent(audio -> sections.add(sendingSection(sections.size(), audio)));
        sections.add(dataSection(sections.size()));
        for (int i = 0; i < receivedCount; i++) {
            sections.add(receivingSection(sections.size()));
        }
        String mids = IntStream.range(0, sections.size()).mapToObj(mid -> " " + mid).collect(Collectors.joining());
        return "v=0" + END
                + "o=- " + sessionId + " " + version + " IN IP4 0.0.0.0" + END
                + "s=-" + END
                + "t=0 0" + END
                + "a=group:BUNDLE" + mids + END
                + "a=msid-semantic: WMS *" + END
                + "a=ice-options:trickle" + END
                + String.join("", sections);
    }

    private String sendingSection(int mid, OfferedAudio audio) {
        String msid = audio.streamId() + " " + audio.trackId();
        return audioSection(mid, audio.codecs(), "sendonly")
                + "a=msid:" + msid + END
                + "a=ssrc:" + audio.ssrc() + " cname:" + audio.cname() + END
                + "a=ssrc:" + audio.ssrc() + " msid:" + msid + END;
    }

    private String receivingSection(int mid) {
        return audioSection(mid, List.of(AudioCodec.OPUS), "recvonly");
    }

    /**
     * Every audio section lists every codec: livekit-server takes the codecs of the first offer as those of the
     * connection, so subscribing to a track with any other codec would not work.
     */
    private String audioSection(int mid, List<AudioCodec> preferred, String direction) {
        List<AudioCodec> codecs = Stream.concat(
                preferred.stream(), Stream.of(AudioCodec.OPUS, AudioCodec.PCMU, AudioCodec.PCMA)).distinct().toList();
        String formats = codecs.stream().map(codec -> " " + codec.payloadType()).collect(Collectors.joining());
        return "m=audio 9 UDP/TLS/RTP/SAVPF" + formats + END
                + transport(mid)
                + "a=extmap:" + Extensions.AUDIO_LEVEL_ID + " " + Extensions.AUDIO_LEVEL + END
                + "a=" + direction + END
                + "a=rtcp-mux" + END
                + codecs.stream().map(Offer::mapping).collect(Collectors.joining());
    }

    private String dataSection(int mid) {
        return "m=application 9 UDP/DTLS/SCTP webrtc-datachannel" + END
                + transport(mid)
                + "a=sctp-port:5000" + END
                + "a=max-message-size:65535" + END;
    }

    private String transport(int mid) {
        return "c=IN IP4 0.0.0.0" + END
                + candidates.stream().map(c -> "a=candidate:" + c.toSdp() + END).collect(Collectors.joining())
                + "a=ice-ufrag:" + credentials.ufrag() + END
                + "a=ice-pwd:" + credentials.password() + END
                + "a=fingerprint:sha-256 " + fingerprint + END
                + "a=setup:active" + END
                + "a=mid:" + mid + END;
    }

    private static String mapping(AudioCodec codec) {
        return switch (codec) {
            case PCMU -> "a=rtpmap:0 PCMU/8000" + END;
            case PCMA -> "a=rtpmap:8 PCMA/8000" + END;
            case OPUS -> "a=rtpmap:111 opus/48000/2" + END + "a=fmtp:111 minptime=10;useinbandfec=1" + END;
        };
    }
}
