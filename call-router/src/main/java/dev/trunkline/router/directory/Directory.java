package dev.trunkline.router.directory;

import dev.trunkline.events.OutboundTrunk;
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
 * @param agentInstances by id
 * @param numbers by what they stand for, as {@link PhoneNumber#phoneNumber} has it
 * @param trunks by id, ready to be asked
 * @param rules in the order of their names
 * @param outbound trunks that calls go out by, in the order of their names, without their accounts
 * @param sounds that callers can be told something by
 * @param liveKitIds LiveKit's ids of trunks and rules that came from there, by ours
 * @param index of the numbers
 * @param rooms whose they are
 */
public record Directory(
        long version,
        Map<String, Organisation> organisations,
        Map<String, AgentInstance> agentInstances,
        Map<String, PhoneNumber> numbers,
        Map<String, TrunkView> trunks,
        List<DispatchRule> rules,
        List<OutboundTrunk> outbound,
        SoundTable sounds,
        Map<String, String> liveKitIds,
        NumberIndex index,
        RoomClaims rooms) {

    public Directory {
        organisations = Map.copyOf(organisations);
        agentInstances = Map.copyOf(agentInstances);
        numbers = Map.copyOf(numbers);
        trunks = Map.copyOf(trunks);
        rules = List.copyOf(rules);
        outbound = List.copyOf(outbound);
        liveKitIds = Map.copyOf(liveKitIds);
    }

    /** @throws IllegalArgumentException if a number is none that {@link NumberKey} knows */
    public static Directory of(
            long version,
            Collection<Organisation> organisations,
            Collection<AgentInstance> agentInstances,
            Collection<PhoneNumber> numbers,
            Collection<InboundTrunk> trunks,
            Collection<DispatchRule> rules,
            List<OutboundTrunk> outbound) {
        Map<String, TrunkView> views = new HashMap<>();
        trunks.forEach(trunk -> views.put(trunk.id(), TrunkView.of(trunk, rules)));
        return new Directory(
                version,
                by(Organisation::id, organisations),
                by(AgentInstance::id, agentInstances),
                by(PhoneNumber::phoneNumber, numbers),
                views,
                List.copyOf(rules),
                outbound,
                SoundTable.NONE,
                Map.of(),
                new NumberIndex(numbers),
                new RoomClaims(organisations, numbers, rules));
    }

    /** The same with these sounds. */
    public Directory withSounds(SoundTable there) {
        return new Directory(version, organisations, agentInstances, numbers, trunks, rules, outbound, there, liveKitIds, index, rooms);
    }

    /** The same, of which these came from LiveKit. */
    public Directory withLiveKitIds(Map<String, String> ids) {
        return new Directory(version, organisations, agentInstances, numbers, trunks, rules, outbound, sounds, ids, index, rooms);
    }

    /** A directory whose calls only come in. */
    public static Directory of(
            long version,
            Collection<Organisation> organisations,
            Collection<AgentInstance> agentInstances,
            Collection<PhoneNumber> numbers,
            Collection<InboundTrunk> trunks,
            Collection<DispatchRule> rules) {
        return of(version, organisations, agentInstances, numbers, trunks, rules, List.of());
    }

    /** A directory without agent instances. */
    public static Directory of(
            long version,
            Collection<Organisation> organisations,
            Collection<PhoneNumber> numbers,
            Collection<InboundTrunk> trunks,
            Collection<DispatchRule> rules) {
        return of(version, organisations, List.of(), numbers, trunks, rules);
    }

    public static Directory empty() {
        return of(0, List.of(), List.of(), List.of(), List.of());
    }

    /**
     * Whose a called number is: the exact number, then the longest beginning, then the oldest regular expression.
     *
     * @param called normalised by the trunk's number plan
     */
    public Optional<PhoneNumber> number(String called, InboundTrunk trunk) {
        return index.find(called, trunk.name());
    }

    /** Whose a number is on any trunk. @param number in E.164, or short */
    public Optional<PhoneNumber> numberOnAnyTrunk(String number) {
        return index.find(number, "");
    }

    /** The organisation that has a number; the directory never holds a number without one. */
    public Organisation organisationOf(PhoneNumber number) {
        return Optional.ofNullable(organisations.get(number.organisationId()))
                .orElseThrow(() -> new IllegalStateException("organisation " + number.organisationId() + " is missing"));
    }

    /** The agent instance that a number uses, if it uses one of its own organisation. */
    public Optional<AgentInstance> agentInstanceOf(PhoneNumber number) {
        return number.agentInstanceId()
                .map(agentInstances::get)
                .filter(instance -> instance.organisationId().equals(number.organisationId()));
    }

    public Optional<Organisation> organisation(String id) {
        return Optional.ofNullable(organisations.get(id));
    }

    public Optional<Organisation> organisationNamed(String name) {
        return organisations.values().stream().filter(organisation -> organisation.name().equals(name)).findFirst();
    }

    public Optional<TrunkView> trunk(String id) {
        return Optional.ofNullable(trunks.get(id));
    }

    public Optional<DispatchRule> rule(String id) {
        return rules.stream().filter(rule -> rule.id().equals(id)).findFirst();
    }

    public Optional<TrunkView> trunkNamed(String name) {
        return trunks.values().stream().filter(view -> view.trunk().name().equals(name)).findFirst();
    }

    private static <T> Map<String, T> by(Function<T, String> key, Collection<T> items) {
        return items.stream().collect(Collectors.toUnmodifiableMap(key, Function.identity()));
    }
}
