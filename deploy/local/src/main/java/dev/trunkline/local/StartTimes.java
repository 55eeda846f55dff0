package dev.trunkline.local;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** When each part of a suite was begun and was ready, told by those who start them. Thread-safe. */
final class StartTimes {
    private final InstantSource clock;
    private final Instant begin;
    private final Map<String, Duration> begun = new LinkedHashMap<>();
    private final Map<String, StartTime> ready = new LinkedHashMap<>();

    /** The suite's start begins now. */
    StartTimes(InstantSource clock) {
        this.clock = clock;
        this.begin = clock.instant();
    }

    synchronized void begun(String part) {
        begun.putIfAbsent(part, since());
    }

    /**
     * Of a part that is ready twice, because it was started again, the first counts.
     *
     * @param cpu what it has used so far
     */
    synchronized void ready(String part, Supplier<Duration> cpu) {
        if (!ready.containsKey(part)) {
            ready.put(part, new StartTime(begun.getOrDefault(part, Duration.ZERO), since(), cpu.get()));
        }
    }

    /** The parts that are ready, in the order in which they were. */
    synchronized Map<String, StartTime> all() {
        return new LinkedHashMap<>(ready);
    }

    private Duration since() {
        return Duration.between(begin, clock.instant());
    }

    /** User and system time of a process and those that it started; zero where the system does not tell. */
    static Duration cpu(ProcessHandle process) {
        return Stream.concat(Stream.of(process), process.descendants())
                .flatMap(each -> each.info().totalCpuDuration().stream())
                .reduce(Duration.ZERO, Duration::plus);
    }
}
