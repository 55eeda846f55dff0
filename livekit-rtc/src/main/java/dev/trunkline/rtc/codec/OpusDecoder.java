package dev.trunkline.rtc.codec;

/**
 * Decodes one mono Opus stream (RFC 6716) to 16-bit samples at the rate it was created for.
 *
 * <p>Confined to the thread that created it: another thread gets a {@link WrongThreadException}. After {@link #close()}
 * every call except {@code close()} throws an {@link IllegalStateException}.
 */
public interface OpusDecoder extends AutoCloseable {

    /** Result of a decode whose bytes are not an Opus packet; the state is unchanged, so conceal the loss and continue. */
    int INVALID_PACKET = -4;

    /** The longest audio in one packet, in milliseconds (RFC 6716 section 2.1.4). */
    int MAX_PACKET_MILLIS = 120;

    /** Sample rate of the output: 8000, 12000, 16000, 24000 or 48000. */
    int sampleRate();

    /**
     * Decodes one packet.
     *
     * @param pcm receives the samples from index 0; {@code sampleRate * 120 / 1000} holds any packet
     * @return samples written, or {@link #INVALID_PACKET}
     * @throws IllegalArgumentException if the packet holds more audio than {@code pcm}
     */
    int decode(byte[] packet, int offset, int length, short[] pcm);

    /**
     * Fills in for a lost packet from the audio before it (packet loss concealment).
     *
     * @param samples how much is missing: a multiple of 2.5 ms, at most 120 ms
     * @return samples written
     */
    int conceal(short[] pcm, int samples);

    /**
     * Fills in for a lost packet from the copy that the <em>next</em> packet carries (in-band FEC); conceals the loss if it
     * carries none.
     *
     * @param packet the packet that followed the lost one; decode it afterwards as usual
     * @param samples how much is missing: a multiple of 2.5 ms, at most 120 ms
     * @return samples written, or {@link #INVALID_PACKET}
     */
    int decodeFec(byte[] packet, int offset, int length, short[] pcm, int samples);

    /** Frees the state. Idempotent. */
    @Override
    void close();
}
