package dev.trunkline.router.directory;

/** Which room a rule puts its callers in; the names of the kinds are LiveKit's. */
public sealed interface RoomChoice {

    /** A room of its own for each call, {@code <prefix>_<caller>_<random>}. */
    record Individual(String prefix) implements RoomChoice {}

    /** One room for all calls. */
    record Direct(String room) implements RoomChoice {}

    /** One room for each dialled number, {@code <prefix>_<called>}. */
    record Callee(String prefix) implements RoomChoice {}

    /** {@code individual}, {@code direct} or {@code callee}. */
    default String type() {
        return switch (this) {
            case Individual individual -> "individual";
            case Direct direct -> "direct";
            case Callee callee -> "callee";
        };
    }

    /** The prefix, or the name of a direct room. */
    default String text() {
        return switch (this) {
            case Individual(String prefix) -> prefix;
            case Direct(String room) -> room;
            case Callee(String prefix) -> prefix;
        };
    }

    /** @throws IllegalArgumentException for a type that is none of the three */
    static RoomChoice of(String type, String text) {
        return switch (type) {
            case "individual" -> new Individual(text);
            case "direct" -> new Direct(text);
            case "callee" -> new Callee(text);
            default -> throw new IllegalArgumentException("rule type " + type);
        };
    }
}
