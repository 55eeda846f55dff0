package dev.trunkline.events.privacy;

import dev.trunkline.events.destinations.Redirects;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The party that an outbound call is to reach, and the number it presents. Exists only inside router, edge and relay,
 * and sealed on Kafka.
 *
 * @param user user part of the Request-URI, in the form in which the trunk wants numbers
 * @param callerId the number that is displayed, in the same form; empty if none is
 * @param headers further headers of the INVITE, name to value
 * @param extras further options of the call
 * @param redirects where the other side may redirect it with a 3xx; empty if no redirection is followed
 */
public record DialTarget(
        String user, String callerId, Map<String, String> headers, DialExtras extras, Optional<Redirects> redirects) {

    public DialTarget {
        Objects.requireNonNull(user, "user");
        callerId = callerId == null ? "" : callerId;
        headers = headers == null ? Map.of() : Map.copyOf(headers);
        // A router of an earlier version does not send them.
        extras = extras == null ? DialExtras.NONE : extras;
        redirects = redirects == null ? Optional.empty() : redirects;
    }

    /** A call without further options. */
    public DialTarget(String user, String callerId, Map<String, String> headers) {
        this(user, callerId, headers, DialExtras.NONE, Optional.empty());
    }

    /** Returns the same target for another user. @param other user part of the Request-URI */
    public DialTarget to(String other) {
        return new DialTarget(other, callerId, headers, extras, redirects);
    }

    /** Reveals nothing: this record must not leak into a log line. */
    @Override
    public String toString() {
        return "DialTarget[…]";
    }
}
