package dev.trunkline.sipapi.service;

import dev.trunkline.bus.KafkaSettings;
import dev.trunkline.bus.logs.LogSettings;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Settings of the service that serves LiveKit's SIP API. */
@ConfigMapping(prefix = "trunkline")
public interface SipApiSettings extends KafkaSettings, LogSettings {

    /** Stable and unique name of this process. */
    @WithDefault("livekit-sip-api-1")
    String instance();

    /** The router's token, with which calls are placed. */
    String adminToken();

    LiveKitSip livekitSip();

    /** Settings of this service only. */
    interface LiveKitSip {
        /** LiveKit's Redis, {@code redis://[[user]:password@]host[:port]}; {@code rediss://} for TLS. */
        @WithDefault("redis://127.0.0.1:6379")
        String redis();

        /** Address of the router's API. */
        @WithDefault("http://127.0.0.1:7580")
        URI routerUrl();

        /** Name of the organisation for calls whose trunk is the suite's; required if there are several organisations. */
        Optional<String> organisation();

        /** Like {@code cluster_id} of livekit-sip: the topic of CreateSIPParticipant; empty for none, which is what livekit-server uses. */
        Optional<String> cluster();

        /**
         * How a caller is transferred: {@code bridge}, {@code refer}, {@code bridge-first}, {@code refer-first}; the rule's or
         * trunk's way by default.
         */
        Optional<String> transferWay();

        /** ISO 3166 codes of the countries that a trunk given inline may call; without them such a trunk is rejected. */
        Optional<List<String>> inlineCountries();

        /**
         * The affinity that this process offers for an outbound call while all relays take calls, 0 to 1; it offers less if
         * some are full.
         */
        @WithDefault("1")
        float affinity();

        /** How far back events are read at startup, 1 min or more: transfers of calls that began earlier are not accepted. */
        @WithDefault("4h")
        Duration lookBack();

        /** Maximum concurrent requests, 1 to 100,000. */
        @WithDefault("2000")
        int mostRequests();
    }
}
