package dev.trunkline.bus.logs;

import io.smallrye.config.WithDefault;

/** How a service logs. A service's own settings extend this, so that its prefix {@code trunkline} gives {@code TRUNKLINE_LOG_JSON}. */
public interface LogSettings {

    /** Whether each line of the log is a JSON object instead of text: {@link JsonLines} has its fields. */
    @WithDefault("false")
    boolean logJson();
}
