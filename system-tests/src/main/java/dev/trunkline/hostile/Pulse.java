package dev.trunkline.hostile;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Probes the edge by OPTIONS continuously, from a thread of its own, and records how long each answer took.
 * An OPTIONS without an answer is sent again after half a second, as RFC 3261 timer E says.
 */
public final class Pulse implements AutoCloseable {
    private static final Duration BETWEEN = Duration.ofMillis(150);
    private static final Duration RESEND = Duration.ofMillis(500);
    /** After this time an OPTIONS counts as never answered, and the next is sent. */
    private static final Duration GIVE_UP = Duration.ofSeconds(10);

    private final RawSip sip;
    private final Thread thread;
    private final List<Duration> delays = new ArrayList<>();
    private Optional<Long> waitingSince = Optional.empty();
    private volatile boolean open = true;

    private Pulse(RawSip sip) {
        this.sip = sip;
        this.thread = Thread.ofPlatform().daemon().name("pulse").unstarted(this::beat);
    }

    /** @param address of a trunk that the edge knows */
    public static Pulse of(String address, InetSocketAddress edge) throws IOException {
        Pulse pulse = new Pulse(RawSip.open(address, edge));
        pulse.thread.start();
        return pulse;
    }

    private void beat() {
        try {
            while (open) {
                String options = sip.options();
                long asked = System.nanoTime();
                waiting(Optional.of(asked));
                boolean answered = false;
                while (open && !answered && System.nanoTime() - asked < GIVE_UP.toNanos()) {
                    sip.send(options);
                    answered = sip.finalResponse(options, RESEND).isPresent();
                }
                note(Duration.ofNanos(System.nanoTime() - asked));
                Thread.sleep(BETWEEN);
            }
        } catch (IOException e) {
            if (open) {
                throw new UncheckedIOException(e);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void waiting(Optional<Long> since) {
        waitingSince = since;
    }

    private synchronized void note(Duration delay) {
        delays.add(delay);
        waitingSince = Optional.empty();
    }

    /** Returns the longest answer time since the last call of this method; an answer still pending counts with its time so far. */
    public synchronized Duration worst() {
        Duration waited = waitingSince.map(since -> Duration.ofNanos(System.nanoTime() - since)).orElse(Duration.ZERO);
        Duration worst = delays.stream().max(Duration::compareTo).filter(delay -> delay.compareTo(waited) > 0).orElse(waited);
        delays.clear();
        return worst;
    }

    /** Returns the number of answers since {@link #worst} was last called. */
    public synchronized int beats() {
        return delays.size();
    }

    @Override
    public void close() {
        open = false;
        thread.interrupt();
        sip.close();
    }
}
