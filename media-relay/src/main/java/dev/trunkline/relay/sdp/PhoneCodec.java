package dev.trunkline.relay.sdp;

import dev.trunkline.rtc.codec.G711;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;

/** The codecs that are supported with phones. */
public enum PhoneCodec {
    /** G.711 µ-law. */
    PCMU("PCMU", 0, 8_000, 8_000),
    /** G.711 A-law. */
    PCMA("PCMA", 8, 8_000, 8_000),
    /** Wideband; its RTP clock is 8000 Hz because of an old mistake that became the rule (RFC 3551 section 4.5.2). */
    G722("G722", 9, 8_000, 16_000),
    /** Always 48000 Hz and two channels in SDP, whatever the content (RFC 7587 section 4.1); encoded and mixed here at 16000 Hz. */
    OPUS("opus", -1, 48_000, 16_000);

    /** Cached because it is needed for each packet. */
    private static final Optional<G711> MU_LAW = Optional.of(G711.PCMU);
    private static final Optional<G711> A_LAW = Optional.of(G711.PCMA);

    private final String encodingName;
    private final int staticPayloadType;
    private final int clockRate;
    private final int sampleRate;

    PhoneCodec(String encodingName, int staticPayloadType, int clockRate, int sampleRate) {
        this.encodingName = encodingName;
        this.staticPayloadType = staticPayloadType;
        this.clockRate = clockRate;
        this.sampleRate = sampleRate;
    }

    /** Returns the name as in {@code a=rtpmap}. */
    public String encodingName() {
        return encodingName;
    }

    /** RFC 3551 section 6; empty for a codec that has only a dynamic type. */
    OptionalInt staticPayloadType() {
        return staticPayloadType < 0 ? OptionalInt.empty() : OptionalInt.of(staticPayloadType);
    }

    /** Returns the clock rate of RTP timestamps, in Hz. */
    public int clockRate() {
        return clockRate;
    }

    /** Returns the sample rate of what is encoded here. */
    public int sampleRate() {
        return sampleRate;
    }

    /** Returns the value of {@code a=rtpmap} after the payload type. */
    public String rtpmap() {
        return encodingName + "/" + clockRate + (this == OPUS ? "/2" : "");
    }

    /** Returns the law of G.711; empty for the other codecs. */
    public Optional<G711> law() {
        return switch (this) {
            case PCMU -> MU_LAW;
            case PCMA -> A_LAW;
            case G722, OPUS -> Optional.empty();
        };
    }

    /** Returns the units of an RTP timestamp that pass in a time; only differences are meaningful. */
    public long units(long nanos) {
        return nanos / 1_000 * (clockRate / 1_000) / 1_000;
    }

    /** Returns the octets for this much audio if octets determine the length (G.711, G.722); −1 if they do not. */
    public int octets(int millis) {
        return this == OPUS ? -1 : 8 * millis;
    }

    /** Returns the codec by name in any case, as in a setting. */
    public static Optional<PhoneCodec> named(String name) {
        return Arrays.stream(values()).filter(codec -> codec.encodingName.equalsIgnoreCase(name.strip())).findFirst();
    }

    /** Returns the codec of a payload type without an rtpmap (RFC 3551 section 6). */
    static Optional<PhoneCodec> ofStaticType(int payloadType) {
        return Arrays.stream(values()).filter(codec -> codec.staticPayloadType == payloadType).findFirst();
    }
}
