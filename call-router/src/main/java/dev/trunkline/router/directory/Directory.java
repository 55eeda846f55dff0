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
 * Everything that a decision needs, as it was at one moment. Immutable: a change in Postgres creates a new directory,
 * and a decision uses the same directory from beginning to end.
 *
 * @param version rises with each change
 * @param organisations by id
 * @param agentInstances by id
 * @param numbers by what they stand for, in the form of {@link PhoneNumber#phoneNumber}
 * @param trunks by id, prepared for decisions
 * @param rules in the order of their names
 * @param outbound outbound trunks in the order of their names, without their accounts
 * @param sounds the recordings that can be played to callers
 * @param liveKitIds LiveKit's ids of trunks and rules that came from there, by ours
 * @param index of the numbers
 * @param rooms which organisation has which rooms
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

    /** @throws IllegalArgumentException if {@link NumberKey} cannot read one of the numbers */
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

    /** Returns the same directory with these sounds. */
    public Directory withSounds(SoundTable there) {
        return new Directory(version, organisations, agentInstances, numbers, trunks, rules, outbound, there, liveKitIds, index, rooms);
    }

    /** Returns the same directory, with the ids of what came from LiveKit. */
    public Directory withLiveKitIds(Map<String, String> ids) {
        return new Directory(version, organisations, agentInstances, numbers, trunks, rules, outbound, sounds, ids, index, rooms);
    }

    /** Returns a directory without outbound trunks. */
    public static Directory of(
            long version,
            Collection<Organisation> organisations,
            Collection<AgentInstance> agentInstances,
            Collection<PhoneNumber> numbers,
            Collection<InboundTrunk> trunks,
            Collection<DispatchRule> rules) {
        return of(version, organisations, agentInstances, numbers, trunks, rules, List.of());
    }

    /** Returns a directory without agent instances. */
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
     * Looks up the entry that a called number belongs to: the exact number, then the longest beginning, then the oldest
     * regular expression.
     *
     * @param called normalised by the trunk's number plan
     */
    public Optional<PhoneNumber> number(String called, InboundTrunk trunk) {
        return index.find(called, trunk.name());
    }

    /** Looks up the entry of a number that is not bound to a trunk. @param number in E.164, or short */
    public Optional<PhoneNumber> numberOnAnyTrunk(String number) {
        return index.find(number, "");
    }

    /** Returns the organisation that has a number; the directory never holds a number without one. */
    public Organisation organisationOf(PhoneNumber number) {
        return Optional.ofNullable(organisations.get(number.organisationId()))
                .orElseThrow(() -> new IllegalStateException("organisation " + number.organisationId() + " is missing"));
    }

    /** Returns the agent instance that a number uses, if it uses one of its own organisation. */
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
