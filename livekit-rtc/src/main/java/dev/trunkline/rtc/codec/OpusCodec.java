package dev.trunkline.rtc.codec;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An implementation of Opus: libopus through {@code java.lang.foreign}, or Concentus, which is pure Java.
 *
 * <p>libopus decodes a 20 ms frame in about 8 µs and encodes it in 26 to 107 µs; Concentus takes 20 µs and 242 µs.
 * Their packets are compatible. Threads may share the factory, but not the codecs that it creates.
 */
public sealed interface OpusCodec permits ConcentusCodec, LibOpusCodec {

    /** Returns libopus if this machine has it, otherwise Concentus. */
    static OpusCodec detect() {
        return libopus().orElseGet(OpusCodec::concentus);
    }

    /** Returns libopus, if this machine has it and permits native calls from Java. */
    static Optional<OpusCodec> libopus() {
        return LibOpus.find(LibOpus.USUAL_NAMES).map(LibOpusCodec::new);
    }

    /** Returns the pure Java implementation, which is always available. */
    static OpusCodec concentus() {
        return new ConcentusCodec();
    }

    /** Returns every implementation available on this machine, the preferred one first. */
    static List<OpusCodec> available() {
        List<OpusCodec> codecs = new ArrayList<>();
        libopus().ifPresent(codecs::add);
        codecs.add(concentus());
        return List.copyOf(codecs);
    }

    /** Implementation and version, for logs. */
    String name();

    /**
     * Creates a decoder of one stream.
     *
     * @param sampleRate 8000, 12000, 16000, 24000 or 48000; Opus decodes directly to any of them, whatever was encoded
     */
    OpusDecoder decoder(int sampleRate);

    /**
     * Creates an encoder of one voice stream.
     *
     * @param sampleRate 8000, 12000, 16000, 24000 or 48000
     * @param bitrate bits per second, 6000 to 510000
     * @param complexity 0 (cheapest) to 10 (best)
     * @param fec whether packets carry a coarse copy of the previous one; assumes 10 % loss until told otherwise by
     *     {@link OpusEncoder#expectLoss}
     */
    OpusEncoder encoder(int sampleRate, int bitrate, int complexity, boolean fec);
}
