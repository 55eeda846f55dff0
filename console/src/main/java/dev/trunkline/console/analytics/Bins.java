package dev.trunkline.console.analytics;

/**
 * A range of keys in a row's bins; migration {@code V6} describes how bins are encoded.
 *
 * @param first first key, inclusive
 * @param end end of the keys, exclusive
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
