package dev.trunkline.relay.audio;

/** Encodes payloads for one receiver. Confined to one thread. */
public interface FrameEncoder extends AutoCloseable {
    /** Returns the sample rate of the input. */
    int sampleRate();

    /**
     * @param samples of a length that the codec supports: 10, 20, 40 or 60 ms suit all
     * @return octets written to {@code out} from {@code at}
     */
    int encode(short[] pcm, int offset, int samples, byte[] out, int at);

    @Override
    default void close() {}
}
