package dev.trunkline.relay.g722;

/** A band's quantiser step: its logarithm follows the codes and slowly leaks (blocks LOGSCL, SCALEL and their like). */
final class StepSize {
    private final int most;
    private final int shift;
    private int logarithm;
    private int step;

    /**
     * @param first the step at reset
     * @param most the greatest logarithm, in 2048ths
     * @param shift places by which a power of the table exceeds the step
     */
    StepSize(int first, int most, int shift) {
        this.step = first;
        this.most = most;
        this.shift = shift;
    }

    int value() {
        return step;
    }

    /** @param added what the code says about the size of its difference */
    void update(int added) {
        logarithm = Math.clamp((logarithm * 127 >> 7) + added, 0, most);
        int places = shift - (logarithm >> 11);
        int power = G722Tables.POWERS[logarithm >> 6 & 31];
        step = (places < 0 ? power << -places : power >> places) << 2;
    }
}
