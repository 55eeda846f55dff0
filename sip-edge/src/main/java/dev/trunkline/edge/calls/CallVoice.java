package dev.trunkline.edge.calls;

import dev.trunkline.bus.CallLabel;
import dev.trunkline.edge.call.CallStory;
import dev.trunkline.edge.call.Effect;
import dev.trunkline.events.CallAnswered;
import dev.trunkline.events.CallEvent;
import dev.trunkline.events.CallId;
import dev.trunkline.events.DtmfReceived;
import dev.trunkline.events.Envelope;
import dev.trunkline.events.Envelope.Owners;
import dev.trunkline.events.InviteReceived;
import dev.trunkline.events.MediaOffered;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Publishes the edge's events of one call on Kafka. Used in the call's mailbox only. */
final class CallVoice {
    private static final Logger LOG = Logger.getLogger(CallVoice.class);

    private final CallId id;
    private final CallParts parts;
    private final Instant began;
    private final Runnable notPublished;
    private Optional<Envelope> last = Optional.empty();

    /** @param notPublished runs if Kafka does not take the INVITE */
    CallVoice(CallId id, CallParts parts, Instant began, Runnable notPublished) {
        this.id = id;
        this.parts = parts;
        this.began = began;
        this.notPublished = notPublished;
    }

    /** The last event, once it is published. */
    Optional<Envelope> last() {
        return last;
    }

    void say(CallStory story, CallEvent event, Instant now, Owners owners, Optional<Envelope> cause) {
        publish(complete(story, event, now), owners, cause);
    }

    /** Completes the event as far as possible. */
    private CallEvent complete(CallStory story, CallEvent event, Instant now) {
        try {
            return story.complete(event, now);
        } catch (Throwable fault) {
            parts.faults().caught(Call.MAILBOX, fault);
            return event;
        }
    }

    void offered(Effect.PublishOffered said) {
        MediaOffered offered = said.offered();
        publish(
                new MediaOffered(id, offered.revision(), offered.sdpOffer(), offered.sdpAnswer(),
                        Optional.of(parts.dialogs().seal(id, said.dialog()))),
                said.owners(),
                Optional.empty());
    }

    void key(Effect.PublishKey key) {
        publish(
                new DtmfReceived(id, true, key.millis(), Optional.of(parts.dialogs().seal(id, key.digit()))), key.owners(), Optional.empty());
    }

    void answered(Effect.PublishAnswered said, CallLabel label) {
        long setup = Duration.between(began, parts.clock().instant()).toMillis();
        parts.metrics().answered(setup);
        LOG.infof("%s answered after %d ms (%s)", label, setup, said.policy().code());
        publish(
                new CallAnswered(id, parts.edge(), said.policy(), setup, parts.dialogs().seal(id, said.dialog()),
                        said.answer().map(answer -> parts.targets().seal(id, answer))),
                said.owners(),
                Optional.of(said.cause()));
    }

    private void publish(CallEvent event, Owners owners, Optional<Envelope> cause) {
        Envelope envelope = cause.map(from -> parts.envelopes().reply(from, event, owners))
                .orElseGet(() -> parts.envelopes().first(event, owners));
        if (event.isLast()) {
            last = Optional.of(envelope);
        }
        if (event instanceof InviteReceived) {
            parts.outbox().publish(envelope, notPublished);
        } else {
            parts.outbox().publish(envelope);
        }
    }
}
