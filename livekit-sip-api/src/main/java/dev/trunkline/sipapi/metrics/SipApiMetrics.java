package dev.trunkline.sipapi.metrics;

import dev.trunkline.psrpc.RpcCode;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Every metric of this service. */
public final class SipApiMetrics {
    private static final String OK = "ok";

    private final MeterRegistry registry;

    public SipApiMetrics(MeterRegistry registry) {
        this.registry = registry;
        // At zero from the start: Prometheus sees no increase in a series that begins with the first request that failed.
        Stream.concat(Stream.of(OK), Stream.of(RpcCode.values()).map(RpcCode::wire)).forEach(outcome -> {
            create(outcome);
            transfer(outcome);
        });
    }

    /** @param outcome {@code ok}, or the psrpc code of the error */
    public void created(String outcome) {
        create(outcome).increment();
    }

    private Counter create(String outcome) {
        return Counter.builder("trunkline.sipapi.create")
                .description("CreateSIPParticipant requests that this process handled")
                .tag("outcome", outcome)
                .register(registry);
    }

    /** @param outcome likewise */
    public void transferred(String outcome) {
        transfer(outcome).increment();
    }

    private Counter transfer(String outcome) {
        return Counter.builder("trunkline.sipapi.transfer")
                .description("TransferSIPParticipant requests that this process handled")
                .tag("outcome", outcome)
                .register(registry);
    }

    /** @param calls supplies the number of live calls according to the events */
    public void watchCalls(Supplier<Number> calls) {
        Gauge.builder("trunkline.sipapi.calls", calls)
                .description("Live calls whose transfers this process handles")
                .register(registry);
    }
}
