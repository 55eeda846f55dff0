package dev.trunkline.router.directory;

/**
 * How often one caller may call.
 *
 * @param calls the most calls in the window, 1 or more
 * @param windowSeconds length of the sliding window, 1 or more
 */
public record CallRate(int calls, int windowSeconds) {

    public CallRate {
        if (calls < 1 || windowSeconds < 1) {
            throw new IllegalArgumentException("a call rate of " + calls + " in " + windowSeconds + " s");
        }
    }
}
