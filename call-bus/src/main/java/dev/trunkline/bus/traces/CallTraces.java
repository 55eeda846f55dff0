package dev.trunkline.bus.traces;

import dev.trunkline.events.codec.Envelopes;
import dev.trunkline.events.codec.EventSpans;
import dev.trunkline.events.codec.Sampling;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * How one service traces calls: which of them, and where the spans go. A separate thread sends them in batches; spans that a slow or
 * unavailable collector does not accept in time are dropped, and no call waits for it.
 */
public final class CallTraces implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(CallTraces.class);
    private static final Duration BETWEEN_BATCHES = Duration.ofSeconds(1);
    private static final Duration LONGEST_EXPORT = Duration.ofSeconds(5);
    private static final Duration CLOSING = Duration.ofSeconds(2);

    private final Sampling sampling;
    private final EventSpans spans;
    private final Optional<SdkTracerProvider> provider;

    private CallTraces(Sampling sampling, EventSpans spans, Optional<SdkTracerProvider> provider) {
        this.sampling = sampling;
        this.spans = spans;
        this.provider = provider;
    }

    /**
     * @param service its name, for example {@code call-router}
     * @param instance its id
     * @throws IllegalArgumentException for invalid settings, with what to write instead
     */
    public static CallTraces of(TraceSettings settings, String service, String instance) {
        var sampling = new Sampling(settings.tracesShare());
        return settings.traces()
                .map(endpoint -> recording(sampling, service, instance, exporter(endpoint, settings)))
                .orElseGet(() -> new CallTraces(sampling, EventSpans.NONE, Optional.empty()));
    }

    /** @param exporter is closed with this object */
    static CallTraces recording(Sampling sampling, String service, String instance, SpanExporter exporter) {
        var ids = new GivenIds();
        var batches = BatchSpanProcessor.builder(exporter)
                .setScheduleDelay(BETWEEN_BATCHES)
                .setExporterTimeout(LONGEST_EXPORT)
                .build();
        SdkTracerProvider provider = SdkTracerProvider.builder()
                .setIdGenerator(ids)
                .setResource(Resource.getDefault().merge(Resource.create(Attributes.of(
                        AttributeKey.stringKey("service.namespace"), "trunkline",
                        AttributeKey.stringKey("service.name"), service,
                        AttributeKey.stringKey("service.instance.id"), instance))))
                .addSpanProcessor(batches)
                .build();
        return new CallTraces(sampling, new CallSpans(provider.get("dev.trunkline"), ids), Optional.of(provider));
    }

    private static SpanExporter exporter(String endpoint, TraceSettings settings) {
        URI address;
        try {
            address = URI.create(endpoint.strip());
        } catch (IllegalArgumentException e) {
            throw unusable(endpoint);
        }
        String scheme = String.valueOf(address.getScheme()).toLowerCase(Locale.ROOT);
        if (!Set.of("http", "https").contains(scheme) || address.getHost() == null) {
            throw unusable(endpoint);
        }
        var builder = OtlpHttpSpanExporter.builder().setEndpoint(address.toString()).setTimeout(LONGEST_EXPORT);
        settings.tracesHeaders().forEach(builder::addHeader);
        LOG.infof("spans of %.0f %% of the calls are sent to %s", settings.tracesShare() * 100, address);
        return builder.build();
    }

    private static IllegalArgumentException unusable(String endpoint) {
        return new IllegalArgumentException("traces cannot be sent to \"" + endpoint
                + "\": write the address of an OTLP receiver over HTTP, for example http://collector:4318/v1/traces");
    }

    /** Returns the envelopes with which the service publishes its events. @param source {@code /<service>/<instance>} */
    public Envelopes envelopes(String source, Clock clock, Supplier<UUID> ids) {
        return new Envelopes(source, clock, ids, sampling, spans);
    }

    /** Sends all pending spans. */
    void flush() {
        provider.ifPresent(open -> open.forceFlush().join(LONGEST_EXPORT.toMillis(), TimeUnit.MILLISECONDS));
    }

    /** Sends the remaining spans, for two seconds at most. */
    @Override
    public void close() {
        provider.ifPresent(open -> open.shutdown().join(CLOSING.toMillis(), TimeUnit.MILLISECONDS));
    }
}
