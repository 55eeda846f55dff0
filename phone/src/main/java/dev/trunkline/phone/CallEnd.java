package dev.trunkline.phone;

import java.util.Optional;

/**
 * How a call that was up came to its end.
 *
 * @param by      who ended it
 * @param reason  the Reason header of the far end's BYE, if any
 * @param upNanos how long it was up
 */
public record CallEnd(By by, Optional<String> reason, long upNanos) {
    /** Who ended a call. */
    public enum By {
        /** {@link Call#hangUp()} or the phone closing. */
        PHONE,
        /** The far end's BYE. */
        FAR_END,
        /** {@link Call#vanish()}: the far end was not told. */
        VANISHED
    }
}
