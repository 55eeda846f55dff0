package dev.trunkline.relay.dtmf;

import java.util.Optional;

/**
 * A key of the telephone.
 *
 * @param code RFC 4733 section 3.2: 0 to 9 the digits, 10 {@code *}, 11 {@code #}, 12 to 15 A to D
 */
public record DtmfKey(int code) {
    private static final String DIGITS = "0123456789*#ABCD";

    public DtmfKey {
        if (code < 0 || code >= DIGITS.length()) {
            throw new IllegalArgumentException("a DTMF event is 0 to 15, but is " + code);
        }
    }

    /** Empty for an event that is no key. */
    public static Optional<DtmfKey> of(int code) {
        return code >= 0 && code < DIGITS.length() ? Optional.of(new DtmfKey(code)) : Optional.empty();
    }

    /** By its one character. */
    public static Optional<DtmfKey> ofDigit(String digit) {
        return digit.length() == 1 ? of(DIGITS.indexOf(digit)) : Optional.empty();
    }

    public String digit() {
        return DIGITS.substring(code, code + 1);
    }

    /** Says nothing: a key may be part of a PIN, and this record must not leak into a log line. */
    @Override
    public String toString() {
        return "DtmfKey[…]";
    }
}
