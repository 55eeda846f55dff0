package dev.trunkline.rtc;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The audio codecs that this library supports in a room. Payload types are fixed: every offer we make uses them. */
public enum AudioCodec {
    /** G.711 µ-law, RFC 3551 payload type 0. */
    PCMU(0, 8000, 1),
    /** G.711 A-law, RFC 3551 payload type 8. */
    PCMA(8, 8000, 1),
    /** Opus, RFC 7587: always 48000 Hz and two channels in SDP, whatever is encoded. */
    OPUS(111, 48000, 2);

    private final int payloadType;
    private final int clockRate;
    private final int channels;

    AudioCodec(int payloadType, int clockRate, int channels) {
        this.payloadType = payloadType;
        this.clockRate = clockRate;
        this.channels = channels;
    }

    /** RTP payload type, the same in both directions of a room. */
    public int payloadType() {
        return payloadType;
    }

    /** RTP clock in Hz: 8000 or 48000. */
    public int clockRate() {
        return clockRate;
    }

    /** Number of channels as given in SDP. */
    public int channels() {
        return channels;
    }

    /** The MIME type, for example {@code audio/PCMU}, as LiveKit writes it in a track's description. */
    public String mimeType() {
        return "audio/" + (this == OPUS ? "opus" : name());
    }

    public static Optional<AudioCodec> ofPayloadType(int payloadType) {
        return switch (payloadType) {
            case 0 -> Optional.of(PCMU);
            case 8 -> Optional.of(PCMA);
            case 111 -> Optional.of(OPUS);
            default -> Optional.empty();
        };
    }

    /** Looks up a codec by the name in an {@code a=rtpmap} line, ignoring case. */
    public static Optional<AudioCodec> ofEncodingName(String name) {
        String wanted = name.toUpperCase(Locale.ROOT);
        return Arrays.stream(values()).filter(codec -> codec.name().equals(wanted)).findFirst();
    }
}
