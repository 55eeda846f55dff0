package dev.trunkline.router.livekit;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which of several rules goes first. LiveKit ranks by a number, the lower first: direct 0, individual 1, callee 2; plus
 * 100 without a PIN; plus 1000 for each of {@code numbers} and {@code inbound_numbers} that is missing. Here the more
 * specific rule goes first, then the older. A {@code priority} is written if these orders differ for a call that two
 * rules take.
 */
final class RuleOrder {
    private static final Comparator<LiveKitRule> OURS = Comparator.comparingInt(RuleOrder::restrictions)
            .reversed()
            .thenComparing(rule -> rule.numbers().isEmpty())
            .thenComparing(rule -> rule.inboundNumbers().isEmpty());

    private RuleOrder() {}

    /** @return priorities by rule, the higher first, for the rules that need one; all below those that exist already */
    static Map<LiveKitRule, Integer> priorities(List<LiveKitRule> rules, Remarks remarks) {
        Map<LiveKitRule, Integer> priorities = new HashMap<>();
        for (int i = 0; i < rules.size(); i++) {
            for (LiveKitRule other : rules.subList(i + 1, rules.size())) {
                LiveKitRule rule = rules.get(i);
                if (!overlap(rule, other)) {
                    continue;
                }
                pins(rule, other, remarks);
                int theirs = Integer.signum(Integer.compare(rank(rule), rank(other)));
                if (theirs != 0 && theirs != Integer.signum(OURS.compare(rule, other))) {
                    priorities.put(rule, -rank(rule));
                    priorities.put(other, -rank(other));
                }
            }
        }
        if (!priorities.isEmpty()) {
            // A rule that keeps priority 0 would now go before all of these.
            spread(rules, priorities);
            tell(priorities, remarks);
        }
        return priorities;
    }

    static int rank(LiveKitRule rule) {
        return rule.kind().ordinal()
                + (rule.pin().isEmpty() ? 100 : 0)
                + (rule.numbers().isEmpty() ? 1000 : 0)
                + (rule.inboundNumbers().isEmpty() ? 1000 : 0);
    }

    private static void spread(List<LiveKitRule> rules, Map<LiveKitRule, Integer> priorities) {
        List<LiveKitRule> without = new ArrayList<>(rules);
        without.removeAll(priorities.keySet());
        boolean changed = true;
        while (changed) {
            List<LiveKitRule> touched = without.stream()
                    .filter(rule -> priorities.keySet().stream().anyMatch(other -> overlap(rule, other)))
                    .toList();
            touched.forEach(rule -> priorities.put(rule, -rank(rule)));
            without.removeAll(touched);
            changed = !touched.isEmpty();
        }
    }

    private static void tell(Map<LiveKitRule, Integer> priorities, Remarks remarks) {
        List<String> inOrder = priorities.entrySet().stream()
                .sorted(Map.Entry.<LiveKitRule, Integer>comparingByValue().reversed())
                .map(entry -> "%s (%d)".formatted(entry.getKey().name(), entry.getValue()))
                .toList();
        remarks.warn("priority", "the file's rules overlap and LiveKit orders them by PIN and kind, so they were given a priority that keeps its order: "
                + String.join(", ", inOrder));
    }

    private static void pins(LiveKitRule rule, LiveKitRule other, Remarks remarks) {
        if (!rule.pin().isEmpty() && !other.pin().isEmpty() && !rule.pin().equals(other.pin())) {
            remarks.warn(other.path(), "%s and %s take the same calls with different PINs: LiveKit goes by the PIN that is entered, here only that of the first rule is asked for; give each its own numbers"
                    .formatted(rule.name(), other.name()));
        }
    }

    private static int restrictions(LiveKitRule rule) {
        return (rule.numbers().isEmpty() ? 0 : 1) + (rule.inboundNumbers().isEmpty() ? 0 : 1);
    }

    /** Rules that name a trunk go before wildcards in both systems. */
    private static boolean overlap(LiveKitRule one, LiveKitRule other) {
        boolean sameCalls = one.wildcard() == other.wildcard() && (one.wildcard() || meet(one.trunks(), other.trunks()));
        return sameCalls
                && meetOrAny(one.numbers(), other.numbers())
                && meetOrAny(one.inboundNumbers(), other.inboundNumbers());
    }

    private static boolean meetOrAny(Collection<String> one, Collection<String> other) {
        return one.isEmpty() || other.isEmpty() || meet(plain(one), plain(other));
    }

    private static boolean meet(Collection<String> one, Collection<String> other) {
        return one.stream().anyMatch(other::contains);
    }

    /** LiveKit compares numbers without separators and without the plus. */
    private static List<String> plain(Collection<String> numbers) {
        return numbers.stream().map(number -> number.replaceAll("[-+ ()]", "")).toList();
    }
}
