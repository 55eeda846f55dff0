package dev.trunkline.router.routing;

import dev.trunkline.router.directory.RoomChoice;
import java.util.function.Function;

/**
 * Names rooms. Room names travel in events and logs, so they identify the caller by the beginning of its pseudonym,
 * never by a number.
 */
public final class RoomNames {
    /** Enough to tell callers apart in a list of rooms; the random part is what makes a room unique. */
    private static final int PSEUDONYM_CHARACTERS = 8;
    /** Without a random part, the pseudonym alone keeps two callers out of the same room. */
    private static final int PSEUDONYM_CHARACTERS_ALONE = 24;

    private final Function<Call, String> random;

    /**
     * @param random the random part for a call: 12 letters and digits, always the same for the same call, so that an
     *     invite that Kafka delivers twice does not lead to two rooms
     */
    public RoomNames(Function<Call, String> random) {
        this.random = random;
    }

    String name(RoomChoice room, Call call) {
        return switch (room) {
            // Anonymous callers share a pseudonym, but must not share a room.
            case RoomChoice.Individual(String prefix, boolean noRandomness)
                    when noRandomness && !call.caller().anonymous() ->
                    prefixed(prefix, beginning(call.caller().pseudonym(), PSEUDONYM_CHARACTERS_ALONE));
            case RoomChoice.Individual(String prefix, boolean noRandomness) ->
                    prefixed(prefix, beginning(call.caller().pseudonym(), PSEUDONYM_CHARACTERS))
                            + "_" + random.apply(call);
            case RoomChoice.Direct(String name) -> name;
            case RoomChoice.Callee(String prefix, boolean randomize) ->
                    prefixed(prefix, call.called()) + (randomize ? "_" + random.apply(call) : "");
            case RoomChoice.Named named -> CalledRoom.name(named, call);
        };
    }

    private static String prefixed(String prefix, String rest) {
        return prefix.isEmpty() ? rest : prefix + "_" + rest;
    }

    private static String beginning(String pseudonym, int characters) {
        return pseudonym.substring(0, Math.min(characters, pseudonym.length()));
    }
}
