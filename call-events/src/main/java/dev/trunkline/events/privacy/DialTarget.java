package dev.trunkline.events.privacy;

import java.util.Map;
import java.util.Objects;

/**
 * Whom a call out is to reach, and as whom. Exists only inside router, edge and relay, and sealed on Kafka.
 *
 * @param user user part of the Request-URI, written as the trunk wants numbers
 * @param callerId the number that is shown, written likewise; empty where none is
 * @param headers further headers of the INVITE, name to value
 */
public record DialTarget(String user, String callerId, Map<String, String> headers) {

    public DialTarget {
        Objects.requireNonNull(user, "user");
        callerId = callerId == null ? "" : callerId;
        headers = headers == null ? Map.of() : Map.copyOf(headers);
    }

    /** Says nothing: this record must not leak into a log line. */
    @Override
    public String toString() {
        return "DialTarget[…]";
    }
}
