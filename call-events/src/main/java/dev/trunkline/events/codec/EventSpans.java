package dev.trunkline.events.codec;

import dev.trunkline.events.Envelope;
import java.util.Optional;

/** Is told of each event of a sampled call when it is made, and may record it as a span. Called on the call's own path: it must not wait. */
@FunctionalInterface
public interface EventSpans {
    /** Records nothing. */
    EventSpans NONE = (event, cause) -> { };

    /** @param cause the event from which this one follows; empty for what happened by itself */
    void said(Envelope event, Optional<Envelope> cause);
}
