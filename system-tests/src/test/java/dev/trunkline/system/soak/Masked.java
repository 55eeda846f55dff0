package dev.trunkline.system.soak;

/** Call-IDs as events have them: digits that they share with the caller's number are stars. */
final class Masked {
    private Masked() {}

    /** Returns whether an event's Call-ID is this one. */
    static boolean isMaskOf(String masked, String sipCallId) {
        if (masked.length() != sipCallId.length()) {
            return false;
        }
        for (int i = 0; i < masked.length(); i++) {
            char shown = masked.charAt(i);
            char real = sipCallId.charAt(i);
            if (shown != real && !(shown == '*' && real >= '0' && real <= '9')) {
                return false;
            }
        }
        return true;
    }
}
