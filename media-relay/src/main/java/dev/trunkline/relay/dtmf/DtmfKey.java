package dev.trunkline.relay.dtmf;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A telephone key.
 *
 * @param code RFC 4733 section 3.2: 0 to 9 the digits, 10 {@code *}, 11 {@code #}, 12 to 15 A to D
 */
public record DtmfKey(int code) {
    private static final String DIGITS = "0123456789*#ABCD";
    /** More than anybody dials, and no more than may wait to be pressed. */
    private static final int MOST_AT_ONCE = 64;

    public DtmfKey {
        if (code < 0 || code >= DIGITS.length()) {
            throw new IllegalArgumentException("a DTMF event is 0 to 15, but is " + code);
        }
    }

    /** Returns the key of an event code; empty for an event that is no key. */
    public static Optional<DtmfKey> of(int code) {
        return code >= 0 && code < DIGITS.length() ? Optional.of(new DtmfKey(code)) : Optional.empty();
    }

    /** Returns the key of its one character; a letter may be lower or upper case. */
    public static Optional<DtmfKey> ofDigit(String digit) {
        return digit.length() == 1 ? of(DIGITS.indexOf(digit.toUpperCase(Locale.ROOT))) : Optional.empty();
    }

    /**
     * Returns the keys that a SipDTMF of the room means. LiveKit's clients write one key or several into the digit, and some of them no
     * code; characters that are no key are ignored.
     *
     * @param code used if there is no digit
     */
    public static List<DtmfKey> ofRoom(int code, String digits) {
        return digits.isEmpty()
                ? of(code).stream().toList()
                : digits.chars().limit(MOST_AT_ONCE).mapToObj(Character::toString).flatMap(digit -> ofDigit(digit).stream()).toList();
    }

    public String digit() {
        return DIGITS.substring(code, code + 1);
    }

    /** Returns the key as LiveKit writes it: letters are lower case. */
    public String roomDigit() {
        return digit().toLowerCase(Locale.ROOT);
    }

    /** Reveals nothing: a key may be part of a PIN, and this record must not leak into a log line. */
    @Override
    public String toString() {
        return "DtmfKey[…]";
    }
}
