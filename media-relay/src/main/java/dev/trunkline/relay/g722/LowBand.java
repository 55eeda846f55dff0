package dev.trunkline.relay.g722;

import static dev.trunkline.relay.g722.Saturation.product;
import static dev.trunkline.relay.g722.Saturation.to16;

/** 0 to 4 kHz in six bits (ITU-T G.722 sections 3.2 to 3.6, lower sub-band). */
final class LowBand {
    private static final int FIRST_STEP = 32;
    private static final int MOST_LOGARITHM = 18_432;
    private static final int SHIFT = 8;
    /** The output has 15 bits. */
    private static final int MOST = 16_383;

    private final Predictor predictor = new Predictor();
    private final StepSize step = new StepSize(FIRST_STEP, MOST_LOGARITHM, SHIFT);

    /** @return the code of one sample, six bits */
    int encode(int sample) {
        int difference = to16(sample - predictor.estimate());
        int interval = interval(difference >= 0 ? difference : -(difference + 1));
        int code = difference < 0 ? G722Tables.LOW_NEGATIVE[interval] : G722Tables.LOW_POSITIVE[interval];
        adapt(code);
        return code;
    }

    /** Block QUANTL. */
    private int interval(int magnitude) {
        int interval = 1;
        while (interval < G722Tables.LOW_LEVELS.length
                && magnitude >= G722Tables.LOW_LEVELS[interval] * step.value() >> 12) {
            interval++;
        }
        return interval;
    }

    /** @return the sample of one code, 15 bits */
    int decode(int code) {
        int heard = predictor.estimate() + product(step.value(), G722Tables.LOW_FINE[code]);
        adapt(code);
        return Math.clamp(heard, -MOST - 1, MOST);
    }

    /** The two low bits may be lost on the way (48 and 56 kbit/s), so the predictor ignores them. */
    private void adapt(int code) {
        int coarse = code >> 2;
        int difference = product(step.value(), G722Tables.LOW_COARSE[coarse]);
        step.update(G722Tables.LOW_LOG_STEPS[coarse]);
        predictor.update(difference);
    }
}
