package dev.trunkline.relay.g722;

import static dev.trunkline.relay.g722.Saturation.product;
import static dev.trunkline.relay.g722.Saturation.to16;

/** 4 to 8 kHz in two bits (ITU-T G.722 sections 3.2 to 3.6, higher sub-band). */
final class HighBand {
    private static final int FIRST_STEP = 8;
    private static final int MOST_LOGARITHM = 22_528;
    private static final int SHIFT = 10;
    /** The one decision level, in 4096ths of the step. */
    private static final int LEVEL = 564;
    private static final int MOST = 16_383;

    private final Predictor predictor = new Predictor();
    private final StepSize step = new StepSize(FIRST_STEP, MOST_LOGARITHM, SHIFT);

    /** @return the code of one sample, two bits */
    int encode(int sample) {
        int difference = to16(sample - predictor.estimate());
        int magnitude = difference >= 0 ? difference : -(difference + 1);
        boolean great = magnitude >= LEVEL * step.value() >> 12;
        int code = difference < 0 ? (great ? 0 : 1) : (great ? 2 : 3);
        adapt(code);
        return code;
    }

    /** @return the sample of one code, 15 bits */
    int decode(int code) {
        int heard = predictor.estimate() + adapt(code);
        return Math.clamp(heard, -MOST - 1, MOST);
    }

    private int adapt(int code) {
        int difference = product(step.value(), G722Tables.HIGH_DIFFERENCES[code]);
        step.update(G722Tables.HIGH_LOG_STEPS[code]);
        predictor.update(difference);
        return difference;
    }
}
