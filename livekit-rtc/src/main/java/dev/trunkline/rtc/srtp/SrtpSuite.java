package dev.trunkline.rtc.srtp;

/** Encryption and authentication of packets, with keys of 16 octets. */
public enum SrtpSuite {
    /** RFC 7714; a salt of 12 octets. */
    AEAD_AES_128_GCM(12, 16, 16),
    /** RFC 3711, RFC 4568 section 6.2.1; a salt of 14 octets. */
    AES_CM_128_HMAC_SHA1_80(14, 10, 10),
    /** RFC 4568 section 6.2.2: the same with tags of 4 octets, except for RTCP, whose tags keep 10. */
    AES_CM_128_HMAC_SHA1_32(14, 4, 10);

    private final int saltLength;
    private final int rtpTag;
    private final int rtcpTag;

    SrtpSuite(int saltLength, int rtpTag, int rtcpTag) {
        this.saltLength = saltLength;
        this.rtpTag = rtpTag;
        this.rtcpTag = rtcpTag;
    }

    /** Octets of the master salt. */
    public int saltLength() {
        return saltLength;
    }

    PacketCipher rtp(byte[] key, byte[] salt) {
        return cipher(new SessionKeys(key, checked(salt), false), rtpTag);
    }

    PacketCipher rtcp(byte[] key, byte[] salt) {
        return cipher(new SessionKeys(key, checked(salt), true), rtcpTag);
    }

    private PacketCipher cipher(SessionKeys keys, int tag) {
        return this == AEAD_AES_128_GCM ? new GcmCipher(keys) : new CounterModeCipher(keys, tag);
    }

    private byte[] checked(byte[] salt) {
        if (salt.length != saltLength) {
            throw new IllegalArgumentException("a master salt of " + this + " has " + saltLength + " octets, not " + salt.length);
        }
        return salt;
    }
}
