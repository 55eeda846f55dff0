package dev.trunkline.rtc;

import java.util.Optional;

/** A view of one received and decrypted RTP packet (RFC 3550), valid only during the call that it is passed to. */
public interface RtpPacket {

    /** 16 bits. */
    int sequence();

    /** 32 bits, in units of the codec's clock. */
    long timestamp();

    boolean marker();

    int payloadType();

    Optional<AudioCodec> codec();

    /** 32 bits, unsigned. */
    long ssrc();

    /** The buffer that holds the packet; it belongs to the library and must not be kept or written to. */
    byte[] buffer();

    int payloadOffset();

    int payloadLength();

    /** The sender's audio level (RFC 6464), 0 loudest to 127 silence; −1 if the packet has none. */
    int audioLevel();
}
