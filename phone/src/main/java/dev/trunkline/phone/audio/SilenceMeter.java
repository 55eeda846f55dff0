package dev.trunkline.phone.audio;

/**
 * Measures by the clock how long there was no sound, whether packets with silence arrived or none at all. Counts from the first
 * sound on. Not thread-safe.
 */
public final class SilenceMeter {
    /** −50 dBFS, as in {@link ToneMeter}. */
    private static final double FLOOR_POWER = 32_768.0 * 32_768.0 * 1e-5;

    private boolean sounded;
    private long lastSound;
    private long longest;

    /** Takes the samples of a packet that arrived at this moment of {@link System#nanoTime()}. */
    public void heard(short[] samples, int count, long arrivedNanos) {
        if (Goertzel.power(samples, 0, count) < FLOOR_POWER) {
            return;
        }
        longest = longestNanos(arrivedNanos);
        sounded = true;
        lastSound = arrivedNanos;
    }

    /** Returns the longest silence until a moment, including one that still lasts; 0 if there never was a sound. */
    public long longestNanos(long untilNanos) {
        return sounded ? Math.max(longest, untilNanos - lastSound) : 0;
    }
}
