package dev.trunkline.router.routing;

import dev.trunkline.events.Agent;
import dev.trunkline.events.Fallback;
import dev.trunkline.events.FallbackKind;
import dev.trunkline.router.directory.Destination;
import dev.trunkline.router.directory.NamePattern;
import dev.trunkline.router.directory.RoomClaims;
import dev.trunkline.router.routing.WebhookResult.Instruction;
import java.util.List;
import java.util.Optional;

/** Which rooms and agents an organisation's webhook may name: only its own. */
final class Allowance {
    private Allowance() {}

    /** Returns why an instruction is not followed, in words for the organisation; empty if it is followed. */
    static Optional<String> missing(Matched matched, Instruction.Room room) {
        Destination.Allowed allowed = matched.rule().destination().at(matched.call().receivedAt())
                        instanceof Destination.Webhook webhook
                ? webhook.allowed()
                : Destination.Allowed.NOTHING_MORE;
        return missingRoom(matched, allowed.rooms(), room.room())
                .or(() -> room.agents().stream()
                        .map(Agent::name)
                        .filter(name -> !agentAllowed(matched, allowed.agents(), name))
                        .findFirst()
                        .map(name -> ("it names the agent %s, which does not belong to this rule: it may name the agents of rule %s%s."
                                        + " Ask your operator for allowed_agents")
                                .formatted(name, matched.rule().name(), listed(allowed.agents()))));
    }

    private static Optional<String> missingRoom(Matched matched, List<NamePattern> given, String room) {
        List<NamePattern> rooms = given.isEmpty() ? List.of(RoomClaims.areaOf(matched.organisation())) : given;
        Optional<NamePattern> area = rooms.stream()
                .filter(pattern -> pattern.covers(room))
                .filter(pattern -> matched.directory().rooms().free(room, pattern, matched.organisation().id()))
                .findFirst();
        if (area.isPresent()) {
            return Optional.empty();
        }
        boolean covered = rooms.stream().anyMatch(pattern -> pattern.covers(room));
        return Optional.of(covered
                ? "it names the room %s, which belongs to somebody else: name another".formatted(room)
                : "it names the room %s, which does not belong to organisation %s: it may name %s. Ask your operator for allowed_rooms"
                        .formatted(room, matched.organisation().name(), list(rooms)));
    }

    private static boolean agentAllowed(Matched matched, List<NamePattern> given, String name) {
        return matched.terms().agents().stream().anyMatch(agent -> agent.name().equals(name))
                || matched.terms().fallback().stream()
                        .filter(step -> step.kind() == FallbackKind.AGENT)
                        .map(Fallback::target)
                        .anyMatch(name::equals)
                || given.stream().anyMatch(pattern -> pattern.covers(name));
    }

    private static String listed(List<NamePattern> patterns) {
        return patterns.isEmpty() ? "" : ", and " + list(patterns);
    }

    private static String list(List<NamePattern> patterns) {
        return String.join(", ", patterns.stream().map(NamePattern::toString).toList());
    }
}
