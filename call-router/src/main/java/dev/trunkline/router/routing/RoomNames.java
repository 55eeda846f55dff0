package dev.trunkline.router.routing;

import dev.trunkline.router.directory.RoomChoice;
import java.util.function.Function;

/**
 * Names rooms. Room names travel in events and logs, so the caller in them is the beginning of its pseudonym, never a
 * number.
 */
public final class RoomNames {
    /** Enough to tell callers apart when looking at a list of rooms; the random part is what makes a room its own. */
    private static final int PSEUDONYM_CHARACTERS = 8;

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
            case RoomChoice.Individual(String prefix) ->
                    prefix + "_" + beginning(call.caller().pseudonym()) + "_" + random.apply(call);
            case RoomChoice.Direct(String name) -> name;
            case RoomChoice.Callee(String prefix) -> prefix + "_" + call.called();
        };
    }

    private static String beginning(String pseudonym) {
        return pseudonym.substring(0, Math.min(PSEUDONYM_CHARACTERS, pseudonym.length()));
    }
}
