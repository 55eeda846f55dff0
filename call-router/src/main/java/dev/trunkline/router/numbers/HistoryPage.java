package dev.trunkline.router.numbers;

/**
 * A part of a number's history.
 *
 * @param before only what is older than the event of this id
 * @param limit most events
 */
record HistoryPage(long before, int limit) {
    /** The latest events. */
    static HistoryPage latest(int limit) {
        return new HistoryPage(Long.MAX_VALUE, limit);
    }

    boolean isFirst() {
        return before == Long.MAX_VALUE;
    }
}
