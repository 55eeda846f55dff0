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
 * How far a reader of Kafka has come. {@code poll} returns nothing both where there is nothing and where the brokers are
 * away or frozen, so each second the leaders of all its partitions are asked where those end; once the reader is past
 * all of these ends, it has heard everything that had been written when it asked.
 *
 * <pre>
 *   asked at t: ends {0: 71, 1: 12}  --position 71 and 12-->  heard until t
 *          \-- no answer in a second: asked again a second later; heard stays where it was
 * </pre>
 *
 * A process that was stopped for a while is deaf when it goes on, until it has read what it missed. The poll thread alone
 * calls {@link #look}, {@link #expect} and {@link #askAgain}; everything else is thread-safe.
 */
final class ReadProgress {
    /** What is heard this late still counts as now: two questions, and a pause of the garbage collector. */
    static final Duration NOW = Duration.ofSeconds(2);
    /** A reader that heard nothing for longer does not read. */
    static final Duration READING = Duration.ofSeconds(5);

    /** Longer than Kafka keeps anything. */
    static final Duration ANY_AGE = Duration.ofDays(36_500);

    private static final long BETWEEN_QUESTIONS = Duration.ofSeconds(1).toNanos();
    private static final long BETWEEN_ASKERS = Duration.ofMillis(100).toNanos();
    /**
     * Other partitions of a reader wait so long for a leader that does not answer. Longer than a leader holds back a fetch of what is
     * not there yet ({@code fetch.max.wait.ms}, 500 ms): the question stands behind it on the same connection.
     */
    private static final Duration PATIENCE = Duration.ofSeconds(1);
    /** Goals of its own that a reader far behind runs after; the oldest is given up for a new one. */
    private static final int MOST_GOALS = 10;

    private final LongSupplier nanoTime;
    private final Predicate<TopicPartition> handedOn;
    private final Queue<CompletableFuture<Void>> askers = new ConcurrentLinkedQueue<>();
    /** Oldest first; the poll thread's alone, as is the time below. */
    private final List<Goal> goals = new ArrayList<>();
    private long asked;
    private volatile long heardUntil;
    /** Whether an end of all that is read was ever reached: before, what is read may be of any age. */
    private volatile boolean caughtUp;

    /** @param ends of each partition, as their leaders had them when asked @param askers to be told when all is read */
    private record Goal(long asked, Map<TopicPartition, Long> ends, List<CompletableFuture<Void>> askers) {}

    /** For a poll thread that hands on all of a poll before it looks. */
    ReadProgress(LongSupplier nanoTime) {
        this(nanoTime, partition -> true);
    }

    /** @param handedOn whether all that was polled of a partition has come to whoever handles it */
    ReadProgress(LongSupplier nanoTime, Predicate<TopicPartition> handedOn) {
        this.nanoTime = nanoTime;
        this.handedOn = handedOn;
        this.asked = nanoTime.getAsLong() - BETWEEN_QUESTIONS;
        this.heardUntil = nanoTime.getAsLong();
    }

    /** Completes when everything has been handled that is there now; while brokers cannot be reached it stays open. */
    CompletionStage<Void> readToEnd() {
        var asker = new CompletableFuture<Void>();
        askers.add(asker);
        return asker;
    }

    /** Everything that was written before this moment, as {@link System#nanoTime} counts, has been handled. */
    long heardUntil() {
        return heardUntil;
    }

    /** How long ago at most a record was written that comes now: {@link #ANY_AGE} until all has been read once. */
    Duration longestOnTheWay() {
        return caughtUp ? Duration.ofNanos(Math.max(0, nanoTime.getAsLong() - heardUntil)) : ANY_AGE;
    }

    /** For how long nothing was heard; zero while the reader keeps up. */
    Duration deafFor() {
        Duration deaf = Duration.ofNanos(nanoTime.getAsLong() - heardUntil);
        return deaf.compareTo(NOW) <= 0 ? Duration.ZERO : deaf;
    }

    boolean reading() {
        return deafFor().compareTo(READING) <= 0;
    }

    /** A reader that was out on purpose begins again: what it did not hear meanwhile is not held against it. */
    void beginAgain() {
        goals.clear();
        heardUntil = nanoTime.getAsLong();
        caughtUp = false;
    }

    /** There is more to be read than before, and questions of before know nothing of it: who asked is told after the next. */
    void askAgain() {
        caughtUp = false;
        goals.forEach(goal -> askers.addAll(goal.askers()));
        goals.clear();
    }

    /** The ends are known already; the stage completes when they are reached. */
    void expect(Map<TopicPartition, Long> ends, CompletableFuture<Void> asker) {
        goals.add(new Goal(nanoTime.getAsLong(), ends, List.of(asker)));
    }

    /** After each poll. @param partitions to ask about: those that are read, or all while none is */
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
        // After both: what is to be read by then is asked about.
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
            // Deaf until a leader answers; who asked is told later.
        } finally {
            // Counted from the answer, so that a leader that does not answer never has all of the poll thread.
            asked = nanoTime.getAsLong();
        }
    }

    private void tellReached(Consumer<?, ?> consumer) {
        for (int newest = goals.size() - 1; newest >= 0; newest--) {
            if (reached(consumer, goals.get(newest).ends())) {
                // Whoever is past this goal is past the older ones, and where a broker lost its log those are moot.
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

    /** Partitions that went to somebody else are not this reader's any more. */
    private boolean reached(Consumer<?, ?> consumer, Map<TopicPartition, Long> ends) {
        Set<TopicPartition> own = new HashSet<>(consumer.assignment());
        try {
            return ends.entrySet().stream()
                    .filter(end -> own.contains(end.getKey()))
                    .allMatch(end -> consumer.position(end.getKey(), Duration.ZERO) >= end.getValue()
                            && handedOn.test(end.getKey()));
        } catch (TimeoutException e) {
            // The place to read from is not known yet.
            return false;
        }
    }
}
