package dev.trunkline.router.directory;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Everything that a decision needs, as it was at one moment. Immutable: a change in Postgres makes a new directory, and
 * a decision that has begun ends by the one that it began with.
 *
 * @param version rises with each change
 * @param organisations by id
 * @param numbers by E.164
 * @param trunks by id, ready to be asked
 * @param rules in the order of their names
 */
public record Directory(
        long version,
        Map<String, Organisation> organisations,
        Map<String, PhoneNumber> numbers,
        Map<String, TrunkView> trunks,
        List<DispatchRule> rules) {

    public Directory {
        organisations = Map.copyOf(organisations);
        numbers = Map.copyOf(numbers);
        trunks = Map.copyOf(trunks);
        rules = List.copyOf(rules);
    }

    public static Directory of(
            long version,
            Collection<Organisation> organisations,
            Collection<PhoneNumber> numbers,
            Collection<InboundTrunk> trunks,
            Collection<DispatchRule> rules) {
        Map<String, TrunkView> views = new HashMap<>();
        trunks.forEach(trunk -> views.put(trunk.id(), TrunkView.of(trunk, rules)));
        return new Directory(
                version,
                by(Organisation::id, organisations),
                by(PhoneNumber::e164, numbers),
                views,
                List.copyOf(rules));
    }

    public static Directory empty() {
        return of(0, List.of(), List.of(), List.of(), List.of());
    }

    public Optional<PhoneNumber> number(String e164) {
        return Optional.ofNullable(numbers.get(e164));
    }

    /** The organisation that has a number; the directory never holds a number without one. */
    public Organisation organisationOf(PhoneNumber number) {
        return Optional.ofNullable(organisations.get(number.organisationId()))
                .orElseThrow(() -> new IllegalStateException("organisation " + number.organisationId() + " is missing"));
    }

    public Optional<Organisation> organisation(String id) {
        return Optional.ofNullable(organisations.get(id));
    }

    public Optional<TrunkView> trunk(String id) {
        return Optional.ofNullable(trunks.get(id));
    }

    public Optional<TrunkView> trunkNamed(String name) {
        return trunks.values().stream().filter(view -> view.trunk().name().equals(name)).findFirst();
    }

    private static <T> Map<String, T> by(Function<T, String> key, Collection<T> items) {
        return items.stream().collect(Collectors.toUnmodifiableMap(key, Function.identity()));
    }
}
