package dev.trunkline.dispatcher.warm;

/**
 * This process's share of a pool: in proportion to its share of the calls, rounded up. A smaller share takes effect only when it has
 * lasted, because no dispatcher has a partition while it moves from one to another. Not thread-safe.
 */
final class Share {
    /** Number of looks, two seconds apart, at which a share must be smaller before it takes effect. */
    static final int LASTING = 3;

    private int mine;
    private int of = 1;
    private int smaller;

    /**
     * @param partitions that this process has
     * @param all partitions that exist; 0 while that is not known
     */
    void look(int partitions, int all) {
        if (all <= 0 || partitions < mine && ++smaller < LASTING) {
            return;
        }
        mine = partitions;
        of = all;
        smaller = 0;
    }

    /** Returns how many rooms are to wait here, given the number in the whole suite. */
    int of(int count) {
        return Math.ceilDiv(count * mine, of);
    }
}
