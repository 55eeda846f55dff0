package dev.trunkline.console.analytics;

/**
 * Which elements of a row's bins are read; how they are written is in the migration {@code V6}.
 *
 * @param first the first key
 * @param end the first that is not among them any more
 */
record Bins(int first, int end) {
    static final int SETUP = 256;
    static final int QUALITY = 512;
    static final int REFUSALS = 1_000;
    static final int LAST_OF_TALK = SETUP - 1;

    static final Bins TALK = new Bins(0, SETUP);
    static final Bins OTHERS = new Bins(SETUP, Integer.MAX_VALUE);
    static final Bins ALL = new Bins(0, Integer.MAX_VALUE);

    /** What a bin counts. */
    enum Kind {
        TALK,
        SETUP,
        QUALITY,
        REFUSAL;

        static Kind of(int key) {
            if (key < Bins.SETUP) {
                return TALK;
            }
            if (key < Bins.QUALITY) {
                return SETUP;
            }
            return key < REFUSALS ? QUALITY : REFUSAL;
        }
    }
}
