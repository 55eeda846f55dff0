package dev.trunkline.relay.pin;

import dev.trunkline.relay.dtmf.DtmfKey;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.regex.Pattern;

/**
 * Judges the keys of one caller who must enter a PIN. Not thread-safe; reveals digits to nobody.
 *
 * <pre>
 *              a digit: MORE; *: begins anew, MORE
 *                +----+
 *                v    |
 *   ------> a try of three --the count of digits, or #--> right: LET_IN
 *                ^    |                                    |
 *                +----+  wrong, or time over: AGAIN        `-- after the third: REFUSED
 * </pre>
 *
 * A # without a digit before it is no try: a caller who ends a complete PIN with # presses one key more than necessary.
 */
public final class PinEntry {
    public static final int TRIES = 3;
    private static final Pattern PIN = Pattern.compile("\\d{1,32}");

    /** The outcome of a key, or of the timeout. */
    public enum Verdict {
        /** The try continues. */
        MORE,
        /** The try was wrong, and the caller has another. */
        AGAIN,
        LET_IN,
        /** The last try was wrong. */
        REFUSED
    }

    private final String pin;
    private final StringBuilder entered = new StringBuilder();
    private int wrong;
    private boolean over;

    /**
     * @param pin 1 to 32 digits
     * @throws IllegalArgumentException if it is anything else; the message does not repeat it
     */
    public PinEntry(String pin) {
        if (!PIN.matcher(pin).matches()) {
            throw new IllegalArgumentException("a PIN must be 1 to 32 digits");
        }
        this.pin = pin;
    }

    /** @throws IllegalStateException after the last verdict */
    public Verdict pressed(DtmfKey key) {
        check();
        return switch (key.digit()) {
            case "#" -> entered.isEmpty() ? Verdict.MORE : judge();
            case "*" -> {
                entered.setLength(0);
                yield Verdict.MORE;
            }
            case "A", "B", "C", "D" -> Verdict.MORE;
            default -> {
                entered.append(key.digit());
                yield entered.length() == pin.length() ? judge() : Verdict.MORE;
            }
        };
    }

    /** The time for this try has expired. */
    public Verdict timedOut() {
        check();
        return wrong();
    }

    /** Returns the number of wrong tries so far, 0 to 3. */
    public int wrongTries() {
        return wrong;
    }

    private Verdict judge() {
        boolean right = MessageDigest.isEqual(
                entered.toString().getBytes(StandardCharsets.US_ASCII), pin.getBytes(StandardCharsets.US_ASCII));
        if (right) {
            entered.setLength(0);
            over = true;
            return Verdict.LET_IN;
        }
        return wrong();
    }

    private Verdict wrong() {
        entered.setLength(0);
        over = ++wrong == TRIES;
        return over ? Verdict.REFUSED : Verdict.AGAIN;
    }

    private void check() {
        if (over) {
            throw new IllegalStateException("the caller was judged already");
        }
    }

    /** Reveals nothing. */
    @Override
    public String toString() {
        return "PinEntry[…]";
    }
}
