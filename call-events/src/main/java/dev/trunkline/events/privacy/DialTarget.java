package dev.trunkline.events.privacy;

import java.util.Map;
import java.util.Objects;

/**
 * Whom a call out is to reach, and as whom. Exists only inside router, edge and relay, and sealed on Kafka.
 *
 * @param user user part of the Request-URI, written as the trunk wants numbers
 * @param callerId the number that is shown, written likewise; empty where none is
 * @param headers further headers of the INVITE, name to value
 * @param extras what the call is to have besides
 */
public record DialTarget(String user, String callerId, Map<String, String> headers, DialExtras extras) {

    public DialTarget {
        Objects.requireNonNull(user, "user");
        callerId = callerId == null ? "" : callerId;
        headers = headers == null ? Map.of() : Map.copyOf(headers);
        // A router before this one says nothing of them.
        extras = extras == null ? DialExtras.NONE : extras;
    }

    /** A call that has nothing else. */
    public DialTarget(String user, String callerId, Map<String, String> headers) {
        this(user, callerId, headers, DialExtras.NONE);
    }

    /** Says nothing: this record must not leak into a log line. */
    @Override
    public String toString() {
        return "DialTarget[…]";
    }
}
