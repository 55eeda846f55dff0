package dev.trunkline.rtc;

/** The audio track that we publish. */
public interface LocalAudioTrack {

    /** The track's id, {@code TR_…}. */
    String sid();

    /** The codec that the room's answer chose among the preferred ones: payloads passed to {@code send} must use it. */
    AudioCodec codec();

    /**
     * Sends one packet immediately, without pacing and without any copy except the one into the packet that is encrypted. Must
     * be called on the room's media loop. Sequence and timestamp are the caller's own continuous numbering: the receiver sees a
     * gap in them as loss. For G.711 the audio level (RFC 6464) is computed from the payload.
     *
     * @param sequence  16 bits
     * @param timestamp 32 bits, in units of the codec's clock
     * @param marker    true on the first packet after silence (RFC 3551 section 4.1)
     * @throws IllegalStateException when called from another thread
     */
    void send(int sequence, long timestamp, boolean marker, byte[] payload, int offset, int length);

    /**
     * As above, with the level given by the caller.
     *
     * @param audioLevel 0 (loudest) to 127 (silence) in −dBov as in RFC 6464, or −1 to send none
     */
    void send(int sequence, long timestamp, boolean marker, byte[] payload, int offset, int length, int audioLevel);
}
