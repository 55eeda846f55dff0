package dev.trunkline.phone;

import java.util.Optional;

/**
 * How an established call ended.
 *
 * @param by      who ended it
 * @param reason  the Reason header of the far end's BYE, if any
 * @param upNanos how long the call was established
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
