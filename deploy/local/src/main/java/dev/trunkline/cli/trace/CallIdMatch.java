package dev.trunkline.cli.trace;

import java.util.Optional;

/**
 * Compares a SIP Call-ID with the Call-ID in an event. An event has stars for digits that belong to the caller's number,
 * so a Call-ID from a PBX's log may differ from the event's only in those places.
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
