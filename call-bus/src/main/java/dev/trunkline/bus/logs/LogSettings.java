package dev.trunkline.bus.logs;

import io.smallrye.config.WithDefault;

/**
 * How a service logs. A service's own settings extend this interface, so their prefix {@code trunkline} gives
 * {@code TRUNKLINE_LOG_JSON}.
 */
public interface LogSettings {

    /** Whether each log line is a JSON object instead of text: {@link JsonLines} defines its fields. */
    @WithDefault("false")
    boolean logJson();
}
