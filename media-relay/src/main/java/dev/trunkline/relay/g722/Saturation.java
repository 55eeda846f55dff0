package dev.trunkline.relay.g722;

/** The 16-bit arithmetic of G.722: a value out of range becomes the nearest one in range. */
final class Saturation {
    private Saturation() {}

    static int to16(int value) {
        return Math.clamp(value, Short.MIN_VALUE, Short.MAX_VALUE);
    }

    /** Returns the recommendation's multiplication: the product of two 16-bit fractions. */
    static int product(int a, int b) {
        return a * b >> 15;
    }
}
