package dev.trunkline.bus;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;

/**
 * How far a reader of Kafka has come. {@code poll} returns nothing when there is nothing to read, and also when the brokers are
 * unavailable or frozen. The reader therefore asks the leaders of all its partitions every second for the end offsets. Once it is
 * past all of these ends, it has consumed everything that had been written when it asked.
 *
 * <pre>
 *   asked at t: ends {0: 71, 1: 12}  --position 71 and 12-->  heard until t
 *          \-- no answer in a second: asked again a second later; heard stays where it was
 * </pre>
 *
 * A process that was stopped for a while is deaf when it resumes, until it has read what it missed. Only the poll thread calls
 * {@link #look}, {@link #expect} and {@link #askAgain}; everything else is thread-safe.
 */
final class ReadProgress {
    /** A delay of up to this long still counts as keeping up: two questions, and a garbage collection pause. */
    static final Duration NOW = Duration.ofSeconds(2);
    /** A reader that has been deaf for longer does not count as reading. */
    static final Duration READING = Duration.ofSeconds(5);

    /** Longer than Kafka keeps anything. */
    static final Duration ANY_AGE = Duration.ofDays(36_500);

    private static final long BETWEEN_QUESTIONS = Duration.ofSeconds(1).toNanos();
    private static final long BETWEEN_ASKERS = Duration.ofMillis(100).toNanos();
    /**
     * How long a reader's other partitions wait for a leader that does not answer. Longer than a leader holds back a fetch of records
     * that do not exist yet ({@code fetch.max.wait.ms}, 500 ms): the question is queued behind that fetch on the same connection.
     */
    private static final Duration PATIENCE = Duration.ofSeconds(1);
    /** Maximum number of its own goals that a reader far behind pursues; a new goal replaces the oldest. */
    private static final int MOST_GOALS = 10;

    private final LongSupplier nanoTime;
    private final Predicate<TopicPartition> handedOn;
    private final Queue<CompletableFuture<Void>> askers = new ConcurrentLinkedQueue<>();
    /** Oldest first; for the poll thread only, as is the time below. */
    private final List<Goal> goals = new ArrayList<>();
    private long asked;
    private volatile long heardUntil;
    /** Whether an end of all partitions was ever reached: before that, records that are read may be of any age. */
    private volatile boolean caughtUp;

    /** @param ends of each partition, as their leaders had them when asked @param askers to be told when all is read */
    private record Goal(long asked, Map<TopicPartition, Long> ends, List<CompletableFuture<Void>> askers) {}

    /** For a poll thread that hands on all records of a poll before it calls {@link #look}. */
    ReadProgress(LongSupplier nanoTime) {
        this(nanoTime, partition -> true);
    }

    /** @param handedOn whether all polled records of a partition have reached their handler */
    ReadProgress(LongSupplier nanoTime, Predicate<TopicPartition> handedOn) {
        this.nanoTime = nanoTime;
        this.handedOn = handedOn;
        this.asked = nanoTime.getAsLong() - BETWEEN_QUESTIONS;
        this.heardUntil = nanoTime.getAsLong();
    }

    /** Completes when everything that is there now has been handled; stays open while brokers cannot be reached. */
    CompletionStage<Void> readToEnd() {
        var asker = new CompletableFuture<Void>();
        askers.add(asker);
        return asker;
    }

    /** Everything that was written before this moment, in terms of {@link System#nanoTime}, has been handled. */
    long heardUntil() {
        return heardUntil;
    }

    /** Returns the maximum age of a record that arrives now: {@link #ANY_AGE} until everything has been read once. */
    Duration longestOnTheWay() {
        return caughtUp ? Duration.ofNanos(Math.max(0, nanoTime.getAsLong() - heardUntil)) : ANY_AGE;
    }

    /** Returns for how long the reader has been behind; zero while it keeps up. */
    Duration deafFor() {
        Duration deaf = Duration.ofNanos(nanoTime.getAsLong() - heardUntil);
        return deaf.compareTo(NOW) <= 0 ? Duration.ZERO : deaf;
    }

    boolean reading() {
        return deafFor().compareTo(READING) <= 0;
    }

    /** A reader that was out on purpose begins again: what it did not read meanwhile does not count as deafness. */
    void beginAgain() {
        goals.clear();
        heardUntil = nanoTime.getAsLong();
        caughtUp = false;
    }

    /** There is more to read than before, and earlier questions do not cover it: their askers are told after the next one. */
    void askAgain() {
        caughtUp = false;
        goals.forEach(goal -> askers.addAll(goal.askers()));
        goals.clear();
    }

    /** The ends are known already; the stage completes when they are reached. */
    void expect(Map<TopicPartition, Long> ends, CompletableFuture<Void> asker) {
        goals.add(new Goal(nanoTime.getAsLong(), ends, List.of(asker)));
    }

    /** Called after each poll. @param partitions to ask about: those that are read, or all while none is */
    void look(Consumer<?, ?> consumer, Supplier<Set<TopicPartition>> partitions) {
        tellReached(consumer);
        long sinceAsked = nanoTime.getAsLong() - asked;
        if (sinceAsked >= BETWEEN_QUESTIONS || !askers.isEmpty() && sinceAsked >= BETWEEN_ASKERS) {
            ask(consumer, partitions);
            tellReached(consumer);
        }
    }

    private void ask(Consumer<?, ?> consumer, Supplier<Set<TopicPartition>> partitions) {
        int served = askers.size();
        long now = nanoTime.getAsLong();
        // After both steps above, ask about everything that is to be read by then.
        Set<TopicPartition> read = partitions.get();
        if (read.isEmpty()) {
            return;
        }
        try {
            Map<TopicPartition, Long> ends = consumer.endOffsets(read, PATIENCE);
            if (goals.size() >= MOST_GOALS) {
                goals.stream().filter(goal -> goal.askers().isEmpty()).findFirst().ifPresent(goals::remove);
            }
            goals.add(new Goal(now, ends, Stream.generate(askers::remove).limit(served).toList()));
        } catch (TimeoutException e) {
            // Deaf until a leader answers; the askers are told later.
        } finally {
            // Counted from the answer, so a leader that does not answer never takes all of the poll thread's time.
            asked = nanoTime.getAsLong();
        }
    }

    private void tellReached(Consumer<?, ?> consumer) {
        for (int newest = goals.size() - 1; newest >= 0; newest--) {
            if (reached(consumer, goals.get(newest).ends())) {
                // A reader past this goal is past the older ones, and if a broker lost its log those are moot.
                List<Goal> done = goals.subList(0, newest + 1);
                heardUntil = done.getLast().asked();
                caughtUp = true;
                List<CompletableFuture<Void>> told = done.stream().flatMap(goal -> goal.askers().stream()).toList();
                done.clear();
                told.forEach(asker -> asker.complete(null));
                return;
            }
        }
    }

    /** Partitions that were assigned to another reader are not this reader's any more. */
    private boolean reached(Consumer<?, ?> consumer, Map<TopicPartition, Long> ends) {
        Set<TopicPartition> own = new HashSet<>(consumer.assignment());
        try {
            return ends.entrySet().stream()
                    .filter(end -> own.contains(end.getKey()))
                    .allMatch(end -> consumer.position(end.getKey(), Duration.ZERO) >= end.getValue()
                            && handedOn.test(end.getKey()));
        } catch (TimeoutException e) {
            // The position to read from is not known yet.
            return false;
        }
    }
}
