package dev.trunkline.events;

import java.time.Instant;
import java.util.Objects;

/**
 * An announcement to the caller is over. Published when it ended, whether or not it was played to its end. It is evidence for
 * anyone who must prove that a caller was informed about a machine (EU AI Act, article 50).
 *
 * @param language in which it was played, BCP 47; empty if the sound has none
 * @param playedMillis how much of it was sent to the caller's side, 0 or more
 * @param complete whether it was played to its end
 * @param detail in words, why it was not; empty if it was
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
