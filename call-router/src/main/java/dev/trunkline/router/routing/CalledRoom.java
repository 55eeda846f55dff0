package dev.trunkline.router.routing;

import dev.trunkline.router.directory.Destination;
import dev.trunkline.router.directory.Organisation;
import dev.trunkline.router.directory.RoomChoice.NameSource;
import dev.trunkline.router.directory.RoomChoice.Named;
import dev.trunkline.router.directory.RoomClaims;
import java.util.Optional;

/** Reads the room that a call itself names, in its Request-URI's user or in a header. */
final class CalledRoom {
    private static final String REQUEST_URI = "request-uri";

    /** Why a call names no room. @param field the rule's field */
    record Unnamed(String field, String why) {}

    private CalledRoom() {}

    /** Returns what prevents the call from going to a destination; empty if nothing does. */
    static Optional<Unnamed> missing(Destination destination, Call call, RoomClaims rooms, Organisation organisation) {
        return switch (destination) {
            case Destination.Room(Named named, boolean mustExist, var agents) ->
                    missing(named, call).or(() -> taken(named, call, rooms, organisation));
            case Destination.Desk(Named named) ->
                    missing(named, call).or(() -> taken(named, call, rooms, organisation));
            default -> Optional.empty();
        };
    }

    /** @throws IllegalStateException if the call names none; {@link #missing} reports that beforehand */
    static String name(Named named, Call call) {
        String value = value(named.source(), call).orElseThrow(() -> new IllegalStateException("the call names no room"));
        return named.template().replace(Named.VALUE, value);
    }

    /** Returns a reason if the room is taken: the caller chooses the name, and must not choose a room of another organisation. */
    private static Optional<Unnamed> taken(Named named, Call call, RoomClaims rooms, Organisation organisation) {
        return rooms.free(name(named, call), RoomClaims.roomsOf(named), organisation.id())
                ? Optional.empty()
                : Optional.of(new Unnamed("template", "the room that the call names belongs to somebody else"));
    }

    private static Optional<Unnamed> missing(Named named, Call call) {
        Optional<String> value = value(named.source(), call);
        return switch (named.source()) {
            case NameSource.Header(String name) -> value.isEmpty()
                    ? Optional.of(new Unnamed("header", "the call has no header " + name))
                    : unfit(named, value.get(), "header", "the value of " + name);
            case NameSource.RequestUser user -> value.isEmpty()
                    ? Optional.of(new Unnamed("type", "the call's Request-URI has no user part, or the trunk reads the"
                            + " called number elsewhere"))
                    : unfit(named, value.get(), "allowed_characters", "the Request-URI's user");
        };
    }

    /** The value itself stays out of the trace, because the caller wrote it. */
    private static Optional<Unnamed> unfit(Named named, String value, String field, String what) {
        if (value.length() > Named.LONGEST_VALUE) {
            return Optional.of(new Unnamed(field, "%s has %d characters, and %d are the most"
                    .formatted(what, value.length(), Named.LONGEST_VALUE)));
        }
        return named.allowed().allow(value)
                ? Optional.empty()
                : Optional.of(new Unnamed(field, "%s has characters other than %s".formatted(what, named.allowed())));
    }

    private static Optional<String> value(NameSource source, Call call) {
        Optional<String> value = switch (source) {
            case NameSource.Header(String name) -> call.header(name);
            case NameSource.RequestUser user -> call.numbersFrom()
                            .filter(from -> !from.called().equals(REQUEST_URI))
                            .isPresent()
                    ? Optional.empty()
                    : Optional.of(call.calledAsReceived());
        };
        return value.map(String::strip).filter(text -> !text.isEmpty());
    }
}
