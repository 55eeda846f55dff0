package dev.trunkline.bus;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;

/**
 * Asks Kafka why a topic cannot be written: a producer that never blocks reports the same for a missing right, a wrong
 * password and an unavailable broker, namely that it knows no broker for the topic. Waits for the answer.
 */
@FunctionalInterface
interface WhyStuck {
    /** Returns the reason in one sentence. */
    String of(String topic) throws InterruptedException;

    /** Returns which right to write is missing, and what to do; empty if none is, or Kafka does not say. */
    default Optional<String> missingRight(String topic) throws InterruptedException {
        return Optional.empty();
    }

    static WhyStuck asking(KafkaAddress kafka, String clientId) {
        return new Asking(kafka, clientId, new Rights(kafka, clientId));
    }

    /** Asks with clients of its own. */
    record Asking(KafkaAddress kafka, String clientId, Rights rights) implements WhyStuck {
        @Override
        public Optional<String> missingRight(String topic) throws InterruptedException {
            return rights.toWrite(topic).map(why -> topic + " cannot be written: " + why);
        }

        @Override
        public String of(String topic) throws InterruptedException {
            Optional<String> missing = missingRight(topic);
            return missing.isPresent() ? missing.get() : answer(topic);
        }

        private String answer(String topic) throws InterruptedException {
            Admin admin = Admin.create(kafka.adminProperties(clientId + "-why"));
            try {
                admin.describeTopics(List.of(topic)).allTopicNames().get(2, TimeUnit.SECONDS);
                return "Kafka has the topic " + topic + " but does not accept writes to it";
            } catch (ExecutionException e) {
                return topic + " cannot be written: " + e.getCause().getMessage();
            } catch (TimeoutException e) {
                return "Kafka does not answer";
            } finally {
                // Without a timeout, close waits until its question is answered, which takes a minute, and the events wait
                // with it.
                admin.close(Duration.ZERO);
            }
        }
    }

    /** After this long, the reason is to be reported. */
    Duration AFTER = Duration.ofSeconds(2);
}
