package dev.trunkline.phone.audio;

/**
 * How long nothing sounded, by the clock, whether packets came that hold silence or none came at all. Counts from the first
 * sound on. Not thread-safe.
 */
public final class SilenceMeter {
    /** −50 dBFS, as in {@link ToneMeter}. */
    private static final double FLOOR_POWER = 32_768.0 * 32_768.0 * 1e-5;

    private boolean sounded;
    private long lastSound;
    private long longest;

    /** The samples of a packet that came at this moment of {@link System#nanoTime()}. */
    public void heard(short[] samples, int count, long arrivedNanos) {
        if (Goertzel.power(samples, 0, count) < FLOOR_POWER) {
            return;
        }
        longest = longestNanos(arrivedNanos);
        sounded = true;
        lastSound = arrivedNanos;
    }

    /** The longest silence until a moment, the one that lasts included; 0 if nothing ever sounded. */
    public long longestNanos(long untilNanos) {
        return sounded ? Math.max(longest, untilNanos - lastSound) : 0;
    }
}
