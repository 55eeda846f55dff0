package dev.trunkline.rtc.codec;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An implementation of Opus: libopus through {@code java.lang.foreign}, or Concentus, which is pure Java.
 *
 * <p>libopus decodes a 20 ms frame in about 8 µs and encodes it in 26 to 107 µs; Concentus takes 20 µs and 242 µs.
 * Both speak the same packets. The factory may be shared by threads; what it makes may not.
 */
public sealed interface OpusCodec permits ConcentusCodec, LibOpusCodec {

    /** libopus where this machine has it, Concentus otherwise. */
    static OpusCodec detect() {
        return libopus().orElseGet(OpusCodec::concentus);
    }

    /** libopus, where this machine has it and lets Java call it. */
    static Optional<OpusCodec> libopus() {
        return LibOpus.find(LibOpus.USUAL_NAMES).map(LibOpusCodec::new);
    }

    /** The pure Java implementation, which is always there. */
    static OpusCodec concentus() {
        return new ConcentusCodec();
    }

    /** Every implementation that this machine has, the preferred one first. */
    static List<OpusCodec> available() {
        List<OpusCodec> codecs = new ArrayList<>();
        libopus().ifPresent(codecs::add);
        codecs.add(concentus());
        return List.copyOf(codecs);
    }

    /** For logs: which implementation, and its version. */
    String name();

    /**
     * A decoder of one stream.
     *
     * @param sampleRate 8000, 12000, 16000, 24000 or 48000; Opus decodes straight to any of them, whatever was encoded
     */
    OpusDecoder decoder(int sampleRate);

    /**
     * An encoder of one voice stream.
     *
     * @param sampleRate 8000, 12000, 16000, 24000 or 48000
     * @param bitrate bits a second, 6000 to 510000
     * @param complexity 0 (cheapest) to 10 (best)
     * @param fec whether packets carry a coarse copy of the one before; arms for 10 % loss until told otherwise by
     *     {@link OpusEncoder#expectLoss}
     */
    OpusEncoder encoder(int sampleRate, int bitrate, int complexity, boolean fec);
}
