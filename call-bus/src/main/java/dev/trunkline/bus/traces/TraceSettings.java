package dev.trunkline.bus.traces;

import io.smallrye.config.WithDefault;
import java.util.Map;
import java.util.Optional;

/**
 * Where spans are sent. A service's own settings extend this interface, so their prefix {@code trunkline} gives
 * {@code TRUNKLINE_TRACES}, {@code TRUNKLINE_TRACES_SHARE} and {@code TRUNKLINE_TRACES_HEADERS_<NAME>}.
 */
public interface TraceSettings {

    /**
     * Address of an OpenTelemetry collector that accepts OTLP over HTTP, for example {@code http://collector:4318/v1/traces};
     * without it no span is recorded.
     */
    Optional<String> traces();

    /**
     * Share of the calls that is traced, 0 to 1; the same in every service. Of one call, all services trace either everything or
     * nothing.
     */
    @WithDefault("1")
    double tracesShare();

    /** Headers of the requests to the collector, for example {@code authorization}. */
    Map<String, String> tracesHeaders();
}
