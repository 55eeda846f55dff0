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
         * How far back the events are read at the start, so that calls that were being watched are taken up again.
         * As long as the longest patience of any rule with that of its fallback, and 40 s more where rules ask for a PIN;
         * 10 s to 1 h.
         */
        @WithDefault("3m")
        Duration lookBack();

        /**
         * How long a room may wait, with its agents in it, for a caller of a rule that says {@code warm}: then it is made anew.
         * 5 s to 1 h.
         */
        @WithDefault("4m")
        Duration warmAge();
    }
}
