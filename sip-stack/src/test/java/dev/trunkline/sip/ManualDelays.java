package dev.trunkline.sip;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Time that advances when a test says so; due tasks then run on the test's thread. */
final class ManualDelays extends Clock implements Delays {
    private record Task(Instant at, long number, Runnable task) {}

    private final List<Task> tasks = new ArrayList<>();
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private long number;

    @Override
    public Delayed after(Duration after, Runnable task) {
        var waiting = new Task(now.plus(after), number++, task);
        tasks.add(waiting);
        return () -> tasks.remove(waiting);
    }

    /** Runs the tasks that are due now. */
    void settle() {
        pass(Duration.ZERO);
    }

    void pass(Duration time) {
        Instant end = now.plus(time);
        for (Optional<Task> due = due(end); due.isPresent(); due = due(end)) {
            tasks.remove(due.get());
            now = due.get().at().isAfter(now) ? due.get().at() : now;
            due.get().task().run();
        }
        now = end;
    }

    private Optional<Task> due(Instant end) {
        return tasks.stream()
                .filter(task -> !task.at().isAfter(end))
                .min(Comparator.comparing(Task::at).thenComparingLong(Task::number));
    }

    int waiting() {
        return tasks.size();
    }

    @Override
    public Instant instant() {
        return now;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
