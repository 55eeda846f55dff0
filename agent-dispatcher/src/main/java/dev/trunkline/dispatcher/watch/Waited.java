package dev.trunkline.dispatcher.watch;

import dev.trunkline.dispatcher.watch.Plan.Round;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What a call has waited for.
 *
 * @param rounds those whose patience expired
 * @param seconds total of these
 */
record Waited(Set<Integer> rounds, int seconds) {
    static final Waited NOTHING = new Waited(Set.of(), 0);

    Waited {
        rounds = Set.copyOf(rounds);
    }

    boolean out(int round) {
        return rounds.contains(round);
    }

    Waited through(int round, int patienceSeconds) {
        if (out(round)) {
            return this;
        }
        Set<Integer> more = new HashSet<>(rounds);
        more.add(round);
        return new Waited(more, seconds + patienceSeconds);
    }

    /** The first rounds were over before the watch began. */
    Waited passed(List<Round> first) {
        Waited all = this;
        for (int round = 0; round < first.size(); round++) {
            all = all.through(round, first.get(round).patienceSeconds());
        }
        return all;
    }
}
