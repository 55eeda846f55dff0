package dev.trunkline.edge.calls;

import dev.trunkline.edge.metrics.EdgeMetrics;
import dev.trunkline.events.Envelope;
import dev.trunkline.events.InviteReceived;
import dev.trunkline.events.kafka.CallEventPublisher;
import java.time.Duration;
import java.util.concurrent.Executor;
import org.jboss.logging.Logger;

/**
 * The events of one call on their way to Kafka, in order, off the call's own mailbox: a Kafka that is away must not
 * hold up a BYE. What Kafka does not take is tried again for ten minutes, but for the INVITE, whose moment passes.
 */
final class Outbox {
    private static final Logger LOG = Logger.getLogger(Outbox.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final int MOST_TRIES = 600;

    private final CallEventPublisher publisher;
    private final Timers timers;
    private final EdgeMetrics metrics;
    private final Mailbox mailbox;

    Outbox(CallEventPublisher publisher, Timers timers, EdgeMetrics metrics, Executor threads) {
        this.publisher = publisher;
        this.timers = timers;
        this.metrics = metrics;
        this.mailbox = new Mailbox(threads);
    }

    /** @param inviteLost called if Kafka did not take an {@link InviteReceived} */
    void publish(Envelope envelope, Runnable inviteLost) {
        attempt(envelope, inviteLost, 1);
    }

    private void attempt(Envelope envelope, Runnable inviteLost, int attempt) {
        mailbox.execute(() -> publisher.publish(envelope).whenComplete((done, failure) -> {
            if (failure != null) {
                failed(envelope, inviteLost, attempt, failure);
            }
        }));
    }

    private void failed(Envelope envelope, Runnable inviteLost, int attempt, Throwable failure) {
        String event = envelope.record().getClass().getSimpleName();
        metrics.publishFailed();
        if (attempt == 1) {
            LOG.warnf("call=%s Kafka did not take %s: %s", envelope.callId(), event, failure.getClass().getSimpleName());
        }
        if (envelope.record() instanceof InviteReceived) {
            inviteLost.run();
        } else if (attempt < MOST_TRIES) {
            timers.after(PAUSE, () -> attempt(envelope, inviteLost, attempt + 1));
        } else {
            LOG.errorf("call=%s %s is lost: Kafka did not take it in %d tries", envelope.callId(), event, attempt);
        }
    }
}
