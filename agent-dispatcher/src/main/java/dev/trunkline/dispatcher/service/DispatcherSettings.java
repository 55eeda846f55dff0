package dev.trunkline.dispatcher.service;

import dev.trunkline.bus.KafkaSettings;
import dev.trunkline.bus.logs.LogSettings;
import dev.trunkline.bus.traces.TraceSettings;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.time.Duration;

/** Settings of the agent dispatcher. */
@ConfigMapping(prefix = "trunkline")
public interface DispatcherSettings extends KafkaSettings, TraceSettings, LogSettings {

    /** Stable and unique name of this process. */
    @WithDefault("dispatcher-1")
    String instance();

    LiveKit livekit();

    Dispatch dispatch();

    /** The LiveKit server. */
    interface LiveKit {
        /** {@code ws}, {@code wss}, {@code http} or {@code https}; {@code LIVEKIT_URL}. */
        @WithDefault("ws://127.0.0.1:7880")
        URI url();

        /** {@code LIVEKIT_API_KEY}. */
        @WithDefault("devkey")
        String key();

        /** {@code LIVEKIT_API_SECRET}; no default. */
        String secret();
    }

    /** How agents are dispatched. */
    interface Dispatch {
        /**
         * How far back events are read at startup, to resume watches that were running. As long as the longest patience of any
         * rule including that of its fallback, plus 40 s if rules ask for a PIN; 10 s to 1 h.
         */
        @WithDefault("3m")
        Duration lookBack();

        /**
         * How long a room with its agents in it may wait for a caller of a rule that sets {@code warm}: after that it is
         * recreated. 5 s to 1 h.
         */
        @WithDefault("4m")
        Duration warmAge();
    }
}
