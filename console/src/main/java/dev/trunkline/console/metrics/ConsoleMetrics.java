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
        this.batches = counter("trunkline.console.batches", "Transactions that wrote events into the projection");
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
                .description("Events consumed from Kafka and not yet written")
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
                .description("How long the console has not read the records that Kafka has for it")
                .register(registry);
    }
}
