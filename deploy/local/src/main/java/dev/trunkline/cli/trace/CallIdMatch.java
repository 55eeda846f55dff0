package dev.trunkline.cli.trace;

import java.util.Optional;

/**
 * Compares a SIP Call-ID with that of an event. Digits that belong to the caller's number are stars in an event, so
 * that a Call-ID from a PBX's log may differ from the event's in those places only.
 */
enum CallIdMatch {
    EXACT,
    MASKED;

    static Optional<CallIdMatch> of(String asked, String ofEvent) {
        if (asked.equals(ofEvent)) {
            return Optional.of(EXACT);
        }
        boolean fits = ofEvent.indexOf('*') >= 0 && asked.length() == ofEvent.length();
        for (int i = 0; fits && i < asked.length(); i++) {
            fits = asked.charAt(i) == ofEvent.charAt(i) || ofEvent.charAt(i) == '*' && isDigit(asked.charAt(i));
        }
        return fits ? Optional.of(MASKED) : Optional.empty();
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
