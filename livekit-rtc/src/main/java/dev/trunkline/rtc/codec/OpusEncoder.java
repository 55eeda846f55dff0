package dev.trunkline.rtc.codec;

/**
 * Encodes one mono voice stream to Opus packets (RFC 6716).
 *
 * <p>Confined to the thread that made it: another thread gets a {@link WrongThreadException}. After {@link #close()}
 * every call but {@code close()} throws an {@link IllegalStateException}.
 */
public interface OpusEncoder extends AutoCloseable {

    /** The most bytes that a packet of one frame of up to 20 ms takes (RFC 6716 section 3.4). */
    int MAX_FRAME_BYTES = 1275;

    /** Samples a second of what it reads: 8000, 12000, 16000, 24000 or 48000. */
    int sampleRate();

    /**
     * Encodes one frame.
     *
     * @param samples length of the frame: 2.5, 5, 10, 20, 40 or 60 ms
     * @param packet takes the packet from {@code packetOffset}; {@link #MAX_FRAME_BYTES} of room is always enough for
     *     20 ms
     * @return bytes written
     * @throws IllegalArgumentException if the frame has no such length, or the packet no room
     */
    int encode(short[] pcm, int offset, int samples, byte[] packet, int packetOffset);

    /**
     * How much loss to arm against with in-band FEC.
     *
     * @param percent 0 to 100; 0 sends no FEC even where it is switched on
     */
    void expectLoss(int percent);

    /** Gives the state back. Does nothing the second time. */
    @Override
    void close();
}
