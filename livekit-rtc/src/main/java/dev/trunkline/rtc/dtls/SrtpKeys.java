package dev.trunkline.rtc.dtls;

import java.util.Arrays;

/**
 * Master keys and salts for both directions, from the DTLS exporter (RFC 5764 section 4.2).
 *
 * @param profile how to use them
 */
public record SrtpKeys(Profile profile, byte[] sendKey, byte[] sendSalt, byte[] receiveKey, byte[] receiveSalt) {

    /** The protection profiles that we offer, the preferred one first. */
    public enum Profile {
        /** RFC 7714: one pass over the packet, compared with two for the CM profile. */
        AEAD_AES_128_GCM(0x0007, 16, 12),
        /** RFC 5764 section 4.1.2: every WebRTC peer has it. */
        AES128_CM_HMAC_SHA1_80(0x0001, 16, 14);

        private final int code;
        private final int keyLength;
        private final int saltLength;

        Profile(int code, int keyLength, int saltLength) {
            this.code = code;
            this.keyLength = keyLength;
            this.saltLength = saltLength;
        }

        int code() {
            return code;
        }

        /** Octets of keying material that the exporter must supply. */
        int materialLength() {
            return 2 * (keyLength + saltLength);
        }
    }

    /** Splits the exporter's output: client key, server key, client salt, server salt. */
    static SrtpKeys split(Profile profile, byte[] material, boolean weAreClient) {
        int key = profile.keyLength;
        int salt = profile.saltLength;
        byte[] clientKey = Arrays.copyOfRange(material, 0, key);
        byte[] serverKey = Arrays.copyOfRange(material, key, 2 * key);
        byte[] clientSalt = Arrays.copyOfRange(material, 2 * key, 2 * key + salt);
        byte[] serverSalt = Arrays.copyOfRange(material, 2 * key + salt, 2 * key + 2 * salt);
        return weAreClient
                ? new SrtpKeys(profile, clientKey, clientSalt, serverKey, serverSalt)
                : new SrtpKeys(profile, serverKey, serverSalt, clientKey, clientSalt);
    }

    /** Leaves the keys out. */
    @Override
    public String toString() {
        return "SrtpKeys[" + profile + "]";
    }
}
