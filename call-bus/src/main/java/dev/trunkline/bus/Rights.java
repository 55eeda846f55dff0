package dev.trunkline.bus;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeConsumerGroupsOptions;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;

/** Asks Kafka which right a service lacks. Each question uses a client of its own, and waits for the answer. */
final class Rights {
    private static final int PATIENCE_MILLIS = 2_000;
    /** The page that lists all rights, for readers of the log. */
    private static final String TABLE = "docs/kafka.md lists what each service needs; no restart is necessary";

    private final KafkaAddress kafka;
    private final String clientId;

    /** @param clientId of the client that lacks the right; the client that asks has the same id with the suffix {@code -rights} */
    Rights(KafkaAddress kafka, String clientId) {
        this.kafka = kafka;
        this.clientId = clientId + "-rights";
    }

    /** Whether Kafka says with this fault that a client may not do something, or is not the one it claims to be. */
    static boolean isRefusal(Throwable fault) {
        return fault instanceof AuthorizationException || fault instanceof AuthenticationException;
    }

    /**
     * Returns what prevents these topics from being read, as a sentence with what to do; empty if nothing does, or Kafka does not
     * answer.
     */
    Optional<String> toRead(Collection<String> topics, Optional<String> group) throws InterruptedException {
        return asked(admin -> {
            for (String topic : topics) {
                Optional<String> missing = missing(admin, topic, AclOperation.READ);
                if (missing.isPresent()) {
                    return missing;
                }
            }
            return group.isPresent() ? missing(admin, group.get()) : Optional.empty();
        });
    }

    /** The same for writing to a topic. */
    Optional<String> toWrite(String topic) throws InterruptedException {
        return asked(admin -> missing(admin, topic, AclOperation.WRITE));
    }

    private Optional<String> missing(Admin admin, String topic, AclOperation operation) throws Exception {
        try {
            Set<AclOperation> rights = get(admin.describeTopics(
                            List.of(topic),
                            new DescribeTopicsOptions().includeAuthorizedOperations(true).timeoutMs(PATIENCE_MILLIS))
                    .allTopicNames()).get(topic).authorizedOperations();
            return rights == null || rights.contains(operation) ? Optional.empty() : Optional.of(words(operation, "topic " + topic));
        } catch (ExecutionException e) {
            if (e.getCause() instanceof AuthorizationException) {
                return Optional.of(words(operation, "topic " + topic));
            }
            throw e;
        }
    }

    private static Optional<String> missing(Admin admin, String group) throws Exception {
        try {
            Set<AclOperation> rights = get(admin.describeConsumerGroups(
                            List.of(group),
                            new DescribeConsumerGroupsOptions().includeAuthorizedOperations(true).timeoutMs(PATIENCE_MILLIS))
                    .all()).get(group).authorizedOperations();
            return rights == null || rights.contains(AclOperation.READ)
                    ? Optional.empty()
                    : Optional.of(words(AclOperation.READ, "group " + group));
        } catch (ExecutionException e) {
            if (e.getCause() instanceof AuthorizationException) {
                return Optional.of(words(AclOperation.READ, "group " + group));
            }
            throw e;
        }
    }

    private static String words(AclOperation operation, String what) {
        return "its Kafka user has no right to " + operation + " " + what + ": grant it (" + TABLE + ")";
    }

    private interface Question {
        Optional<String> ask(Admin admin) throws Exception;
    }

    private Optional<String> asked(Question question) throws InterruptedException {
        Admin admin = Admin.create(kafka.adminProperties(clientId));
        try {
            return question.ask(admin);
        } catch (InterruptedException e) {
            throw e;
        } catch (ExecutionException e) {
            return e.getCause() instanceof AuthenticationException
                    ? Optional.of("Kafka rejects its credentials (" + e.getCause().getMessage()
                            + "): TRUNKLINE_KAFKA_USER, TRUNKLINE_KAFKA_PASSWORD or TRUNKLINE_KAFKA_CERTIFICATE is wrong")
                    : Optional.empty();
        } catch (Exception e) {
            // Without an answer, nothing is known about any right.
            return Optional.empty();
        } finally {
            // Without a timeout, close waits until its question is answered, which takes a minute.
            admin.close(Duration.ZERO);
        }
    }

    private static <T> T get(KafkaFuture<T> answer) throws InterruptedException, ExecutionException, TimeoutException {
        return answer.get(2L * PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
    }
}
