package dev.trunkline.events.privacy;

import java.util.Map;
import java.util.Objects;

/**
 * What is known of the caller in the clear. Exists only inside edge, router, relay and dispatcher, and sealed on Kafka.
 *
 * @param number E.164 where the number plan knows it, else as received; empty for an anonymous caller
 * @param displayName empty where there is none
 * @param sipCallId the SIP Call-ID, unmasked
 * @param headers chosen headers of the INVITE, lower-case name to value
 */
public record CallerSecrets(String number, String displayName, String sipCallId, Map<String, String> headers) {

    public CallerSecrets {
        Objects.requireNonNull(number, "number");
        displayName = displayName == null ? "" : displayName;
        sipCallId = sipCallId == null ? "" : sipCallId;
        headers = headers == null ? Map.of() : Map.copyOf(headers);
    }

    /** Says nothing: this record must not leak into a log line. */
    @Override
    public String toString() {
        return "CallerSecrets[…]";
    }
}
