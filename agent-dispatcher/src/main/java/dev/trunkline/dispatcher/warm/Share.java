package dev.trunkline.dispatcher.warm;

/**
 * How much of a pool is this process's: as much as it has of the calls, rounded up. A smaller share counts only when it has lasted, for while
 * partitions move from one dispatcher to another nobody has them. Not thread-safe.
 */
final class Share {
    /** Looks, two seconds apart, at which a share was smaller before it counts. */
    static final int LASTING = 3;

    private int mine;
    private int of = 1;
    private int smaller;

    /**
     * @param partitions that this process has
     * @param all that there are; 0 while that is not known
     */
    void look(int partitions, int all) {
        if (all <= 0 || partitions < mine && ++smaller < LASTING) {
            return;
        }
        mine = partitions;
        of = all;
        smaller = 0;
    }

    /** How many rooms are to wait here, of so many in the whole suite. */
    int of(int count) {
        return Math.ceilDiv(count * mine, of);
    }
}
