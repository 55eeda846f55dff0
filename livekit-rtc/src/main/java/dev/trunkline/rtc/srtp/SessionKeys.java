package dev.trunkline.rtc.srtp;

import java.util.Arrays;

/** Derives the keys of a session from its master key (RFC 3711 section 4.3, RFC 7714 section 11), with a derivation rate of 0. */
final class SessionKeys {

    /** Purposes of keys; those of SRTCP are three higher. */
    private static final int ENCRYPTION = 0;
    private static final int AUTHENTICATION = 1;
    private static final int SALT = 2;
    private static final int OF_RTCP = 3;

    private static final int KEY_LENGTH = 16;
    private static final int AUTHENTICATION_LENGTH = 20;

    private final Keystream master;
    private final byte[] salt;
    private final int saltLength;
    private final int first;

    /** @param rtcp whether the keys are for SRTCP rather than SRTP */
    SessionKeys(byte[] key, byte[] salt, boolean rtcp) {
        if (key.length != KEY_LENGTH) {
            throw new IllegalArgumentException("a master key has 16 octets, not " + key.length);
        }
        this.master = new Keystream(key);
        // A 96-bit salt is padded at its right end (RFC 7714 section 11).
        this.salt = Arrays.copyOf(salt, Keystream.BLOCK);
        this.saltLength = salt.length;
        this.first = rtcp ? OF_RTCP : 0;
    }

    byte[] encryption() {
        return derived(ENCRYPTION, KEY_LENGTH);
    }

    byte[] authentication() {
        return derived(AUTHENTICATION, AUTHENTICATION_LENGTH);
    }

    /** As long as the master salt. */
    byte[] salt() {
        return derived(SALT, saltLength);
    }

    private byte[] derived(int purpose, int length) {
        byte[] counter = salt.clone();
        // The label precedes a 48-bit packet index, which is 0, at the right end of 112 bits.
        counter[7] ^= (byte) (first + purpose);
        byte[] key = new byte[length];
        master.apply(counter, key, 0, length);
        return key;
    }
}
