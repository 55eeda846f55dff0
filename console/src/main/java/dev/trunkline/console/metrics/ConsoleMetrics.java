package dev.trunkline.console.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.Supplier;

/** Every metric of the console. */
public final class ConsoleMetrics {
    private final MeterRegistry registry;
    private final Counter events;
    private final Counter batches;

    public ConsoleMetrics(MeterRegistry registry) {
        this.registry = registry;
        this.events = counter("trunkline.console.events", "Events that were written into the projection");
        this.batches = counter("trunkline.console.batches", "Transactions in which they were written");
    }

    private Counter counter(String name, String help) {
        return Counter.builder(name).description(help).register(registry);
    }

    /** @param size events in the batch that was written */
    public void wrote(int size) {
        events.increment(size);
        batches.increment();
    }

    /** @param waiting how many events wait to be written */
    public void watchWaiting(Supplier<Number> waiting) {
        Gauge.builder("trunkline.console.events.waiting", waiting)
                .description("Events that came from Kafka and are not written yet")
                .register(registry);
    }

    /** @param live how many calls are on the board */
    public void watchLive(Supplier<Number> live) {
        Gauge.builder("trunkline.console.live.calls", live)
                .description("Calls that hold a slot, as the board shows them")
                .register(registry);
    }

    /** @param deaf for how many seconds the group has not been read to its end */
    public void watchDeaf(Supplier<Number> deaf) {
        Gauge.builder("trunkline.console.deaf.seconds", deaf)
                .description("For how long the console has not read what Kafka has for it")
                .register(registry);
    }
}
