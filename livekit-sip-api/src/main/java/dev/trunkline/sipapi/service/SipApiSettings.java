package dev.trunkline.sipapi.service;

import dev.trunkline.bus.KafkaSettings;
import dev.trunkline.bus.logs.LogSettings;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Settings of the service that answers LiveKit's SIP API. */
@ConfigMapping(prefix = "trunkline")
public interface SipApiSettings extends KafkaSettings, LogSettings {

    /** Stable and unique name of this process. */
    @WithDefault("livekit-sip-api-1")
    String instance();

    /** The router's, by which calls are made. */
    String adminToken();

    LiveKitSip livekitSip();

    /** What is this service's alone. */
    interface LiveKitSip {
        /** LiveKit's Redis, {@code redis://[[user]:password@]host[:port]}; {@code rediss://} for TLS. */
        @WithDefault("redis://127.0.0.1:6379")
        String redis();

        /** Where the router's API is. */
        @WithDefault("http://127.0.0.1:7580")
        URI routerUrl();

        /** Name of the organisation for which calls are made whose trunk is the suite's; needed where there are several. */
        Optional<String> organisation();

        /** As {@code cluster_id} of livekit-sip: the topic of CreateSIPParticipant; empty for none, which is what livekit-server asks. */
        Optional<String> cluster();

        /** How a caller is handed over: {@code bridge}, {@code refer}, {@code bridge-first}, {@code refer-first}; without it what rule or trunk say. */
        Optional<String> transferWay();

        /** ISO 3166 codes of the countries that a trunk given inline may call; without them such a trunk is refused. */
        Optional<List<String>> inlineCountries();

        /** What this process offers itself with for a call out while all relays take calls, 0 to 1; less where some are full. */
        @WithDefault("1")
        float affinity();

        /** How far events are read at a start, 1 min or more: transfers of calls that began before are not taken. */
        @WithDefault("4h")
        Duration lookBack();

        /** Requests at once, 1 to 100,000. */
        @WithDefault("2000")
        int mostRequests();
    }
}
