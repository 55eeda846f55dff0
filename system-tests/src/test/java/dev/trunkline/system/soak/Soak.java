package dev.trunkline.system.soak;

import dev.trunkline.bench.Machine;
import dev.trunkline.system.support.Await;
import dev.trunkline.system.support.SuiteUnderTest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Holds the calls, samples, ends everything, and takes stock. */
final class Soak {
    /**
     * How long after the last call something may still be in use. The longest are: a minute in which Redis remembers an ended call and a
     * caller's window; 32 s of a SIP transaction and of a call whose answer nobody acknowledged (64 times T1, RFC 3261 section 17); 12 s
     * until a vanished phone is noticed; the time for which LiveKit keeps an empty room.
     */
    static final Duration SETTLING = Duration.ofSeconds(150);

    /** Time within which a second last event, or a late row of the history, would come. */
    private static final long STRAGGLERS_MILLIS = 3_000;
    private static final Duration LAST_ROWS = Duration.ofSeconds(60);
    private static final double LONGEST_BETWEEN_SAMPLES = 1;
    private static final int SAMPLES_OF_A_SHORT_RUN = 12;
    /** Heaps are measured this often in a run, because each time stops every JVM. */
    private static final int HEAPS = 8;
    /** A sixth of the run: pools fill, code is compiled, and the calls of the first minutes end. */
    private static final double WARM_UP = 1 / 6.0;

    private final SuiteUnderTest suite;
    private final int calls;
    private final int minutes;
    private final long seed;
    private final Consumer<String> told;

    /** @param told receives lines of progress */
    Soak(SuiteUnderTest suite, int calls, int minutes, long seed, Consumer<String> told) {
        this.suite = suite;
        this.calls = calls;
        this.minutes = minutes;
        this.seed = seed;
        this.told = told;
    }

    SoakFinding run() throws Exception {
        // Rows of calls from before are left out; clocks of this machine's processes are the same.
        Instant from = Instant.now();
        List<Sample> samples = new ArrayList<>();
        try (SoakDirectory directory = SoakDirectory.open(suite);
                Events events = Events.follow(suite.suite().backends().kafka())) {
            Sampler sampler = new Sampler(suite);
            Remains leftovers = Remains.before(suite);
            double turnedAwayBefore = turnedAway();
            BadInput.Sent bad;
            List<Placed> placed;
            List<String> failures;
            try (Crowd callers = Crowd.start(suite, events, calls, seed);
                    BadInput input = BadInput.start(suite, Duration.ofMinutes(minutes), seed)) {
                watch(sampler, callers, samples);
                callers.stop();
                bad = input.stop();
                placed = List.copyOf(callers.stage().placed());
                failures = callers.failures();
            }
            long ended = System.nanoTime();
            told.accept("all %d calls are over; settling for %d s at most".formatted(placed.size(), SETTLING.toSeconds()));
            Await.pause(STRAGGLERS_MILLIS);
            awaitEnds(events);
            List<String> left = leftovers.left(SETTLING);
            long settled = (System.nanoTime() - ended) / 1_000_000_000;
            samples.add(sampler.take(true));
            List<Row> rows = rows(from, events);
            Ledger ledger = Ledger.of(placed, events.told(), rows, (int) (turnedAway() - turnedAwayBefore));
            double warmUp = minutes * WARM_UP;
            List<Sample> underLoad = samples.subList(0, samples.size() - 1);
            return new SoakFinding(
                    calls, minutes, warmUp, settled, events.transferred(), ledger, samples, Growth.of(underLoad, warmUp), left, bad, failures);
        }
    }

    private double turnedAway() {
        return suite.shown("sip-edge", "trunkline_edge_decision_window_refusals_total");
    }

    private void watch(Sampler sampler, Crowd callers, List<Sample> samples) throws Exception {
        double between = Math.min(LONGEST_BETWEEN_SAMPLES, (double) minutes / SAMPLES_OF_A_SHORT_RUN);
        double warmUp = minutes * WARM_UP;
        double nextHeaps = warmUp;
        double nextLine = 0;
        // On a machine that is too busy, samples are left out; the last is taken in any case.
        for (double next = 0; next <= minutes; next = Math.max(next + between, Math.min(sampler.minutes(), minutes))) {
            Await.pause(Math.max(0, Math.round((next - sampler.minutes()) * 60_000)));
            boolean heaps = next >= nextHeaps - 1e-6 || next + between > minutes;
            if (heaps) {
                nextHeaps = next + Math.max(LONGEST_BETWEEN_SAMPLES, (minutes - warmUp) / HEAPS);
            }
            try {
                Sample sample = sampler.take(heaps);
                samples.add(sample);
                if (next >= nextLine) {
                    told.accept(line(sample, callers));
                    nextLine += LONGEST_BETWEEN_SAMPLES;
                }
            } catch (IOException | UncheckedIOException | SQLException e) {
                // On a machine that is too busy for one sample, the others still show what grows.
                told.accept("%3.0f min: no sample: %s".formatted(next, e));
            }
        }
    }

    private static String line(Sample sample, Crowd callers) throws IOException {
        return ("%3.0f min: %d up, %d over, %.0f RTP ports, %.0f slots, %.0f Redis keys, %.0f rooms, %.0f rows of history;"
                + " %.0f MiB resident, load %.1f%s").formatted(
                sample.minutes(), callers.stage().callsUp(), callers.stage().placed().size(), of(sample, Measured.PORTS), of(sample, Measured.SLOTS),
                of(sample, Measured.REDIS_KEYS), of(sample, Measured.ROOMS), of(sample, Measured.HISTORY),
                sample.values().entrySet().stream().filter(one -> one.getKey().what() == Measured.RESIDENT).mapToDouble(one -> one.getValue()).sum(),
                Machine.load(), callers.failures().isEmpty() ? "" : "; " + callers.failures().size() + " callers failed");
    }

    private static double of(Sample sample, Measured what) {
        return sample.values().get(Series.suite(what));
    }

    private static void awaitEnds(Events events) {
        long end = System.nanoTime() + SETTLING.toNanos();
        while (events.open() > 0 && System.nanoTime() < end) {
            Await.pause(250);
        }
    }

    /** Returns the history once it has a row for every call that has ended, or what it has by then. */
    private List<Row> rows(Instant from, Events events) throws Exception {
        ConsoleHistory history = new ConsoleHistory(suite);
        long end = System.nanoTime() + LAST_ROWS.toNanos();
        List<Row> rows = history.since(from);
        while (isMissing(rows, events) && System.nanoTime() < end) {
            Await.pause(2_000);
            rows = history.since(from);
        }
        return rows;
    }

    private static boolean isMissing(List<Row> rows, Events events) {
        Set<String> written = rows.stream().map(Row::callId).collect(Collectors.toSet());
        return events.told().stream().anyMatch(call -> !call.last().isEmpty() && !written.contains(call.callId()));
    }
}
