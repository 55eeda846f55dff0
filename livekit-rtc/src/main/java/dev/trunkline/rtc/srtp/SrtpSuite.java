package dev.trunkline.rtc.srtp;

import org.jitsi.srtp.SrtpPolicy;

/** How packets are encrypted and authenticated, under keys of 16 octets. */
public enum SrtpSuite {
    /** RFC 7714; a salt of 12 octets. */
    AEAD_AES_128_GCM(12) {
        @Override
        SrtpPolicy rtp() {
            return new SrtpPolicy(SrtpPolicy.AESGCM_ENCRYPTION, 16, SrtpPolicy.NULL_AUTHENTICATION, 0, 16, 12);
        }
    },
    /** RFC 3711, RFC 4568 section 6.2.1; a salt of 14 octets. */
    AES_CM_128_HMAC_SHA1_80(14) {
        @Override
        SrtpPolicy rtp() {
            return counterMode(10);
        }
    },
    /** RFC 4568 section 6.2.2: the same with tags of 4 octets, but for RTCP, whose tags stay at 10. */
    AES_CM_128_HMAC_SHA1_32(14) {
        @Override
        SrtpPolicy rtp() {
            return counterMode(4);
        }

        @Override
        SrtpPolicy rtcp() {
            return counterMode(10);
        }
    };

    private final int saltLength;

    SrtpSuite(int saltLength) {
        this.saltLength = saltLength;
    }

    /** Octets of the master salt. */
    public int saltLength() {
        return saltLength;
    }

    abstract SrtpPolicy rtp();

    SrtpPolicy rtcp() {
        return rtp();
    }

    private static SrtpPolicy counterMode(int tagLength) {
        return new SrtpPolicy(SrtpPolicy.AESCM_ENCRYPTION, 16, SrtpPolicy.HMACSHA1_AUTHENTICATION, 20, tagLength, 14);
    }
}
