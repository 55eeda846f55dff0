package dev.trunkline.console.projection;

import dev.trunkline.bus.ContainedFaults;
import dev.trunkline.bus.EventHandler;
import dev.trunkline.bus.Rounds;
import dev.trunkline.events.Envelope;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import org.jboss.logging.Logger;

/**
 * Collects events and writes them in batches: an event is done when its batch is committed. While Postgres is down no event is done, and
 * the source delivers no more than its limit of unfinished events.
 */
public final class Batches implements EventHandler, AutoCloseable {
    private static final Logger LOG = Logger.getLogger(Batches.class);
    private static final String WHERE = "console-batches";
    private static final int MOST = 500;
    private static final Duration BEFORE_NEXT_TRY = Duration.ofSeconds(1);
    /** SQLSTATE classes whose cause is the data itself. */
    private static final List<String> BAD_DATA = List.of("22", "23");

    private final Writing tables;
    private final IntConsumer written;
    private final BlockingQueue<Pending> queue = new LinkedBlockingQueue<>();
    private final Rounds rounds;
    private final ContainedFaults faults;
    private volatile boolean away;

    /** Where batches are written. */
    @FunctionalInterface
    public interface Writing {
        /** Writes all of them or none. */
        void write(List<Envelope> events) throws SQLException;
    }

    private record Pending(Envelope event, CompletableFuture<Void> done) {}

    /** @param written is told how many events each batch had */
    public Batches(Writing tables, IntConsumer written, ContainedFaults faults) {
        this.tables = tables;
        this.written = written;
        this.faults = faults;
        this.rounds = new Rounds(WHERE, this::round, faults);
    }

    public Batches start() {
        rounds.start();
        return this;
    }

    /** Whether events are still being written, or would be if Postgres answered. */
    public boolean alive() {
        return rounds.alive();
    }

    /** Whether the last batch could not be written because Postgres did not answer. */
    public boolean away() {
        return away;
    }

    /** How many events are waiting. */
    public int waiting() {
        return queue.size();
    }

    @Override
    public CompletionStage<Void> handle(Envelope event) {
        var done = new CompletableFuture<Void>();
        queue.add(new Pending(event, done));
        return done;
    }

    private Duration round() throws InterruptedException {
        Optional<Pending> first = Optional.ofNullable(queue.poll(1, TimeUnit.SECONDS));
        if (first.isEmpty()) {
            return Duration.ZERO;
        }
        List<Pending> batch = new ArrayList<>();
        batch.add(first.get());
        queue.drainTo(batch, MOST - 1);
        write(batch);
        return Duration.ZERO;
    }

    private void write(List<Pending> batch) throws InterruptedException {
        while (true) {
            try {
                tables.write(batch.stream().map(Pending::event).toList());
                away = false;
                written.accept(batch.size());
                batch.forEach(pending -> pending.done().complete(null));
                return;
            } catch (SQLException e) {
                if (isBad(e)) {
                    apart(batch, e);
                    return;
                }
                if (!away) {
                    LOG.warnf("events wait because Postgres does not accept them: SQLSTATE %s", e.getSQLState());
                }
                away = true;
                Thread.sleep(BEFORE_NEXT_TRY);
            } catch (RuntimeException | Error fault) {
                faults.caught(WHERE, fault);
                apart(batch, fault);
                return;
            }
        }
    }

    private static boolean isBad(SQLException e) {
        return e.getSQLState() != null && BAD_DATA.contains(e.getSQLState().substring(0, 2));
    }

    /** An event that cannot be written fails alone, and becomes a dead letter. */
    private void apart(List<Pending> batch, Throwable fault) throws InterruptedException {
        if (batch.size() == 1) {
            // The database's own message could quote the event.
            batch.getFirst().done().completeExceptionally(new IllegalStateException("the event cannot be written: "
                    + (fault instanceof SQLException sql ? "SQLSTATE " + sql.getSQLState() : fault.getClass().getSimpleName())));
            return;
        }
        for (Pending pending : batch) {
            write(List.of(pending));
        }
    }

    /** Events that are still waiting stay unfinished, so that they are delivered again. */
    @Override
    public void close() {
        rounds.close();
    }
}
