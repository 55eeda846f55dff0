package dev.trunkline.bus;

import dev.trunkline.events.Topics;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jboss.logging.Logger;

/**
 * Publishes records that a group cannot read or handle to {@link Topics#DEAD_LETTERS}, unchanged, with the reason. Parts that are too long
 * for a letter are left out; the log names the record's position, where they can be found.
 */
final class DeadLetters {
    static final String REASON = "dead-letter-reason";
    static final String GROUP = "dead-letter-group";
    private static final Logger LOG = Logger.getLogger(DeadLetters.class);

    /** A longer value, or longer headers, are left out: Kafka's producer accepts no record of more than 1 MiB. */
    private static final int LONGEST_VALUE = 512 * 1024;
    private static final int MOST_IN_HEADERS = 64 * 1024;
    private static final int LONGEST_REASON = 1_000;

    private final CallEventPublisher publisher;
    private final String group;
    private final ContainedFaults faults;

    DeadLetters(CallEventPublisher publisher, String group, ContainedFaults faults) {
        this.publisher = publisher;
        this.group = group;
        this.faults = faults;
    }

    /** See {@link #bury(ConsumerRecord, String)}. @param fault its message ends the reason */
    CompletionStage<Void> bury(ConsumerRecord<String, byte[]> message, String what, Throwable fault) {
        return bury(message, what + ": " + words(fault));
    }

    /** Never fails and never throws: a letter that cannot be written is logged, and the partition continues. */
    CompletionStage<Void> bury(ConsumerRecord<String, byte[]> message, String reason) {
        try {
            return write(message, reason.length() <= LONGEST_REASON ? reason : reason.substring(0, LONGEST_REASON));
        } catch (Throwable fault) {
            faults.caught("dead-letters", fault);
            return CompletableFuture.completedFuture(null);
        }
    }

    private CompletionStage<Void> write(ConsumerRecord<String, byte[]> message, String reason) {
        LOG.errorf("call=%s group=%s dead letter at %s-%d offset %d: %s",
                message.key(), group, message.topic(), message.partition(), message.offset(), reason);
        boolean tooLong = message.serializedValueSize() > LONGEST_VALUE;
        var letter = new ProducerRecord<>(Topics.DEAD_LETTERS, message.key(), tooLong ? null : message.value());
        if (octets(message.headers()) <= MOST_IN_HEADERS) {
            message.headers().forEach(letter.headers()::add);
        }
        letter.headers().add(REASON, reason.getBytes(StandardCharsets.UTF_8));
        letter.headers().add(GROUP, group.getBytes(StandardCharsets.UTF_8));
        return publisher.send(letter).exceptionally(failure -> {
            LOG.errorf("call=%s group=%s the dead letter could not be written: %s", message.key(), group, failure);
            return null;
        });
    }

    /** With some faults, even asking for the message throws. */
    private static String words(Throwable fault) {
        try {
            return fault.toString();
        } catch (Throwable again) {
            return fault.getClass().getName();
        }
    }

    private static int octets(Headers headers) {
        int octets = 0;
        for (Header header : headers) {
            octets += header.key().length() + (header.value() == null ? 0 : header.value().length);
        }
        return octets;
    }
}
