package dev.trunkline.limiter.service;

import dev.trunkline.bus.KafkaSettings;
import dev.trunkline.bus.logs.LogSettings;
import dev.trunkline.bus.traces.TraceSettings;
import dev.trunkline.limiter.admission.WhenUnavailable;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Settings of the rate limiter. */
@ConfigMapping(prefix = "trunkline")
public interface LimiterSettings extends KafkaSettings, TraceSettings, LogSettings {

    /** Stable and unique name of this process. */
    @WithDefault("limiter-1")
    String instance();

    /** Redis, {@code redis://[[user]:password@]host[:port]}; {@code rediss://} for TLS. */
    @WithDefault("redis://127.0.0.1:6379")
    String redis();

    /** Maximum number of concurrent calls in the whole suite, 1 or more. Every limiter must have the same. */
    @WithDefault("1000")
    int suiteCalls();

    Admission admission();

    /** How calls are admitted. */
    interface Admission {
        /** What happens to calls while Redis cannot count them. */
        @WithDefault("refuse")
        WhenUnavailable whenUnavailable();

        /**
         * The number of callers that the anonymous callers of one trunk count as together, 1 to 1000: they share one
         * window, and its limit is this many times that of one caller.
         */
        @WithDefault("1")
        int anonymousCallers();

        /** How long a slot is held without a heartbeat; relays send one every 10 s. 15 s to 5 min. */
        @WithDefault("30s")
        Duration lease();

        /** How long one query to Redis may take, 50 ms to 1 s; the edge answers 503 by itself after 2 s. */
        @WithDefault("300ms")
        Duration redisTimeout();

        /** How often the limiter looks for calls that nobody ends, 1 s or more. */
        @WithDefault("5s")
        Duration sweepInterval();
    }
}
