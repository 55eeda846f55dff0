package dev.trunkline.relay.audio;

/** Decodes the packets of one sender, at its own sample rate. Confined to one thread. */
public interface FrameDecoder extends AutoCloseable {
    /** The longest packet that is accepted (RFC 3551 section 4.2 requires this much). */
    int MOST_MILLIS = 200;
    /** The most samples that one call writes: those of the longest packet at 16 kHz. */
    int MOST_SAMPLES = 16 * MOST_MILLIS;

    /** Returns the sample rate of the output: 8000 or 16000 Hz. */
    int sampleRate();

    /** @return samples written to {@code pcm} from {@code at}; 0 if the payload is damaged */
    int decode(byte[] payload, int offset, int length, short[] pcm, int at);

    /** Conceals a lost packet of {@code samples}. @return samples written */
    int conceal(short[] pcm, int at, int samples);

    /** Does the same if the following packet is available, which may carry a copy of the lost one. */
    default int recover(byte[] following, int offset, int length, short[] pcm, int at, int samples) {
        return conceal(pcm, at, samples);
    }

    @Override
    default void close() {}
}
