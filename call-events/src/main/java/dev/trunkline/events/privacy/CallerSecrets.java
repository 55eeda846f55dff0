package dev.trunkline.events.privacy;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What is known of the caller in the clear. Exists only inside edge, router, relay and dispatcher, and sealed on Kafka.
 *
 * @param number E.164 if the number plan knows it, else as received; empty for an anonymous caller
 * @param displayName empty if there is none
 * @param sipCallId the SIP Call-ID, unmasked
 * @param headers chosen headers of the INVITE, lower-case name to value
 * @param identity of the participant in the room, if one was chosen; empty for one that is derived from the number
 * @param participantName likewise
 * @param hostname the host in the caller's From; empty if it is not known
 * @param callTag the caller's tag of the dialog (RFC 3261 section 19.3); empty if it is not known
 */
public record CallerSecrets(
        String number,
        String displayName,
        String sipCallId,
        Map<String, String> headers,
        Optional<String> identity,
        Optional<String> participantName,
        Optional<String> hostname,
        Optional<String> callTag) {

    public CallerSecrets {
        Objects.requireNonNull(number, "number");
        displayName = displayName == null ? "" : displayName;
        sipCallId = sipCallId == null ? "" : sipCallId;
        headers = headers == null ? Map.of() : Map.copyOf(headers);
        identity = identity == null ? Optional.empty() : identity;
        participantName = participantName == null ? Optional.empty() : participantName;
        hostname = hostname == null ? Optional.empty() : hostname;
        callTag = callTag == null ? Optional.empty() : callTag;
    }

    /** For a party that is called: its details are known once it has answered. */
    public CallerSecrets(
            String number,
            String displayName,
            String sipCallId,
            Map<String, String> headers,
            Optional<String> identity,
            Optional<String> participantName) {
        this(number, displayName, sipCallId, headers, identity, participantName, Optional.empty(), Optional.empty());
    }

    /** For a party whose names in the room are derived from the number. */
    public CallerSecrets(String number, String displayName, String sipCallId, Map<String, String> headers) {
        this(number, displayName, sipCallId, headers, Optional.empty(), Optional.empty());
    }

    /** Reveals nothing: this record must not leak into a log line. */
    @Override
    public String toString() {
        return "CallerSecrets[…]";
    }
}
