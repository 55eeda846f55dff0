package dev.trunkline.bus;

import dev.trunkline.events.Topics;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jboss.logging.Logger;

/** Writes what a group cannot read or handle to {@link Topics#DEAD_LETTERS}, as it came, with the reason. */
final class DeadLetters {
    static final String REASON = "dead-letter-reason";
    static final String GROUP = "dead-letter-group";
    private static final Logger LOG = Logger.getLogger(DeadLetters.class);

    private final CallEventPublisher publisher;
    private final String group;

    DeadLetters(CallEventPublisher publisher, String group) {
        this.publisher = publisher;
        this.group = group;
    }

    /** Never fails: a letter that cannot be written is logged, so that the partition goes on. */
    CompletionStage<Void> bury(ConsumerRecord<String, byte[]> message, String reason) {
        LOG.errorf("call=%s group=%s dead letter at %s-%d offset %d: %s",
                message.key(), group, message.topic(), message.partition(), message.offset(), reason);
        var letter = new ProducerRecord<>(Topics.DEAD_LETTERS, message.key(), message.value());
        message.headers().forEach(letter.headers()::add);
        letter.headers().add(REASON, reason.getBytes(StandardCharsets.UTF_8));
        letter.headers().add(GROUP, group.getBytes(StandardCharsets.UTF_8));
        return publisher.send(letter).exceptionally(failure -> {
            LOG.errorf("call=%s group=%s the dead letter could not be written: %s", message.key(), group, failure);
            return null;
        });
    }
}
