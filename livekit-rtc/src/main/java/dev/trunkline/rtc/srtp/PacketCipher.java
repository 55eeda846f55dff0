package dev.trunkline.rtc.srtp;

/**
 * Encrypts and authenticates packets in place under the session keys of one direction, of SRTP or of SRTCP. Knows nothing of
 * SSRCs that came before, and nothing of repetitions. Confined to one thread; allocates nothing for a packet.
 */
sealed interface PacketCipher permits GcmCipher, CounterModeCipher {

    /** Octets of SRTCP's index, whose first bit says that the packet is encrypted (RFC 3711 section 3.4). */
    int INDEX = 4;

    /** That bit. */
    int ENCRYPTED = 0x8000_0000;

    /** After this index a key must not be used for SRTCP any more. */
    int LAST_INDEX = 0x7fff_ffff;

    /**
     * @param header octets that stay in the clear
     * @param index  of 48 bits: rollover counter and sequence number
     * @return the new length
     */
    int sealRtp(byte[] packet, int header, int length, int ssrc, long index);

    /**
     * The reverse; a packet that is not authentic stays as it is.
     *
     * @return the new length, −1 for one that is not authentic
     */
    int openRtp(byte[] packet, int header, int length, int ssrc, long index);

    /** @param index of 31 bits. @return the new length */
    int sealRtcp(byte[] packet, int length, int ssrc, int index);

    /** The reverse. @return the new length, −1 for one that is not authentic */
    int openRtcp(byte[] packet, int length, int ssrc);

    /** The index and the bit before it, of a packet that is long enough to have one. */
    int indexOfRtcp(byte[] packet, int length);

    /** Octets that a packet of SRTCP has at least. */
    int shortestRtcp();
}
