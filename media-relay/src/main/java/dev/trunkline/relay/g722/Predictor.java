package dev.trunkline.relay.g722;

import static dev.trunkline.relay.g722.Saturation.product;
import static dev.trunkline.relay.g722.Saturation.to16;

/**
 * The adaptive predictor that each band has, in encoder and decoder alike (ITU-T G.722 block 4): two poles and six zeros,
 * whose coefficients follow the signs of the prediction errors. Allocates nothing after construction.
 *
 * <pre>
 *   difference --+--> zeros (6) --+--> estimate of the next sample
 *                +--> poles (2) --'
 * </pre>
 */
final class Predictor {
    private static final int ZEROS = 6;
    /** |a2| stays below 0.75 (block UPPOL2). */
    private static final int MOST_SECOND_POLE = 12_288;
    /** |a1| stays below 15/16 − a2 (block UPPOL1). */
    private static final int STABLE = 15_360;

    private final int[] differences = new int[ZEROS + 1];
    private final int[] zeros = new int[ZEROS + 1];
    private int firstPole;
    private int secondPole;
    private int reconstructed;
    private int reconstructedBefore;
    private int partial;
    private int partialBefore;
    private int zeroEstimate;
    private int estimate;

    /** Returns the predicted value of the next sample. */
    int estimate() {
        return estimate;
    }

    /** Takes the quantised difference between the sample and {@link #estimate()}. */
    void update(int difference) {
        int sample = to16(estimate + difference);
        int newPartial = to16(zeroEstimate + difference);
        adaptPoles(newPartial);
        adaptZeros(difference);
        for (int i = ZEROS; i > 1; i--) {
            differences[i] = differences[i - 1];
        }
        differences[1] = difference;
        partialBefore = partial;
        partial = newPartial;
        reconstructedBefore = reconstructed;
        reconstructed = sample;
        predict();
    }

    private void adaptPoles(int newPartial) {
        boolean like = sign(newPartial) == sign(partial);
        int first = to16(firstPole << 2);
        int second = (sign(newPartial) == sign(partialBefore) ? 128 : -128)
                + (Math.min(like ? -first : first, Short.MAX_VALUE) >> 7)
                + product(secondPole, 32_512);
        secondPole = Math.clamp(second, -MOST_SECOND_POLE, MOST_SECOND_POLE);
        int most = to16(STABLE - secondPole);
        firstPole = Math.clamp(to16((like ? 192 : -192) + product(firstPole, 32_640)), -most, most);
    }

    private void adaptZeros(int difference) {
        int step = difference == 0 ? 0 : 128;
        for (int i = 1; i <= ZEROS; i++) {
            int towards = sign(differences[i]) == sign(difference) ? step : -step;
            zeros[i] = to16(towards + product(zeros[i], 32_640));
        }
    }

    private void predict() {
        int poles = to16(product(firstPole, to16(2 * reconstructed)) + product(secondPole, to16(2 * reconstructedBefore)));
        int sum = 0;
        for (int i = ZEROS; i > 0; i--) {
            sum += product(zeros[i], to16(2 * differences[i]));
        }
        zeroEstimate = to16(sum);
        estimate = to16(poles + zeroEstimate);
    }

    private static int sign(int value) {
        return value >> 31;
    }
}
