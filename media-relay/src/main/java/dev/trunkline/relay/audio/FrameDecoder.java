package dev.trunkline.relay.audio;

/** Makes samples of one sender's packets, at a rate of its own. Confined to one thread. */
public interface FrameDecoder extends AutoCloseable {
    /** The longest packet that is taken (RFC 3551 section 4.2 asks for that much). */
    int MOST_MILLIS = 200;
    /** The most samples that one call writes: of the longest packet at 16 kHz. */
    int MOST_SAMPLES = 16 * MOST_MILLIS;

    /** Samples a second of what it writes: 8000 or 16000. */
    int sampleRate();

    /** @return samples written to {@code pcm} from {@code at}; 0 if the payload is damaged */
    int decode(byte[] payload, int offset, int length, short[] pcm, int at);

    /** Fills in for a lost packet of {@code samples}. @return samples written */
    int conceal(short[] pcm, int at, int samples);

    /** The same where the packet that followed is there, which may carry a copy of the lost one. */
    default int recover(byte[] following, int offset, int length, short[] pcm, int at, int samples) {
        return conceal(pcm, at, samples);
    }

    @Override
    default void close() {}
}
