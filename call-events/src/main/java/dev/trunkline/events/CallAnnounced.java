package dev.trunkline.events;

import java.time.Instant;
import java.util.Objects;

/**
 * An announcement to the caller is over. Said when it ended, whether or not it was played to its end: whoever must prove that a
 * caller was told of a machine (EU AI Act, article 50) finds it here.
 *
 * @param language in which it was played, BCP 47; empty where the sound says none
 * @param playedMillis how much of it the caller's side was sent, 0 or more
 * @param complete whether it was played to its end
 * @param detail in words why it was not; empty where it was
 */
public record CallAnnounced(
        CallId callId,
        String relay,
        String name,
        String language,
        Instant startedAt,
        long playedMillis,
        boolean complete,
        String detail)
        implements CallEvent {

    public CallAnnounced {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(language, "language");
        Objects.requireNonNull(startedAt, "startedAt");
        detail = detail == null ? "" : detail;
    }
}
