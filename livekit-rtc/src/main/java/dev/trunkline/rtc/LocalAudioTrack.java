package dev.trunkline.rtc;

/** The audio track that we publish. */
public interface LocalAudioTrack {

    /** The track's id, {@code TR_…}. */
    String sid();

    /** The codec that the room's answer chose among those preferred: payloads given to {@code send} must be in it. */
    AudioCodec codec();

    /**
     * Sends one packet now: no pacing, no copy beyond the one into the packet that is encrypted. Must be called on the
     * room's media loop. Sequence and timestamp are the caller's own continuous numbering: a gap in them is a loss for
     * the listener. For G.711 the audio level (RFC 6464) is computed from the payload.
     *
     * @param sequence  16 bits
     * @param timestamp 32 bits, in units of the codec's clock
     * @param marker    true on the first packet after silence (RFC 3551 section 4.1)
     * @throws IllegalStateException when called from another thread
     */
    void send(int sequence, long timestamp, boolean marker, byte[] payload, int offset, int length);

    /**
     * The same with the level given by the caller.
     *
     * @param audioLevel 0 (loudest) to 127 (silence) in −dBov as RFC 6464 has it, or −1 to send none
     */
    void send(int sequence, long timestamp, boolean marker, byte[] payload, int offset, int length, int audioLevel);
}
