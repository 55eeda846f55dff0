package dev.trunkline.local;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Stops the parts of a suite in an order that lets each of them end its calls properly:
 *
 * <pre>
 *   edge     refuses new calls; answered calls continue for TRUNKLINE_DRAIN, and then get a BYE
 *    -> relay                                    (its calls are over by then)
 *    -> router, limiter, dispatcher, demo agent  (in parallel)
 *    -> LiveKit, Redis, Postgres                 (in parallel)
 *    -> Kafka
 * </pre>
 *
 * The total time is limited and counts from the request to stop. A part that has not exited within its share is killed; a step that
 * finishes early leaves its time to the next ones. No part depends on an orderly stop: each recovers its state after a crash.
 */
final class SuiteStop {
    /** The share of the time after the calls' time by which each step is over, so that a hanging part leaves time to later ones. */
    private enum Step {
        EDGE(0.5), RELAY(0.65), OTHERS(0.8), STORES(0.9), KAFKA(1);

        private final double share;

        Step(double share) {
            this.share = share;
        }
    }

    private final Collection<ChildProcess> parts;
    private final Consumer<Duration> stores;
    private final Duration drain;
    private final Duration within;
    private final Supplier<OptionalInt> callsUp;
    private final Progress progress;

    /**
     * @param parts every process that was started, Kafka among them
     * @param stores stops the stores within the given time
     * @param drain how long edge and relay let calls continue
     * @param within how long everything may take after that
     * @param callsUp the current number of calls; empty if unknown
     */
    SuiteStop(
            Collection<ChildProcess> parts,
            Consumer<Duration> stores,
            Duration drain,
            Duration within,
            Supplier<OptionalInt> callsUp,
            Progress progress) {
        this.parts = List.copyOf(parts);
        this.stores = stores;
        this.drain = drain;
        this.within = within;
        this.callsUp = callsUp;
        this.progress = progress;
    }

    /** Returns when no process runs any more. An interrupt shortens the wait: running processes are killed. */
    void run() {
        long begin = System.nanoTime();
        List<ChildProcess> edges = of("sip-edge");
        List<ChildProcess> relays = of("media-relay");
        List<ChildProcess> kafka = of("kafka");
        List<ChildProcess> others = new ArrayList<>(parts);
        others.removeAll(edges);
        others.removeAll(relays);
        others.removeAll(kafka);
        if (edges.stream().anyMatch(ChildProcess::isAlive)) {
            callsUp.get().ifPresent(calls -> progress.say("stopping: " + words(calls, drain)));
        }
        stop(edges, left(begin, Step.EDGE));
        stop(relays, left(begin, Step.RELAY));
        stop(others, left(begin, Step.OTHERS));
        stores.accept(left(begin, Step.STORES));
        stop(kafka, left(begin, Step.KAFKA));
    }

    /** Returns the time that is left until a step must be over. */
    private Duration left(long begin, Step step) {
        long nanos = drain.toNanos() + (long) (within.toNanos() * step.share) - (System.nanoTime() - begin);
        return Duration.ofNanos(Math.max(0, nanos));
    }

    static String words(int calls, Duration drain) {
        return switch (calls) {
            case 0 -> "no ongoing calls";
            case 1 -> "1 ongoing call, which has " + seconds(drain) + " to end";
            default -> calls + " ongoing calls, which have " + seconds(drain) + " to end";
        };
    }

    private static String seconds(Duration duration) {
        return duration.toMillis() % 1_000 == 0
                ? duration.toSeconds() + " s"
                : String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1_000.0);
    }

    private List<ChildProcess> of(String service) {
        return parts.stream()
                .filter(part -> part.name().equals(service) || part.name().startsWith(service + "-"))
                .toList();
    }

    private void stop(List<ChildProcess> together, Duration atMost) {
        List<ChildProcess> alive = together.stream().filter(ChildProcess::isAlive).toList();
        alive.forEach(ChildProcess::askToStop);
        long end = System.nanoTime() + atMost.toNanos();
        for (ChildProcess part : alive) {
            try {
                if (part.awaitEnd(Duration.ofNanos(Math.max(0, end - System.nanoTime())))) {
                    progress.say(part.name() + " has stopped");
                } else {
                    progress.say(part.name() + " did not stop in time and was killed, see " + part.log());
                }
            } catch (InterruptedException e) {
                alive.forEach(ChildProcess::killNow);
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
