package dev.trunkline.rtc.codec;

/**
 * Encodes one mono voice stream to Opus packets (RFC 6716).
 *
 * <p>Confined to the thread that created it: another thread gets a {@link WrongThreadException}. After {@link #close()}
 * every call except {@code close()} throws an {@link IllegalStateException}.
 */
public interface OpusEncoder extends AutoCloseable {

    /** Largest size of a packet with one frame of up to 20 ms (RFC 6716 section 3.4). */
    int MAX_FRAME_BYTES = 1275;

    /** Sample rate of the input: 8000, 12000, 16000, 24000 or 48000. */
    int sampleRate();

    /**
     * Encodes one frame.
     *
     * @param samples length of the frame: 2.5, 5, 10, 20, 40 or 60 ms
     * @param packet receives the packet from {@code packetOffset}; {@link #MAX_FRAME_BYTES} of space is always enough for
     *     20 ms
     * @return bytes written
     * @throws IllegalArgumentException if the frame does not have such a length, or the packet does not fit
     */
    int encode(short[] pcm, int offset, int samples, byte[] packet, int packetOffset);

    /**
     * Sets the loss that in-band FEC is to protect against.
     *
     * @param percent 0 to 100; 0 sends no FEC even if it is enabled
     */
    void expectLoss(int percent);

    /** Frees the state. Idempotent. */
    @Override
    void close();
}
