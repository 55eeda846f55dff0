package dev.trunkline.sipapi.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.Supplier;

/** Every metric of this service. */
public final class SipApiMetrics {
    private final MeterRegistry registry;

    public SipApiMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    /** @param outcome {@code ok}, or the psrpc code of the error */
    public void created(String outcome) {
        count("trunkline.sipapi.create", "CreateSIPParticipant requests that this process handled", outcome);
    }

    /** @param outcome likewise */
    public void transferred(String outcome) {
        count("trunkline.sipapi.transfer", "TransferSIPParticipant requests that this process handled", outcome);
    }

    /** @param calls supplies the number of live calls according to the events */
    public void watchCalls(Supplier<Number> calls) {
        Gauge.builder("trunkline.sipapi.calls", calls)
                .description("Live calls whose transfers this process handles")
                .register(registry);
    }

    private void count(String name, String help, String outcome) {
        Counter.builder(name).description(help).tag("outcome", outcome).register(registry).increment();
    }
}
