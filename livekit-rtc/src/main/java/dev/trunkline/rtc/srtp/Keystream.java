package dev.trunkline.rtc.srtp;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;

/** AES in counter mode under one key: encryption and decryption are the same operation. Confined to one thread; allocates nothing. */
final class Keystream {

    static final int BLOCK = 16;

    /** A packet of G.711 takes one pass; longer packets take several. */
    private static final int BLOCKS = 10;

    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());

    private final Cipher aes;
    private final byte[] counters = new byte[BLOCKS * BLOCK];
    private final byte[] stream = new byte[BLOCKS * BLOCK];

    /** @param key 16 octets */
    Keystream(byte[] key) {
        try {
            aes = Cipher.getInstance("AES/ECB/NoPadding");
            aes.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no AES", e);
        }
    }

    /** Encrypts a single block. */
    void block(byte[] clear, byte[] out) {
        System.arraycopy(clear, 0, counters, 0, BLOCK);
        encrypt(1);
        System.arraycopy(stream, 0, out, 0, BLOCK);
    }

    /**
     * Applies the keystream to octets in place.
     *
     * @param counter the first block that is encrypted, 16 octets; its last four are incremented
     */
    void apply(byte[] counter, byte[] octets, int offset, int length) {
        int count = (int) INT.get(counter, 12);
        for (int done = 0; done < length; done += BLOCKS * BLOCK) {
            int part = Math.min(length - done, BLOCKS * BLOCK);
            int blocks = (part + BLOCK - 1) / BLOCK;
            for (int i = 0; i < blocks; i++) {
                System.arraycopy(counter, 0, counters, i * BLOCK, 12);
                INT.set(counters, i * BLOCK + 12, count++);
            }
            encrypt(blocks);
            xor(octets, offset + done, part);
        }
    }

    private void encrypt(int blocks) {
        try {
            aes.update(counters, 0, blocks * BLOCK, stream, 0);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES found no room for its own blocks", e);
        }
    }

    private void xor(byte[] octets, int offset, int length) {
        int i = 0;
        for (; i + 8 <= length; i += 8) {
            LONG.set(octets, offset + i, (long) LONG.get(octets, offset + i) ^ (long) LONG.get(stream, i));
        }
        for (; i < length; i++) {
            octets[offset + i] ^= stream[i];
        }
    }
}
