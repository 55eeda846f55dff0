package dev.trunkline.bus.traces;

import io.opentelemetry.sdk.trace.IdGenerator;
import java.util.function.Supplier;

/**
 * Ids that are derived from the call and its events; OpenTelemetry asks for them on the thread that starts the span.
 * Thread-safe.
 */
final class GivenIds implements IdGenerator {
    private record Next(String traceId, String spanId) {}

    private final ThreadLocal<Next> next = new ThreadLocal<>();

    /** @param start starts one span, which gets these ids */
    <T> T with(String traceId, String spanId, Supplier<T> start) {
        next.set(new Next(traceId, spanId));
        try {
            return start.get();
        } finally {
            next.remove();
        }
    }

    @Override
    public String generateSpanId() {
        return next.get().spanId();
    }

    @Override
    public String generateTraceId() {
        return next.get().traceId();
    }
}
