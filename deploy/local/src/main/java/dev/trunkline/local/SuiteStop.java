package dev.trunkline.local;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.function.Supplier;

/**
 * Stops the parts of a suite so that each still has what it needs to end its calls:
 *
 * <pre>
 *   edge     refuses new calls; answered ones go on for the time of TRUNKLINE_DRAIN, then hear a BYE
 *    -> relay                                    (its calls are over by then)
 *    -> router, limiter, dispatcher, demo agent  (beside each other)
 *    -> LiveKit, Redis, Postgres                 (beside each other)
 *    -> Kafka
 * </pre>
 *
 * Each step has a bound, and what has not ended by then is killed.
 */
final class SuiteStop {
    /** What a service needs after its calls are over: its last events are written and its connections closed. */
    static final Duration AFTER_CALLS = Duration.ofSeconds(8);

    private final Collection<ChildProcess> parts;
    private final Runnable stores;
    private final Duration drain;
    private final Supplier<OptionalInt> callsUp;
    private final Progress progress;
    private final Duration afterCalls;

    /**
     * @param parts every process that was started, Kafka among them
     * @param stores stops the stores, each within a bound of its own
     * @param drain how long edge and relay let calls go on
     * @param callsUp how many calls there are now; empty if nobody says
     */
    SuiteStop(
            Collection<ChildProcess> parts, Runnable stores, Duration drain, Supplier<OptionalInt> callsUp, Progress progress) {
        this(parts, stores, drain, AFTER_CALLS, callsUp, progress);
    }

    /** The same. @param afterCalls what a service may need after its calls are over, instead of 8 s */
    SuiteStop(
            Collection<ChildProcess> parts, Runnable stores, Duration drain, Duration afterCalls,
            Supplier<OptionalInt> callsUp, Progress progress) {
        this.afterCalls = afterCalls;
        this.parts = List.copyOf(parts);
        this.stores = stores;
        this.drain = drain;
        this.callsUp = callsUp;
        this.progress = progress;
    }

    /** Returns when nothing runs any more. An interrupt shortens the wait: what still runs is killed. */
    void run() {
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
        stop(edges, drain.plus(afterCalls));
        stop(relays, drain.plus(afterCalls));
        stop(others, afterCalls);
        stores.run();
        stop(kafka, afterCalls);
    }

    static String words(int calls, Duration drain) {
        return switch (calls) {
            case 0 -> "no call is up";
            case 1 -> "1 call is up, it has " + seconds(drain);
            default -> calls + " calls are up, they have " + seconds(drain);
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
                    progress.say(part.name() + " did not stop within " + seconds(atMost) + " and was killed, see " + part.log());
                }
            } catch (InterruptedException e) {
                alive.forEach(ChildProcess::killNow);
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
