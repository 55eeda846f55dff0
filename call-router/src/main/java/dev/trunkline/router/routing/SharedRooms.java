package dev.trunkline.router.routing;

import dev.trunkline.router.directory.Destination;
import dev.trunkline.router.directory.Directory;
import dev.trunkline.router.directory.DispatchRule;
import dev.trunkline.router.directory.NamePattern;
import dev.trunkline.router.directory.RoomChoice;
import dev.trunkline.router.directory.RoomClaims;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Finds rules of two organisations that can lead to the same room, where callers of one would hear those of the other.
 * They are reported when a rule is written. Rooms whose names have a random part, or the called number, belong to
 * nobody else.
 */
public final class SharedRooms {

    /** Two rules, and rooms to which both lead. @param rooms of the first, where the second overlaps */
    public record Shared(DispatchRule one, DispatchRule other, NamePattern rooms) {

        /** Returns one sentence for the author of either rule. */
        public String sentence() {
            return ("Rules %s and %s belong to two organisations, and both can lead to %s %s, where their callers would meet:"
                            + " give one of them another name.")
                    .formatted(one.name(), other.name(), rooms.beginning() ? "rooms" : "room", rooms);
        }
    }

    private record Reach(DispatchRule rule, Set<String> organisations, List<NamePattern> rooms) {}

    private SharedRooms() {}

    /**
     * @param directory with the rules as they will be
     * @param written the rules that are being written now: each pair contains one of them
     * @param most how many pairs are reported
     */
    public static List<Shared> find(Directory directory, Predicate<DispatchRule> written, int most) {
        List<Reach> reaches = directory.rules().stream()
                .map(rule -> new Reach(rule, directory.rooms().ownersOf(rule), shareable(rule, directory)))
                .filter(reach -> !reach.organisations().isEmpty() && !reach.rooms().isEmpty())
                .toList();
        List<Shared> found = new ArrayList<>();
        for (int i = 0; i < reaches.size() && found.size() < most; i++) {
            for (int j = i + 1; j < reaches.size() && found.size() < most; j++) {
                Reach one = reaches.get(i);
                Reach other = reaches.get(j);
                if (Collections.disjoint(one.organisations(), other.organisations())
                        && (written.test(one.rule()) || written.test(other.rule()))) {
                    meeting(one, other).ifPresent(rooms -> found.add(new Shared(one.rule(), other.rule(), rooms)));
                }
            }
        }
        return found;
    }

    private static Optional<NamePattern> meeting(Reach one, Reach other) {
        return one.rooms().stream()
                .flatMap(mine -> other.rooms().stream()
                        .filter(mine::meets)
                        // They share the narrower of the two.
                        .map(theirs -> theirs.text().length() > mine.text().length() ? theirs : mine))
                .findFirst();
    }

    private static List<NamePattern> shareable(DispatchRule rule, Directory directory) {
        List<NamePattern> rooms = new ArrayList<>();
        collect(rule, rule.destination(), directory, rooms);
        return rooms;
    }

    private static void collect(
            DispatchRule rule, Destination destination, Directory directory, List<NamePattern> rooms) {
        switch (destination) {
            case Destination.Room(RoomChoice room, boolean mustExist, var agents) -> shareable(room).ifPresent(rooms::add);
            case Destination.Desk(RoomChoice room) -> shareable(room).ifPresent(rooms::add);
            case Destination.Webhook webhook -> {
                if (webhook.allowed().rooms().isEmpty()) {
                    directory.rooms().ownersOf(rule).stream()
                            .flatMap(owner -> directory.organisation(owner).stream())
                            .map(RoomClaims::areaOf)
                            .forEach(rooms::add);
                } else {
                    webhook.allowed().rooms().stream().filter(allowed -> !allowed.text().isEmpty()).forEach(rooms::add);
                }
            }
            case Destination.Scheduled scheduled -> {
                collect(rule, scheduled.open(), directory, rooms);
                collect(rule, scheduled.closed(), directory, rooms);
            }
            case Destination.Forward forward -> {}
            case Destination.Redirect redirect -> {}
            case Destination.Refuse refuse -> {}
        }
    }

    private static Optional<NamePattern> shareable(RoomChoice room) {
        boolean itsOwn = switch (room) {
            case RoomChoice.Individual(String prefix, boolean noRandomness) -> !noRandomness;
            case RoomChoice.Callee callee -> true;
            case RoomChoice.Direct direct -> false;
            case RoomChoice.Named named -> false;
        };
        return itsOwn ? Optional.empty() : Optional.of(RoomClaims.roomsOf(room)).filter(rooms -> !rooms.text().isEmpty());
    }
}
