package dev.trunkline.events.codec;

import dev.trunkline.events.Envelope;
import java.util.Optional;

/**
 * Receives each event of a sampled call when the event is created, and may record it as a span. Called on the call's own path: it must
 * not block.
 */
@FunctionalInterface
public interface EventSpans {
    /** Records nothing. */
    EventSpans NONE = (event, cause) -> { };

    /** @param cause the event that caused this one; empty for something that happened by itself */
    void said(Envelope event, Optional<Envelope> cause);
}
