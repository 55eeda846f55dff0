package dev.trunkline.router.legs;

import dev.trunkline.events.Agent;
import dev.trunkline.events.Fallback;
import dev.trunkline.events.FallbackKind;
import dev.trunkline.router.directory.Destination;
import dev.trunkline.router.directory.Directory;
import dev.trunkline.router.directory.DispatchRule;
import dev.trunkline.router.directory.NamePattern;
import dev.trunkline.router.directory.Organisation;
import dev.trunkline.router.directory.RoomClaims;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The rooms and agents that a tenant may name for an outbound call: its organisation's, as for its webhooks' answers.
 * LiveKit has one room per name, and everyone in a room hears everyone else in it. Pure.
 */
final class OwnRooms {
    private final Directory directory;
    private final Organisation organisation;

    OwnRooms(Directory directory, Organisation organisation) {
        this.directory = directory;
        this.organisation = organisation;
    }

    /** Returns whether the room's name begins with the organisation's name and a minus, or a rule for its calls alone leads to it. */
    boolean hasRoom(String room) {
        Stream<NamePattern> ofRules = rules()
                .filter(rule -> directory.rooms().ownersOf(rule).equals(Set.of(organisation.id())))
                .flatMap(rule -> RoomClaims.roomsOf(rule.destination()).stream())
                .filter(pattern -> !pattern.text().isEmpty());
        return Stream.concat(Stream.of(RoomClaims.areaOf(organisation)), ofRules)
                .anyMatch(pattern -> pattern.covers(room) && directory.rooms().free(room, pattern, organisation.id()));
    }

    /** Returns whether a rule that takes its calls, or a fallback of one, names the agent, or its webhooks may name it. */
    boolean hasAgent(String name) {
        return rules().anyMatch(rule -> agents(rule).anyMatch(name::equals)
                || allowed(rule.destination()).stream().anyMatch(pattern -> pattern.covers(name)));
    }

    private Stream<DispatchRule> rules() {
        return directory.rules().stream().filter(rule -> {
            Set<String> owners = directory.rooms().ownersOf(rule);
            return owners.isEmpty() || owners.contains(organisation.id());
        });
    }

    private static Stream<String> agents(DispatchRule rule) {
        return Stream.of(
                        rule.terms().agents().stream().map(Agent::name),
                        rule.terms().fallback().stream().filter(step -> step.kind() == FallbackKind.AGENT).map(Fallback::target),
                        inDestination(rule.destination()))
                .flatMap(names -> names);
    }

    private static Stream<String> inDestination(Destination destination) {
        return switch (destination) {
            case Destination.Room room -> room.agents().stream().map(Agent::name);
            case Destination.Scheduled scheduled -> Stream.concat(inDestination(scheduled.open()), inDestination(scheduled.closed()));
            case Destination.Webhook webhook -> Stream.empty();
            case Destination.Forward forward -> Stream.empty();
            case Destination.Redirect redirect -> Stream.empty();
            case Destination.Desk desk -> Stream.empty();
            case Destination.Refuse refuse -> Stream.empty();
        };
    }

    private static List<NamePattern> allowed(Destination destination) {
        return switch (destination) {
            case Destination.Webhook webhook -> webhook.allowed().agents();
            case Destination.Scheduled scheduled ->
                    Stream.concat(allowed(scheduled.open()).stream(), allowed(scheduled.closed()).stream()).toList();
            case Destination.Room room -> List.of();
            case Destination.Forward forward -> List.of();
            case Destination.Redirect redirect -> List.of();
            case Destination.Desk desk -> List.of();
            case Destination.Refuse refuse -> List.of();
        };
    }
}
