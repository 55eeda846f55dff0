package dev.trunkline.router.routing;

import dev.trunkline.router.directory.Directory;
import dev.trunkline.router.directory.DispatchRule;
import dev.trunkline.router.directory.NumberPattern;
import dev.trunkline.router.directory.TrunkView;
import dev.trunkline.router.directory.TrunkView.Candidate;
import dev.trunkline.router.routing.PatternSets.Numbers;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Finds pairs of rules that would both take a call. They are reported when a rule is written, not when such a call
 * comes. Two rules overlap if there is a trunk whose calls both take, a number that both take and that may belong to
 * both organisations, and a caller that both take. A wildcard rule overlaps on every trunk. Times of day and headers
 * are not considered: a rule that is closed, or that finds no header, may still overlap at another time.
 */
public final class Overlaps {

    /**
     * @param overlaps those that only age decides come first
     * @param further how many more there are
     */
    public record Report(List<Overlap> overlaps, int further) {
        public Report {
            overlaps = List.copyOf(overlaps);
        }
    }

    private static final Comparator<Overlap> ORDER = Comparator.<Overlap, Boolean>comparing(overlap -> !overlap.ambiguous())
            .thenComparing(overlap -> overlap.winner().name())
            .thenComparing(overlap -> overlap.other().name());

    /** A rule on a trunk, prepared for comparison with a thousand others. */
    private record Reach(DispatchRule rule, Candidate candidate, Numbers numbers, Numbers callers, boolean written) {}

    private record Pair(String one, String other) {}

    private final Directory directory;
    private final Set<Pair> found = new HashSet<>();
    private final List<Overlap> overlaps = new ArrayList<>();

    private Overlaps(Directory directory) {
        this.directory = directory;
    }

    /**
     * @param directory with the rules as they will be
     * @param written the rules that are being written now: each pair contains one of them
     * @param most how many overlaps are reported
     */
    public static Report find(Directory directory, Predicate<DispatchRule> written, int most) {
        return find(directory, written, overlap -> true, most);
    }

    /** Returns only those that may be unintended: a default below specific rules is not one. See {@link Overlap#asIntended}. */
    public static Report doubtful(Directory directory, Predicate<DispatchRule> written, int most) {
        return find(directory, written, overlap -> !overlap.asIntended(), most);
    }

    private static Report find(
            Directory directory, Predicate<DispatchRule> written, Predicate<Overlap> told, int most) {
        var search = new Overlaps(directory);
        directory.trunks().values().stream()
                .sorted(Comparator.comparing(view -> view.trunk().name()))
                .forEach(trunk -> search.onTrunk(trunk, written));
        List<Overlap> all = search.overlaps.stream().filter(told).sorted(ORDER).toList();
        return new Report(all.stream().limit(most).toList(), Math.max(0, all.size() - most));
    }

    private void onTrunk(TrunkView trunk, Predicate<DispatchRule> written) {
        List<Reach> reaches = trunk.rules().stream()
                .map(candidate -> new Reach(
                        candidate.rule(), candidate, Numbers.of(candidate.numbers()),
                        Numbers.of(candidate.inboundNumbers()), written.test(candidate.rule())))
                .toList();
        var examples = new ExampleNumbers(directory, trunk);
        Numbers allowed = Numbers.of(trunk.allowedNumbers());
        for (int i = 0; i < reaches.size(); i++) {
            for (int j = i + 1; j < reaches.size(); j++) {
                Reach one = reaches.get(i);
                Reach other = reaches.get(j);
                if ((one.written() || other.written()) && sameOrganisation(one.rule(), other.rule())) {
                    compare(one, other, trunk, examples, allowed);
                }
            }
        }
    }

    private static boolean sameOrganisation(DispatchRule one, DispatchRule other) {
        return one.organisationId().isEmpty()
                || other.organisationId().isEmpty()
                || one.organisationId().get().equals(other.organisationId().get());
    }

    private void compare(Reach one, Reach other, TrunkView trunk, ExampleNumbers examples, Numbers allowed) {
        Optional<String> called = examples.called(one.rule(), other.rule(), one.numbers(), other.numbers());
        if (called.isEmpty()) {
            return;
        }
        Optional<String> caller = ExampleNumbers.caller(one.callers(), other.callers(), allowed);
        if (caller.isEmpty() || !found.add(pair(one.rule(), other.rule()))) {
            return;
        }
        Fit mine = fit(one, called.get(), caller.get());
        Fit theirs = fit(other, called.get(), caller.get());
        boolean mineFirst = Fit.PRECEDENCE.compare(mine, theirs) < 0;
        Fit winner = mineFirst ? mine : theirs;
        Fit loser = mineFirst ? theirs : mine;
        overlaps.add(new Overlap(
                winner.rule(), loser.rule(), trunk.trunk().name(), called.get(),
                caller.filter(number -> !number.isEmpty()),
                winner.advantageOver(loser), loser.moreSpecificThan(winner)));
    }

    private static Pair pair(DispatchRule one, DispatchRule other) {
        return one.id().compareTo(other.id()) < 0 ? new Pair(one.id(), other.id()) : new Pair(other.id(), one.id());
    }

    private static Fit fit(Reach reach, String called, String caller) {
        return new Fit(
                reach.rule(), closeness(reach.candidate().numbers(), called),
                closeness(reach.candidate().inboundNumbers(), caller));
    }

    private static int closeness(List<NumberPattern> patterns, String number) {
        return patterns.isEmpty() ? 0 : NumberPattern.closest(patterns, number).orElseThrow();
    }
}
