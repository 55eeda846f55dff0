package dev.trunkline.edge.service;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What the edge can be told, by environment ({@code TRUNKLINE_SIP_PORT}) or properties ({@code trunkline.sip.port}). */
@ConfigMapping(prefix = "trunkline")
public interface EdgeSettings {

    /** Kafka's bootstrap servers, {@code host:port,…}. */
    @WithDefault("127.0.0.1:9092")
    String kafka();

    /** Stable id of this process. An edge that starts again under its old id takes its calls up. */
    @WithDefault("sip-edge-1")
    String instance();

    /** 32 bytes in base64, the same in every service that may read callers. Required. */
    Optional<String> sealKey();

    /** 32 bytes in base64. Required. */
    Optional<String> pseudonymKey();

    /** Address that SIP and HTTP are bound to. */
    @WithDefault("127.0.0.1")
    String bind();

    Sip sip();

    /** SIP. */
    interface Sip {
        /** 1 to 65535, for every transport. */
        @WithDefault("5060")
        int port();

        /** {@code udp}, {@code tcp}. */
        @WithDefault("udp,tcp")
        List<String> transports();

        /** Host or address for Contact and Via where the bound one cannot be reached (NAT). Default: the bound one. */
        Optional<String> advertised();

        /** Bytes of the UDP receive buffer; Linux cuts it to net.core.rmem_max. */
        @WithDefault("4194304")
        int receiveBuffer();

        /** How many INVITEs that came by UDP may wait to be parsed; more are dropped, and counted. 1 or more. */
        @WithDefault("1000")
        int unreadInvites();

        /** How long the suite has to decide before a caller gets 503. */
        @WithDefault("2S")
        Duration deadline();

        /**
         * How long after its deadline a decision may come to Kafka: of a call that the edge answers while others may
         * still decide, the edge says the last event only then, and only if nobody else has.
         */
        @WithDefault("1S")
        Duration settling();

        /** How long a call may ring before it gets 480. */
        @WithDefault("180S")
        Duration ringingTimeout();

        /** How long the relay has to answer a re-INVITE before it gets 500. */
        @WithDefault("2S")
        Duration reinviteTimeout();

        /** Without a heartbeat of the relay for so long a call is ended. More than the 10 s between two heartbeats. */
        @WithDefault("30S")
        Duration relayTimeout();

        /** T1 of RFC 3261: estimate of the round trip to a trunk. */
        @WithDefault("0.5S")
        Duration t1();

        /** T2 of RFC 3261: longest interval between two retransmissions. */
        @WithDefault("4S")
        Duration t2();

        /** How far back a start looks for calls that an earlier process left. */
        @WithDefault("4H")
        Duration lookBack();

        /** How long the last event of an admitted call is remembered, for a relay that comes late. */
        @WithDefault("2M")
        Duration linger();

        /**
         * The same for a call that was over before it was admitted: T4 of RFC 3261. More than the few milliseconds that
         * an admission takes to be heard of.
         */
        @WithDefault("5S")
        Duration shortLinger();

        /** How long a shutdown waits for calls that are not answered yet; answered ones outlive it. */
        @WithDefault("5S")
        Duration drain();
    }
}
