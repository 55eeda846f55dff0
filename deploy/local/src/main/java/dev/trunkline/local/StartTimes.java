package dev.trunkline.local;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Records when the start of each part of a suite began and when the part was ready. Thread-safe. */
final class StartTimes {
    private final InstantSource clock;
    private final Instant begin;
    private final Map<String, Duration> begun = new LinkedHashMap<>();
    private final Map<String, StartTime> ready = new LinkedHashMap<>();

    /** Begins to count the suite's start. */
    StartTimes(InstantSource clock) {
        this.clock = clock;
        this.begin = clock.instant();
    }

    synchronized void begun(String part) {
        begun.putIfAbsent(part, since());
    }

    /**
     * Records that a part is ready. If a restart makes it ready twice, the first time counts.
     *
     * @param cpu the CPU time that it has used so far
     */
    synchronized void ready(String part, Supplier<Duration> cpu) {
        if (!ready.containsKey(part)) {
            ready.put(part, new StartTime(begun.getOrDefault(part, Duration.ZERO), since(), cpu.get()));
        }
    }

    /** Returns the ready parts, in the order in which they became ready. */
    synchronized Map<String, StartTime> all() {
        return new LinkedHashMap<>(ready);
    }

    private Duration since() {
        return Duration.between(begin, clock.instant());
    }

    /** Returns user and system time of a process and its descendants; zero if the system does not report it. */
    static Duration cpu(ProcessHandle process) {
        return Stream.concat(Stream.of(process), process.descendants())
                .flatMap(each -> each.info().totalCpuDuration().stream())
                .reduce(Duration.ZERO, Duration::plus);
    }
}
