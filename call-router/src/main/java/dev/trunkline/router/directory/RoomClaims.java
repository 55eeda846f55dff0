package dev.trunkline.router.directory;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which organisation has which rooms. LiveKit has one room per name, whichever organisation's call asks for it. A name
 * that comes from outside the directory (from a webhook, a header, or the person who dials) must therefore not lead to
 * a room that another organisation's rules lead to. An organisation has
 *
 * <ul>
 *   <li>the rooms that begin with its name and a minus, {@code bakery-};
 *   <li>those that its rules name: a direct room, the beginning of the rooms that a rule creates or lets callers name,
 *       and the rooms that a webhook rule allows.
 * </ul>
 *
 * Nobody may name the rooms of fallbacks, {@code call_…}.
 */
public final class RoomClaims {
    private static final String SUITE = "";
    private static final String FALLBACK_ROOMS = "call_";
    private static final char SEPARATOR = '-';

    /** By number in its stored form. */
    private final Map<String, String> organisationOf = new HashMap<>();
    private final Map<String, Set<String>> names = new HashMap<>();
    private final Map<String, Set<String>> beginnings = new HashMap<>();

    RoomClaims(Collection<Organisation> organisations, Collection<PhoneNumber> numbers, Collection<DispatchRule> rules) {
        numbers.forEach(number -> organisationOf.put(number.phoneNumber(), number.organisationId()));
        claim(new NamePattern(FALLBACK_ROOMS, true), SUITE);
        organisations.forEach(organisation -> claim(areaOf(organisation), organisation.id()));
        rules.forEach(rule -> ownersOf(rule)
                .forEach(owner -> roomsOf(rule.destination()).forEach(rooms -> claim(rooms, owner))));
    }

    /**
     * Returns the organisations whose calls a rule is for: the one that it names, else those of the numbers that it
     * names in their stored form. Empty for a rule for any organisation's calls.
     */
    public Set<String> ownersOf(DispatchRule rule) {
        return rule.organisationId().map(Set::of).orElseGet(() -> rule.numbers().stream()
                .map(organisationOf::get)
                .filter(Objects::nonNull)
                .collect(Collectors.toUnmodifiableSet()));
    }

    private void claim(NamePattern rooms, String owner) {
        // An empty beginning covers every room, and says nothing about whose they are.
        if (!rooms.text().isEmpty()) {
            (rooms.beginning() ? beginnings : names).computeIfAbsent(rooms.text(), name -> new HashSet<>()).add(owner);
        }
    }

    /** Returns the rooms that an organisation has without a rule that says so. */
    public static NamePattern areaOf(Organisation organisation) {
        return new NamePattern(organisation.name() + SEPARATOR, true);
    }

    /**
     * Returns whether an organisation's callers may be put in a room whose name comes from outside the directory.
     *
     * @param area the pattern of a rule that covers the room: the pattern itself was checked when it was written, so
     *     only what others claim within it counts
     */
    public boolean free(String room, NamePattern area, String organisationId) {
        int within = area.text().length();
        if (room.length() > within && ofOthers(names.get(room), organisationId)) {
            return false;
        }
        for (int length = within + 1; length <= room.length(); length++) {
            if (ofOthers(beginnings.get(room.substring(0, length)), organisationId)) {
                return false;
            }
        }
        return true;
    }

    private static boolean ofOthers(Set<String> owners, String organisationId) {
        return owners != null && !(owners.size() == 1 && owners.contains(organisationId));
    }

    /** Returns the rooms that a destination can lead to. */
    public static List<NamePattern> roomsOf(Destination destination) {
        List<NamePattern> rooms = new ArrayList<>();
        switch (destination) {
            case Destination.Room room -> rooms.add(roomsOf(room.room()));
            case Destination.Desk desk -> rooms.add(roomsOf(desk.room()));
            case Destination.Webhook webhook -> rooms.addAll(webhook.allowed().rooms());
            case Destination.Scheduled scheduled -> {
                rooms.addAll(roomsOf(scheduled.open()));
                rooms.addAll(roomsOf(scheduled.closed()));
            }
            case Destination.Forward forward -> {}
            case Destination.Redirect redirect -> {}
            case Destination.Refuse refuse -> {}
        }
        return rooms;
    }

    /** Returns the rooms that a choice can lead to. */
    public static NamePattern roomsOf(RoomChoice choice) {
        return switch (choice) {
            case RoomChoice.Direct(String room) -> new NamePattern(room, false);
            case RoomChoice.Individual(String prefix, boolean noRandomness) -> made(prefix);
            case RoomChoice.Callee(String prefix, boolean randomize) -> made(prefix);
            case RoomChoice.Named named -> new NamePattern(
                    named.template().substring(0, named.template().indexOf(RoomChoice.Named.VALUE)), true);
        };
    }

    private static NamePattern made(String prefix) {
        return new NamePattern(prefix.isEmpty() ? "" : prefix + "_", true);
    }
}
