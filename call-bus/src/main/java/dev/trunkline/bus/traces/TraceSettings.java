package dev.trunkline.bus.traces;

import io.smallrye.config.WithDefault;
import java.util.Map;
import java.util.Optional;

/**
 * Where spans go. A service's own settings extend this, so that its prefix {@code trunkline} gives {@code TRUNKLINE_TRACES},
 * {@code TRUNKLINE_TRACES_SHARE} and {@code TRUNKLINE_TRACES_HEADERS_<NAME>}.
 */
public interface TraceSettings {

    /**
     * Address of an OpenTelemetry collector that takes OTLP by HTTP, for example {@code http://collector:4318/v1/traces}; without it
     * no span is recorded.
     */
    Optional<String> traces();

    /** Which share of the calls is traced, 0 to 1; the same in every service, and for one call all of them or none. */
    @WithDefault("1")
    double tracesShare();

    /** Headers of what is sent to the collector, for example {@code authorization}. */
    Map<String, String> tracesHeaders();
}
