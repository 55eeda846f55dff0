package dev.trunkline.router.numbers;

import java.util.Optional;

/**
 * Which numbers are requested.
 *
 * @param organisation by name
 * @param idle true: those that no organisation has; false: those that one has
 * @param search part of a number or label, in any case
 * @param after the last number of the previous page
 * @param limit 1 to {@link #MOST}
 */
record NumberFilter(
        Optional<String> organisation,
        Optional<Boolean> idle,
        Optional<Boolean> active,
        Optional<String> search,
        Optional<String> after,
        int limit) {
    static final int MOST = 1_000;
}
