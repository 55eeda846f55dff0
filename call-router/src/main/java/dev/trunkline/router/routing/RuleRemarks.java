package dev.trunkline.router.routing;

import dev.trunkline.router.directory.Directory;
import dev.trunkline.router.directory.DispatchRule;
import dev.trunkline.router.directory.NumberKey;
import dev.trunkline.router.directory.NumberPattern;
import dev.trunkline.router.directory.Organisation;
import dev.trunkline.router.directory.PhoneNumber;
import dev.trunkline.router.directory.TrunkView;
import dev.trunkline.router.directory.TrunkView.Candidate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What keeps a rule from taking the calls for which it was written, reported before the first one comes. */
public final class RuleRemarks {
    /** The most trunks of one rule that are checked: a wildcard rule is for all of them. */
    private static final int MOST_TRUNKS = 100;
    private static final int MOST_NAMED = 6;

    /** @param field the rule's field @param text what is wrong and what to write */
    public record Remark(String field, String text) {}

    /** A rule on one of its trunks. */
    private record Place(TrunkView trunk, Candidate candidate) {}

    private final Directory directory;
    private final DispatchRule rule;
    private final List<Place> places;

    private RuleRemarks(Directory directory, DispatchRule rule) {
        this.directory = directory;
        this.rule = rule;
        this.places = directory.trunks().values().stream()
                .filter(trunk -> rule.takesCallsOf(trunk.trunk().id()))
                .limit(MOST_TRUNKS)
                .flatMap(trunk -> trunk.rules().stream()
                        .filter(candidate -> candidate.rule().id().equals(rule.id()))
                        .map(candidate -> new Place(trunk, candidate)))
                .toList();
    }

    /** @param directory with the rule, as it will be */
    public static List<Remark> of(Directory directory, DispatchRule rule) {
        var remarks = new RuleRemarks(directory, rule);
        List<Remark> all = new ArrayList<>();
        remarks.mistaken().ifPresent(text -> all.add(new Remark("inbound_numbers", text)));
        remarks.nobodys().ifPresent(text -> all.add(new Remark("numbers", text)));
        remarks.nothingToTake().ifPresent(text -> all.add(new Remark("numbers", text)));
        all.addAll(SoundRemarks.of(directory, rule));
        return all;
    }

    /** Returns which of the rule's numbers take one call at a time, for users who come from LiveKit, which counts no calls. */
    public static Optional<Remark> oneAtATime(Directory directory, DispatchRule rule) {
        Set<String> single = new LinkedHashSet<>();
        for (Place place : new RuleRemarks(directory, rule).places) {
            for (NumberPattern pattern : place.candidate().numbers()) {
                if (!pattern.open()) {
                    directory.number(pattern.text(), place.trunk().trunk())
                            .filter(number -> number.maxConcurrentCalls() == 1)
                            .map(PhoneNumber::phoneNumber)
                            .ifPresent(single::add);
                }
            }
        }
        return single.isEmpty()
                ? Optional.empty()
                : Optional.of(new Remark("numbers", ("%s: max_concurrent_calls is 1, so a second concurrent call is answered 486"
                                + " (number-busy); LiveKit has no such limit. Write max_concurrent_calls: 10 beside the phone_number, or"
                                + " PATCH /numbers/%s {\"max_concurrent_calls\": 10}")
                        .formatted(named(single), single.iterator().next())));
    }

    private Optional<String> mistaken() {
        List<String> called = places.stream()
                .flatMap(place -> MistakenCallers.of(place.candidate(), place.trunk(), directory).stream())
                .distinct()
                .toList();
        return MistakenCallers.advice(called);
    }

    /** Returns the numbers that the rule names and that nobody has on any of its trunks. */
    private Optional<String> nobodys() {
        List<String> nobodys = new ArrayList<>();
        for (int i = 0; i < rule.numbers().size(); i++) {
            int at = i;
            boolean had = places.stream().anyMatch(place -> had(place.candidate().numbers().get(at), place.trunk()));
            if (!had && !places.isEmpty()) {
                nobodys.add(rule.numbers().get(i));
            }
        }
        return nobodys.isEmpty()
                ? Optional.empty()
                : Optional.of("%s: no organisation has it, so its calls are refused with 404 (number-unknown). %s"
                        .formatted(named(nobodys), toAdd(nobodys.getFirst())));
    }

    private boolean had(NumberPattern pattern, TrunkView trunk) {
        return pattern.open()
                ? directory.numbers().keySet().stream().anyMatch(key ->
                        key.startsWith(pattern.text()) || key.startsWith("/") || key.startsWith("*@")
                                || key.contains("*") && pattern.text().startsWith(key.substring(0, key.indexOf('*'))))
                : directory.number(pattern.text(), trunk.trunk()).isPresent();
    }

    /** Returns a remark if a rule for every number is on trunks that bring no number that anyone has. */
    private Optional<String> nothingToTake() {
        boolean anything = !rule.numbers().isEmpty()
                || places.isEmpty()
                || places.stream().anyMatch(place -> directory.numbers().keySet().stream()
                        .map(NumberKey::trunkOf)
                        .anyMatch(trunk -> trunk.isEmpty() || trunk.get().equals(place.trunk().trunk().name())));
        if (anything) {
            return Optional.empty();
        }
        String trunk = places.getFirst().trunk().trunk().name();
        return Optional.of("the rule takes every number, and no organisation has one that its trunks bring: calls are refused with 404"
                + " (number-unknown). *@%s is whatever the trunk dials. ".formatted(trunk) + toAdd("*@" + trunk));
    }

    private String toAdd(String number) {
        String organisation = rule.organisationId().flatMap(directory::organisation).map(Organisation::name).orElse("NAME");
        return ("Add it: POST /numbers {\"phone_number\": \"%s\", \"organisation\": \"%s\", \"max_concurrent_calls\": 10}, or the same"
                + " under the organisation's numbers in a directory file; without max_concurrent_calls it takes one call at a time, and"
                + " a second one is answered 486 (number-busy)").formatted(number, organisation);
    }

    private static String named(Iterable<String> numbers) {
        List<String> all = new ArrayList<>();
        numbers.forEach(all::add);
        return all.stream().limit(MOST_NAMED).collect(Collectors.joining(", "))
                + (all.size() > MOST_NAMED ? " and %d more".formatted(all.size() - MOST_NAMED) : "");
    }
}
