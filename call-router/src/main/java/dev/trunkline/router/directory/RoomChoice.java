package dev.trunkline.router.directory;

import java.util.stream.Stream;

/** The room in which a rule puts its callers; the names of the first three kinds are LiveKit's. */
public sealed interface RoomChoice {

    /**
     * A room of its own for each caller, {@code <prefix>_<caller>_<random>}.
     *
     * @param noRandomness the random part is left out, so that a caller returns to the same room
     */
    record Individual(String prefix, boolean noRandomness) implements RoomChoice {}

    /** One room for all calls. */
    record Direct(String room) implements RoomChoice {}

    /**
     * One room for each dialled number, {@code <prefix>_<called>}.
     *
     * @param randomize a random part is added, so that each call has a room of its own
     */
    record Callee(String prefix, boolean randomize) implements RoomChoice {}

    /**
     * A room that the call itself names.
     *
     * @param template the room's name, with {@code {}} where the value stands
     * @param allowed the characters that the value may have; a value with others names no room
     */
    record Named(NameSource source, String template, AllowedCharacters allowed) implements RoomChoice {
        /** The place in a template where the value goes. */
        public static final String VALUE = "{}";
        /** The longest value, in characters; LiveKit accepts room names of 256. */
        public static final int LONGEST_VALUE = 128;
    }

    /** Where a call names its room. */
    sealed interface NameSource {
        /** The user part of the Request-URI. */
        record RequestUser() implements NameSource {}

        /** @param name of a SIP header; case does not matter */
        record Header(String name) implements NameSource {}
    }

    /** {@code individual}, {@code direct}, {@code callee} or {@code named}. */
    default String type() {
        return switch (this) {
            case Individual individual -> "individual";
            case Direct direct -> "direct";
            case Callee callee -> "callee";
            case Named named -> "named";
        };
    }

    /** Returns the prefix, the name of a direct room, or the template of a named one. */
    default String text() {
        return switch (this) {
            case Individual(String prefix, boolean noRandomness) -> prefix;
            case Direct(String room) -> room;
            case Callee(String prefix, boolean randomize) -> prefix;
            case Named(NameSource source, String template, AllowedCharacters allowed) -> template;
        };
    }

    /**
     * Returns a choice that consists of a text only.
     *
     * @throws IllegalArgumentException for a type that is none of LiveKit's three
     */
    static RoomChoice of(String type, String text) {
        return switch (type) {
            case "individual" -> new Individual(text, false);
            case "direct" -> new Direct(text);
            case "callee" -> new Callee(text, false);
            default -> throw new IllegalArgumentException("rule type " + type);
        };
    }

    /** Returns the headers from which it takes the name: one or none. */
    default Stream<String> headers() {
        return this instanceof Named(NameSource.Header(String name), String template, AllowedCharacters allowed)
                ? Stream.of(name)
                : Stream.empty();
    }
}
