package dev.trunkline.events.privacy;

import dev.trunkline.events.destinations.Redirects;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Whom a call out is to reach, and as whom. Exists only inside router, edge and relay, and sealed on Kafka.
 *
 * @param user user part of the Request-URI, written as the trunk wants numbers
 * @param callerId the number that is shown, written likewise; empty where none is
 * @param headers further headers of the INVITE, name to value
 * @param extras what the call is to have besides
 * @param redirects where the other side may send it by a 3xx; empty where none is followed
 */
public record DialTarget(
        String user, String callerId, Map<String, String> headers, DialExtras extras, Optional<Redirects> redirects) {

    public DialTarget {
        Objects.requireNonNull(user, "user");
        callerId = callerId == null ? "" : callerId;
        headers = headers == null ? Map.of() : Map.copyOf(headers);
        // A router before this one says nothing of them.
        extras = extras == null ? DialExtras.NONE : extras;
        redirects = redirects == null ? Optional.empty() : redirects;
    }

    /** A call that has nothing else. */
    public DialTarget(String user, String callerId, Map<String, String> headers) {
        this(user, callerId, headers, DialExtras.NONE, Optional.empty());
    }

    /** The same to somebody else. @param other user part of the Request-URI */
    public DialTarget to(String other) {
        return new DialTarget(other, callerId, headers, extras, redirects);
    }

    /** Says nothing: this record must not leak into a log line. */
    @Override
    public String toString() {
        return "DialTarget[…]";
    }
}
