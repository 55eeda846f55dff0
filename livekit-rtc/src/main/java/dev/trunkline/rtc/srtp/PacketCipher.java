package dev.trunkline.rtc.srtp;

/**
 * Encrypts and authenticates packets in place under the session keys of one direction, of SRTP or of SRTCP. Keeps no state of
 * earlier SSRCs or packets. Confined to one thread; a packet allocates nothing.
 */
sealed interface PacketCipher permits GcmCipher, CounterModeCipher {

    /** Octets of SRTCP's index, whose first bit means that the packet is encrypted (RFC 3711 section 3.4). */
    int INDEX = 4;

    /** The bit for encryption. */
    int ENCRYPTED = 0x8000_0000;

    /** After this index a key must not be used for SRTCP any more. */
    int LAST_INDEX = 0x7fff_ffff;

    /**
     * @param header octets that are not encrypted
     * @param index  48 bits: rollover counter and sequence number
     * @return the new length
     */
    int sealRtp(byte[] packet, int header, int length, int ssrc, long index);

    /**
     * The reverse; a packet that is not authentic is left unchanged.
     *
     * @return the new length, −1 if the packet is not authentic
     */
    int openRtp(byte[] packet, int header, int length, int ssrc, long index);

    /** @param index 31 bits @return the new length */
    int sealRtcp(byte[] packet, int length, int ssrc, int index);

    /** The reverse. @return the new length, −1 if the packet is not authentic */
    int openRtcp(byte[] packet, int length, int ssrc);

    /** Returns the index and the bit before it, of a packet that is long enough to contain them. */
    int indexOfRtcp(byte[] packet, int length);

    /** Minimum length of an SRTCP packet, in octets. */
    int shortestRtcp();
}
