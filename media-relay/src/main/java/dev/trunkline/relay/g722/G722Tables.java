package dev.trunkline.relay.g722;

/** The tables of ITU-T G.722, named as in the recommendation if it names them. Callers must not write to them. */
final class G722Tables {
    private G722Tables() {}

    /** Table 11: the quadrature mirror filter; only half of it, because it is symmetric. */
    static final int[] QMF = {3, -11, 12, 32, -210, 951, 3876, -805, 362, -156, 53, -11};

    /** Table 14, Q6: decision levels of the 6-bit quantiser of the lower band; the first is not used. */
    static final int[] LOW_LEVELS = {
        0, 35, 72, 110, 150, 190, 233, 276, 323, 370, 422, 473, 530, 587, 650, 714,
        786, 858, 940, 1023, 1121, 1219, 1339, 1458, 1612, 1765, 1980, 2195, 2557, 2919
    };

    /** Table 14, ILN: codes of negative differences, by interval. */
    static final int[] LOW_NEGATIVE = {
        0, 63, 62, 31, 30, 29, 28, 27, 26, 25, 24, 23, 22, 21, 20, 19,
        18, 17, 16, 15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4
    };

    /** Table 14, ILP: codes of the others. */
    static final int[] LOW_POSITIVE = {
        0, 61, 60, 59, 58, 57, 56, 55, 54, 53, 52, 51, 50, 49, 48, 47,
        46, 45, 44, 43, 42, 41, 40, 39, 38, 37, 36, 35, 34, 33, 32
    };

    /** QM4: the lower band's difference by the four high bits of its code, as the predictor of both sides sees it. */
    static final int[] LOW_COARSE = {
        0, -20456, -12896, -8968, -6288, -4240, -2584, -1200,
        20456, 12896, 8968, 6288, 4240, 2584, 1200, 0
    };

    /** QM6: the same by all six bits, as it is heard. */
    static final int[] LOW_FINE = {
        -136, -136, -136, -136, -24808, -21904, -19008, -16704,
        -14984, -13512, -12280, -11192, -10232, -9360, -8576, -7856,
        -7192, -6576, -6000, -5456, -4944, -4464, -4008, -3576,
        -3168, -2776, -2400, -2032, -1688, -1360, -1040, -728,
        24808, 21904, 19008, 16704, 14984, 13512, 12280, 11192,
        10232, 9360, 8576, 7856, 7192, 6576, 6000, 5456,
        4944, 4464, 4008, 3576, 3168, 2776, 2400, 2032,
        1688, 1360, 1040, 728, 432, 136, -432, -136
    };

    /** WL by RL42: what the four high bits of a code add to the logarithm of the lower band's step. */
    static final int[] LOW_LOG_STEPS = {
        -60, 3042, 1198, 538, 334, 172, 58, -30, 3042, 1198, 538, 334, 172, 58, -30, -60
    };

    /** QM2: the higher band's difference by its code. */
    static final int[] HIGH_DIFFERENCES = {-7408, -1616, 7408, 1616};

    /** WH by RH2: what a code adds to the logarithm of the higher band's step. */
    static final int[] HIGH_LOG_STEPS = {798, -214, 798, -214};

    /** ILB: 2048 times two to the power of n/32. */
    static final int[] POWERS = {
        2048, 2093, 2139, 2186, 2233, 2282, 2332, 2383, 2435, 2489, 2543, 2599, 2656, 2714, 2774, 2834,
        2896, 2960, 3025, 3091, 3158, 3228, 3298, 3371, 3444, 3520, 3597, 3676, 3756, 3838, 3922, 4008
    };
}
