package dev.trunkline.rtc.srtp;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * GHASH (NIST SP 800-38D section 6.4) under one key. Implements carry-less multiplication by ordinary multiplication of numbers
 * in which only every fourth bit may be set: carries fall into the three bits between, and are masked out. So no table lookup
 * and no branch depends on a secret, and the timing reveals nothing. Confined to one thread; allocates nothing.
 */
final class Ghash {

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private static final int BLOCK = 16;

    private static final long EVERY_FOURTH = 0x1111_1111_1111_1111L;

    /** The key's halves and their sum (Karatsuba), as they are and bit-reversed. */
    private final Factor low;
    private final Factor high;
    private final Factor sum;
    private final Factor lowTurned;
    private final Factor highTurned;
    private final Factor sumTurned;
    private final byte[] last = new byte[BLOCK];
    private long y0;
    private long y1;

    /** @param key the encryption of a block of zeros, 16 octets */
    Ghash(byte[] key) {
        long h1 = (long) LONG.get(key, 0);
        long h0 = (long) LONG.get(key, 8);
        low = new Factor(h0);
        high = new Factor(h1);
        sum = new Factor(h0 ^ h1);
        lowTurned = new Factor(Long.reverse(h0));
        highTurned = new Factor(Long.reverse(h1));
        sumTurned = new Factor(Long.reverse(h0) ^ Long.reverse(h1));
    }

    /** One factor of a multiplication, split into every fourth bit. */
    private static final class Factor {
        private final long bits0;
        private final long bits1;
        private final long bits2;
        private final long bits3;

        Factor(long value) {
            bits0 = value & EVERY_FOURTH;
            bits1 = value & EVERY_FOURTH << 1;
            bits2 = value & EVERY_FOURTH << 2;
            bits3 = value & EVERY_FOURTH << 3;
        }

        /** Returns the low 64 bits of the carry-less product. */
        long times(long x) {
            long x0 = x & EVERY_FOURTH;
            long x1 = x & EVERY_FOURTH << 1;
            long x2 = x & EVERY_FOURTH << 2;
            long x3 = x & EVERY_FOURTH << 3;
            long z0 = x0 * bits0 ^ x1 * bits3 ^ x2 * bits2 ^ x3 * bits1;
            long z1 = x0 * bits1 ^ x1 * bits0 ^ x2 * bits3 ^ x3 * bits2;
            long z2 = x0 * bits2 ^ x1 * bits1 ^ x2 * bits0 ^ x3 * bits3;
            long z3 = x0 * bits3 ^ x1 * bits2 ^ x2 * bits1 ^ x3 * bits0;
            return z0 & EVERY_FOURTH | z1 & EVERY_FOURTH << 1 | z2 & EVERY_FOURTH << 2 | z3 & EVERY_FOURTH << 3;
        }
    }

    /** Begins a new hash. */
    void begin() {
        y0 = 0;
        y1 = 0;
    }

    /** Hashes octets, padded with zeros to a whole block. */
    void take(byte[] octets, int offset, int length) {
        int whole = length & -BLOCK;
        for (int at = offset; at < offset + whole; at += BLOCK) {
            block((long) LONG.get(octets, at), (long) LONG.get(octets, at + 8));
        }
        if (whole < length) {
            System.arraycopy(octets, offset + whole, last, 0, length - whole);
            java.util.Arrays.fill(last, length - whole, BLOCK, (byte) 0);
            block((long) LONG.get(last, 0), (long) LONG.get(last, 8));
        }
    }

    /** Hashes the lengths, in octets, of the parts that are only authenticated and that are encrypted, and writes the result. */
    void finish(int authenticated, int encrypted, byte[] out) {
        block(8L * authenticated, 8L * encrypted);
        LONG.set(out, 0, y1);
        LONG.set(out, 8, y0);
    }

    private void block(long upper, long lower) {
        long a1 = y1 ^ upper;
        long a0 = y0 ^ lower;
        long a0Turned = Long.reverse(a0);
        long a1Turned = Long.reverse(a1);
        long z0 = low.times(a0);
        long z1 = high.times(a1);
        long z2 = sum.times(a0 ^ a1) ^ z0 ^ z1;
        // The high halves are the low halves of the product of the bit-reversed factors.
        long w0 = lowTurned.times(a0Turned);
        long w1 = highTurned.times(a1Turned);
        long w2 = sumTurned.times(a0Turned ^ a1Turned) ^ w0 ^ w1;
        reduce(z0, Long.reverse(w0) >>> 1 ^ z2, z1 ^ Long.reverse(w2) >>> 1, Long.reverse(w1) >>> 1);
    }

    /** GCM numbers its bits from the left, so the product is shifted by one; then it is reduced modulo x^128 + x^7 + x^2 + x + 1. */
    private void reduce(long p0, long p1, long p2, long p3) {
        long v3 = p3 << 1 | p2 >>> 63;
        long v2 = p2 << 1 | p1 >>> 63;
        long v1 = p1 << 1 | p0 >>> 63;
        long v0 = p0 << 1;
        v2 ^= v0 ^ v0 >>> 1 ^ v0 >>> 2 ^ v0 >>> 7;
        v1 ^= v0 << 63 ^ v0 << 62 ^ v0 << 57;
        v3 ^= v1 ^ v1 >>> 1 ^ v1 >>> 2 ^ v1 >>> 7;
        v2 ^= v1 << 63 ^ v1 << 62 ^ v1 << 57;
        y0 = v2;
        y1 = v3;
    }
}
