package dev.trunkline.router.numbers;

/**
 * A part of a number's history.
 *
 * @param before only events older than the event with this id
 * @param limit the most events, 1 to {@link #MOST}, or one more to see whether there is a next page
 */
record HistoryPage(long before, int limit) {
    /** An event has up to 100 kB, if a tenant changes much at once. */
    static final int MOST = 200;

    /** Returns the page of the latest events. */
    static HistoryPage latest(int limit) {
        return new HistoryPage(Long.MAX_VALUE, limit);
    }

    boolean isFirst() {
        return before == Long.MAX_VALUE;
    }
}
