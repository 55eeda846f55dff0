package dev.trunkline.system.support;

import dev.trunkline.bus.KafkaAddress;
import dev.trunkline.bus.TopicTail;
import dev.trunkline.events.CallAdmitted;
import dev.trunkline.events.CallEnded;
import dev.trunkline.events.CallForwarded;
import dev.trunkline.events.CallRejected;
import dev.trunkline.events.CallRouted;
import dev.trunkline.events.Envelope;
import dev.trunkline.events.InviteReceived;
import dev.trunkline.events.Topics;
import dev.trunkline.events.codec.CallEventCodec;
import dev.trunkline.events.codec.UnreadableEventException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Counts the decisions about each of thousands of calls to numbers with one prefix, and about outbound calls for those. */
public final class Census implements AutoCloseable {
    private final String beginning;
    private final Map<String, Decided> calls = new ConcurrentHashMap<>();
    private final TopicTail tail;

    /** One event; a duplicate has the same id and the same kind and counts once. */
    private record Said(UUID id, Class<?> kind) {
        static Said of(Envelope envelope) {
            return new Said(envelope.id(), envelope.record().getClass());
        }
    }

    /** What the services decided about one call. */
    public static final class Decided {
        private final Set<Said> byRouter = new HashSet<>();
        private final Set<Said> byLimiter = new HashSet<>();
        private final Set<Said> last = new HashSet<>();
        private Optional<CallAdmitted> admitted = Optional.empty();
        private Optional<Instant> admittedAt = Optional.empty();
        private Optional<Instant> overAt = Optional.empty();
        private final Set<String> lastWords = new HashSet<>();

        private synchronized void add(Envelope envelope) {
            switch (envelope.record()) {
                case CallRouted routed -> byRouter.add(Said.of(envelope));
                case CallForwarded forwarded -> byRouter.add(Said.of(envelope));
                case CallAdmitted call -> {
                    byLimiter.add(Said.of(envelope));
                    admitted = Optional.of(call);
                    admittedAt = Optional.of(envelope.time());
                }
                case CallRejected refusal -> {
                    switch (refusal.by()) {
                        case "call-router" -> byRouter.add(Said.of(envelope));
                        case "rate-limiter" -> byLimiter.add(Said.of(envelope));
                        default -> {}
                    }
                    over(envelope, refusal.by() + " " + refusal.reason().code());
                }
                case CallEnded ended -> over(envelope, "ended " + ended.reason().code());
                default -> {}
            }
        }

        private void over(Envelope envelope, String word) {
            last.add(Said.of(envelope));
            lastWords.add(word);
            overAt = Optional.of(envelope.time());
        }

        public synchronized int routerDecisions() {
            return byRouter.size();
        }

        public synchronized int limiterDecisions() {
            return byLimiter.size();
        }

        public synchronized int lastEvents() {
            return last.size();
        }

        /** Returns which services ended or refused the call, and why. */
        public synchronized Set<String> lastWords() {
            return Set.copyOf(lastWords);
        }

        public synchronized Optional<CallAdmitted> admitted() {
            return admitted;
        }

        @Override
        public synchronized String toString() {
            return "%d by the router, %d by the limiter, %d last: %s"
                    .formatted(byRouter.size(), byLimiter.size(), last.size(), lastWords);
        }
    }

    /** @param kafka bootstrap servers of an open Kafka @param beginning prefix of the numbers that are called */
    public Census(String kafka, String beginning) throws Exception {
        this.beginning = beginning;
        tail = new TopicTail(
                KafkaAddress.of(kafka), "census", List.of(Topics.EVENTS), new TopicTail.From.Now(), this::read);
        tail.start();
        tail.caughtUp().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    private void read(ConsumerRecord<String, byte[]> message) {
        try {
            CallEventCodec.decode(message).ifPresent(envelope -> {
                // A refusal can be a call's only event: the edge requests no decision about an INVITE that it read too late.
                boolean ours = switch (envelope.record()) {
                    case InviteReceived invite -> invite.called().startsWith(beginning);
                    // An outbound call is published under the number that it shows, and begins with its route.
                    case CallRouted route -> route.outgoing().isPresent() && route.invite().called().startsWith(beginning);
                    case CallRejected refusal -> refusal.called().startsWith(beginning);
                    default -> false;
                };
                if (ours) {
                    calls.putIfAbsent(message.key(), new Decided());
                }
                Optional.ofNullable(calls.get(message.key())).ifPresent(call -> call.add(envelope));
            });
        } catch (UnreadableEventException e) {
            // It does not belong to these calls.
        }
    }

    public Collection<Decided> calls() {
        return List.copyOf(calls.values());
    }

    /** Returns the calls that have no last event yet, and the events of each. */
    public Map<String, Decided> open() {
        Map<String, Decided> open = new TreeMap<>(calls);
        open.values().removeIf(call -> call.lastEvents() > 0);
        return open;
    }

    /** Returns the most concurrent calls to one number, each counted from its admission to its last event. */
    public int mostAtOnce(String number) {
        record Step(Instant at, int change) {}
        List<Step> steps = new ArrayList<>();
        for (Decided call : calls()) {
            synchronized (call) {
                if (call.admitted.filter(admitted -> admitted.route().number().startsWith(number)).isPresent()) {
                    steps.add(new Step(call.admittedAt.orElseThrow(), 1));
                    call.overAt.ifPresent(over -> steps.add(new Step(over, -1)));
                }
            }
        }
        // An end at the same moment comes first, because its slot may have been reused.
        steps.sort((a, b) -> a.at().equals(b.at()) ? a.change() - b.change() : a.at().compareTo(b.at()));
        int up = 0;
        int most = 0;
        for (Step step : steps) {
            up += step.change();
            most = Math.max(most, up);
        }
        return most;
    }

    @Override
    public void close() {
        tail.close();
    }
}
