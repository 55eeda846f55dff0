package dev.trunkline.router.legs;

import java.time.Duration;
import java.util.OptionalInt;

/**
 * How long outbound calls may ring.
 *
 * @param usual the default, 1 s to {@link #MOST_SECONDS}
 */
public record Ringing(Duration usual) {
    /** As long as the edge lets any call ring. */
    static final int MOST_SECONDS = 180;

    public Ringing {
        if (usual.toSeconds() < 1 || usual.toSeconds() > MOST_SECONDS) {
            throw new IllegalArgumentException(
                    "TRUNKLINE_ROUTER_DIAL_RINGING is " + usual + ": write 1s to " + MOST_SECONDS + "s");
        }
    }

    int seconds(OptionalInt wanted) {
        return Math.clamp(wanted.orElse((int) usual.toSeconds()), 1, MOST_SECONDS);
    }
}
