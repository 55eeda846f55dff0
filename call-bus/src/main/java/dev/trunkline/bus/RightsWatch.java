package dev.trunkline.bus;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;

/**
 * Finds out, while a reader reads nothing, whether it lacks a right, and reports this once, with what to do.
 *
 * <pre>
 *   reads --refused, or deaf--> in doubt --asked: nothing is missing--> reads
 *                                  \-- a right is missing: reported, asked again every 5 s until it is granted
 * </pre>
 *
 * Another thread asks: the poll thread, the only one that calls {@link #look} and {@link #refused}, waits for no answer.
 */
final class RightsWatch {
    private static final Logger LOG = Logger.getLogger(RightsWatch.class);
    private static final long BETWEEN_QUESTIONS = Duration.ofSeconds(5).toNanos();

    private final Rights rights;
    private final boolean named;
    private final String reader;
    private final Collection<String> topics;
    private final Optional<String> group;
    private final AtomicBoolean asking = new AtomicBoolean();
    private volatile boolean doubt;
    private volatile Optional<String> missing = Optional.empty();
    private long nextQuestion = System.nanoTime();

    /** @param reader for the log, for example {@code group=call-router} */
    RightsWatch(KafkaAddress kafka, String clientId, String reader, Collection<String> topics, Optional<String> group) {
        this.rights = new Rights(kafka, clientId);
        this.named = !kafka.security().isEmpty();
        this.reader = reader;
        this.topics = List.copyOf(topics);
        this.group = group;
    }

    /** Returns which right is missing, and what to do; empty as far as is known. Thread-safe. */
    Optional<String> missing() {
        return missing;
    }

    /** Kafka refused something just now. */
    void refused() {
        doubt = true;
    }

    /**
     * @param reads whether it has read everything up to now; a reader without a name on Kafka has its rights as long as it is not
     *     refused
     */
    void look(boolean reads) {
        if (!reads && named) {
            doubt = true;
        }
        long now = System.nanoTime();
        if (doubt && now - nextQuestion >= 0 && asking.compareAndSet(false, true)) {
            nextQuestion = now + BETWEEN_QUESTIONS;
            Thread.ofVirtual().name("kafka-rights").start(this::ask);
        }
    }

    private void ask() {
        try {
            doubt = false;
            Optional<String> answer = rights.toRead(topics, group);
            if (answer.isPresent() && !answer.equals(missing)) {
                LOG.errorf("%s cannot read: %s", reader, answer.get());
            } else if (answer.isEmpty() && missing.isPresent()) {
                LOG.infof("%s has regained its rights on Kafka", reader);
            }
            missing = answer;
            doubt |= answer.isPresent();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Throwable fault) {
            // Kafka is asked again; until then the last answer stands.
            doubt = true;
        } finally {
            asking.set(false);
        }
    }
}
