package dev.trunkline.relay.voicemail;

import dev.trunkline.events.MessageEnd;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/**
 * Records one message. Its frames arrive on the media loop, which never blocks; a thread that may wait for the disk writes each second of
 * them. Thread-safe, by its own lock.
 */
public final class MessageRecorder {
    private static final Logger LOG = Logger.getLogger(MessageRecorder.class);
    /** Seconds of backlog after which the disk counts as stuck. */
    static final int MOST_WAITING = 10;

    /** Opens the file, once there is something to write. */
    @FunctionalInterface
    public interface Opening {
        SpooledMessage at(int sampleRate) throws IOException;
    }

    /**
     * The result of recording.
     *
     * @param file to be stored; empty if there is nothing to store
     * @param failed whether nothing could be written
     */
    public record Recorded(Optional<Path> file, boolean failed) {}

    private final MessageWatch watch;
    private final Opening opening;
    private final Executor disk;
    private final Consumer<MessageEnd> over;
    private final CompletableFuture<Recorded> recorded = new CompletableFuture<>();
    private final AtomicInteger waiting = new AtomicInteger();
    private short[] second = {};
    private int filled;
    private int sampleRate;
    private boolean told;
    private boolean ended;
    /** Used only by the disk's tasks, which run one after the other; so is the next field. */
    private Optional<SpooledMessage> file = Optional.empty();
    private boolean broken;

    /**
     * @param disk runs tasks one after the other
     * @param over called once, by any thread, when the message is over: {@link #end} must be called then
     */
    public MessageRecorder(MessageWatch watch, Opening opening, Executor disk, Consumer<MessageEnd> over) {
        this.watch = watch;
        this.opening = opening;
        this.disk = disk;
        this.over = over;
    }

    /** Takes 20 ms, as {@code PhoneTap} delivers them. */
    public synchronized void frame(short[] samples, int rate) {
        if (ended || told) {
            return;
        }
        if (sampleRate == 0) {
            sampleRate = rate;
            second = new short[rate];
        }
        int count = rate / 50;
        System.arraycopy(samples, 0, second, filled, count);
        filled += count;
        Optional<MessageEnd> end = watch.frame(samples, count);
        if (filled == second.length) {
            write();
        }
        end.ifPresent(this::tell);
    }

    private void write() {
        short[] full = second;
        int count = filled;
        second = new short[full.length];
        filled = 0;
        if (waiting.incrementAndGet() > MOST_WAITING) {
            tell(MessageEnd.CUT_OFF);
            return;
        }
        disk.execute(() -> written(full, count));
    }

    private void written(short[] samples, int count) {
        waiting.decrementAndGet();
        if (broken) {
            return;
        }
        try {
            if (file.isEmpty()) {
                file = Optional.of(opening.at(sampleRate));
            }
            file.get().audio(samples, count);
        } catch (IOException e) {
            LOG.errorf("a message cannot be written to the spool: %s", e.getClass().getSimpleName());
            broken = true;
            cutOff();
        }
    }

    private synchronized void cutOff() {
        tell(MessageEnd.CUT_OFF);
    }

    private void tell(MessageEnd why) {
        if (!told) {
            told = true;
            over.accept(why);
        }
    }

    /** Ends the recording. Idempotent. @return the result */
    public synchronized CompletionStage<Recorded> end(MessageEnd why) {
        return end(why, watch.isWorthKeeping());
    }

    /** Discards the message. */
    public synchronized void discard() {
        end(MessageEnd.CUT_OFF, false);
    }

    private CompletionStage<Recorded> end(MessageEnd why, boolean keep) {
        if (!ended) {
            if (filled > 0) {
                write();
            }
            ended = true;
            told = true;
            long millis = watch.keptMillis();
            disk.execute(() -> recorded.complete(closed(why, keep, millis)));
        }
        return recorded;
    }

    private Recorded closed(MessageEnd why, boolean keep, long millis) {
        try {
            if (file.isEmpty()) {
                return new Recorded(Optional.empty(), broken);
            }
            if (!keep) {
                file.get().discard();
                return new Recorded(Optional.empty(), broken);
            }
            return new Recorded(Optional.of(broken ? file.get().cutOff() : whole(why, millis)), false);
        } catch (IOException | RuntimeException e) {
            LOG.errorf("a message cannot be completed on the spool: %s", e.getClass().getSimpleName());
            return new Recorded(Optional.empty(), true);
        }
    }

    private Path whole(MessageEnd why, long millis) throws IOException {
        try {
            return file.get().end(why, millis);
        } catch (IOException e) {
            return file.get().cutOff();
        }
    }
}
