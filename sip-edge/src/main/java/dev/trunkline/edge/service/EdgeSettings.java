package dev.trunkline.edge.service;

import dev.trunkline.bus.KafkaSettings;
import dev.trunkline.bus.logs.LogSettings;
import dev.trunkline.bus.traces.TraceSettings;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The edge's settings, by environment ({@code TRUNKLINE_SIP_PORT}) or properties ({@code trunkline.sip.port}). */
@ConfigMapping(prefix = "trunkline")
public interface EdgeSettings extends KafkaSettings, TraceSettings, LogSettings {

    /** Stable id of this process. An edge that restarts under its old id resumes its calls. */
    @WithDefault("sip-edge-1")
    String instance();

    /** 32 bytes in base64, the same in every service that may read callers. Required. */
    Optional<String> sealKey();

    /** A second seal key, 32 bytes in base64, that opens and does not seal: while the key is being changed (README of call-events). */
    Optional<String> sealKeyAlso();

    /** 32 bytes in base64. Required. */
    Optional<String> pseudonymKey();

    /** Address that SIP and HTTP are bound to. */
    @WithDefault("127.0.0.1")
    String bind();

    /**
     * How long a shutdown lets answered calls continue; those that are still established then get BYE, and end as {@code shutdown}. The
     * operator who stops the process must leave it this time and a quarter of a minute more.
     */
    @WithDefault("5M")
    Duration drain();

    Sip sip();

    /** Where the messages of calls are sent as well, as HEP version 3 by UDP: masked, and none if {@code messages} is false. */
    interface Homer {
        /** {@code host} or {@code host:port} of Homer or another receiver of HEP; without a port 9060. Empty: nothing is sent. */
        Optional<String> address();

        /** Number of this capture agent, as Homer shows it: 0 or more. */
        @WithDefault("2001")
        int agent();

        /** As Homer asks for it. Empty: none is sent. */
        Optional<String> password();
    }

    /** SIP. */
    interface Sip {
        /** 1 to 65535, for UDP and TCP. */
        @WithDefault("5060")
        int port();

        /** {@code udp}, {@code tcp}, {@code tls}. */
        @WithDefault("udp,tcp")
        List<String> transports();

        /**
         * Host or address for Contact and Via if the bound one cannot be reached (NAT), {@code host} or {@code host:port}. Default: the
         * bound one.
         */
        Optional<String> advertised();

        /**
         * Several listeners instead of {@code port}, {@code transports} and {@code advertised}: each
         * {@code transport:address:port}, with {@code =host} or {@code =host:port} after it if others know it by that.
         * {@code udp:0.0.0.0:5060,tls:[2001:db8::1]:5061=sip.example.com}. {@code [::]} takes IPv4 too.
         */
        Optional<List<String>> listen();

        /** Networks that know the edge by another host: {@code 10.0.0.0/8=10.1.2.3}; the narrowest match is used. */
        Optional<List<String>> advertisedNetworks();

        /** Whether the messages of calls are published on {@code call-messages}, masked, for finding out why a call went as it did. */
        @WithDefault("true")
        boolean messages();

        Homer homer();

        Tls tls();

        Connections connections();

        Digest digest();

        Strangers strangers();

        Quota quota();

        Outbound outbound();

        /** How often host names of trunks are looked up. */
        @WithDefault("60S")
        Duration hostNames();

        /** Bytes of the UDP receive buffer; Linux cuts it to net.core.rmem_max. */
        @WithDefault("4194304")
        int receiveBuffer();

        /** Mark of what the edge sends, for the routers on its path (DSCP, RFC 2474), 0 to 63: 24 is CS3, 0 none. */
        @WithDefault("24")
        int dscp();

        /**
         * How many messages may wait to be parsed, shared out among the lanes; INVITEs and OPTIONS by UDP beyond that are dropped, and
         * counted; four times as many of everything else may wait. 1 or more.
         */
        @WithDefault("1000")
        int unread();

        /** How long the suite has to decide before a caller gets 503. */
        @WithDefault("2S")
        Duration deadline();

        /**
         * How long after its deadline a decision may come to Kafka: for a call that the edge answers while others may still decide, the
         * edge publishes the last event only then, and only if no other service has.
         */
        @WithDefault("1S")
        Duration settling();

        /** How long a call may ring before it gets 480. */
        @WithDefault("180S")
        Duration ringingTimeout();

        /** How long the relay has to answer a re-INVITE before it gets 500. */
        @WithDefault("2S")
        Duration reinviteTimeout();

        /**
         * Without the call's own heartbeat for this long it is ended, although its relay may live. More than the 10 s between two of
         * them.
         */
        @WithDefault("30S")
        Duration relayTimeout();

        /**
         * A relay that published heartbeats of its own, one a second, and was silent for this long is lost if another relay takes
         * calls, and its calls are offered to that one. If none does, it has half as much time again. Only time in which Kafka was read counts.
         */
        @WithDefault("3S")
        Duration relaySilence();

        /**
         * How long an answered call whose relay is lost waits for another relay to take it over, before it gets BYE; in all that time
         * its caller hears nothing. 0S: BYE at once.
         */
        @WithDefault("10S")
        Duration relayTakeOver();

        /** How long a relay may take to have media ready for an admitted call, before the call gets 503 and {@code no-relay}. */
        @WithDefault("8S")
        Duration mediaTimeout();

        /**
         * How long beyond the rule's patience a call may ring, or be established, while nothing is published about its agent, before it
         * gets 480 or BYE.
         */
        @WithDefault("10S")
        Duration patienceMargin();

        /** T1 of RFC 3261: estimate of the round trip to a trunk. */
        @WithDefault("0.5S")
        Duration t1();

        /** T2 of RFC 3261: longest interval between two retransmissions. */
        @WithDefault("4S")
        Duration t2();

        /** T4 of RFC 3261: how long a message may stay in the network. */
        @WithDefault("5S")
        Duration t4();

        /** Threads that parse and keep transactions, each for its own calls; 0 for as many as there are processors. */
        @WithDefault("0")
        int lanes();

        /**
         * Interval of session timers (RFC 4028) if the choice is ours, and the longest that is agreed to. 0 asks for none and agrees to
         * any.
         */
        @WithDefault("1800S")
        Duration sessionExpires();

        /** A shorter session interval is refused with 422. RFC 4028 allows no less than 90 s. */
        @WithDefault("90S")
        Duration minSe();

        /**
         * Whether 180 is sent reliably (RFC 3262) to callers that only support it; {@code false}: only to those that
         * require it.
         */
        @WithDefault("false")
        boolean reliableWhereSupported();

        /** How far back a start looks for calls that an earlier process left. */
        @WithDefault("4H")
        Duration lookBack();

        /** How long the last event of an admitted call is remembered, for a relay that joins late. */
        @WithDefault("2M")
        Duration linger();

        /**
         * The same for a call that was over before it was admitted: T4 of RFC 3261. More than the few milliseconds that an admission
         * takes to arrive.
         */
        @WithDefault("5S")
        Duration shortLinger();

        /** How long a shutdown waits for calls that are not answered yet, within the whole of its time; then they get 503. */
        @WithDefault("5S")
        Duration drain();
    }

    /** Outbound trunks. */
    interface Outbound {
        /** How often a gateway that is up is asked by OPTIONS; short enough to keep a NAT open. */
        @WithDefault("25S")
        Duration ping();

        /** How often a gateway that is down, or in doubt, is asked. */
        @WithDefault("5S")
        Duration pingWhileDown();

        /** How long to wait for its answer. */
        @WithDefault("4S")
        Duration pingPatience();

        /** Consecutive pings without an answer after which no call goes there. 1 or more. */
        @WithDefault("3")
        int downAfter();

        /** Consecutive answers after which calls go there again. 1 or more. */
        @WithDefault("2")
        int upAfter();

        /** How long a gateway may send nothing at all to an INVITE, not even 100, before the trunk's next one is tried. */
        @WithDefault("4S")
        Duration gatewayPatience();

        /** How long after a trunk became this edge's it is registered: the previous edge removes its binding first. */
        @WithDefault("1S")
        Duration takeOver();
    }

    /** SIP over TLS. */
    interface Tls {
        /** 1 to 65535, if {@code transports} contains tls. */
        @WithDefault("5061")
        int port();

        /** PEM file: the certificate, then its issuers'. Required for TLS; read again when it changes. */
        Optional<Path> certificate();

        /** PEM file: the private key, PKCS #8, not encrypted. Required for TLS; read again when it changes. */
        Optional<Path> key();

        /** Certificates of clients: {@code none}, {@code wanted} or {@code required}. */
        @WithDefault("none")
        String clients();

        /** PEM file: the authorities that sign certificates of clients, and of servers that the edge connects to. */
        Optional<Path> authorities();

        /** How often the files are checked for changes. */
        @WithDefault("10S")
        Duration look();
    }

    /** TCP and TLS connections. */
    interface Connections {
        /** Connections open at the same time on a listener. */
        @WithDefault("10000")
        int most();

        /** Connections open at the same time from one address on a listener. */
        @WithDefault("200")
        int perSource();

        /** Longest TLS handshake. */
        @WithDefault("5S")
        Duration handshake();

        /** Longest time from a message's first byte to its last, and that a peer may take to read what it is sent. */
        @WithDefault("10S")
        Duration message();

        /** A connection by which no call came is closed after this long without a byte. */
        @WithDefault("10M")
        Duration idle();
    }

    /** Digest authentication of trunks that have users. */
    interface Digest {
        /** How long an answer to a challenge may take, and its nonce may be reused. */
        @WithDefault("60S")
        Duration nonceLifetime();

        /** Whether requests within a dialog are challenged too, even if they come from where their call came from. */
        @WithDefault("false")
        boolean inDialog();

        /** Wrong answers of one user from one source that cause no delay. */
        @WithDefault("3")
        int freeFromSource();

        /** After them a user's next answer from there is not checked for this long; each time twice as long. */
        @WithDefault("1S")
        Duration firstWait();

        /** Longest such delay. */
        @WithDefault("5M")
        Duration longestWait();

        /** Wrong answers of one user, from everywhere together, that cause no delay; after them as above. */
        @WithDefault("10")
        int freeGuesses();
    }

    /** Limits for a trunk that sets no quota of its own; 0 for no limit. */
    interface Quota {
        /** New calls a second; one second's worth may come at once. */
        @WithDefault("50")
        int invitesPerSecond();

        /** Concurrent calls on this edge that are not answered yet. */
        @WithDefault("100")
        int earlyCalls();

        /** OPTIONS outside of calls a second, of any trunk; those above it get no answer. */
        @WithDefault("50")
        int optionsPerSecond();
    }

    /** Addresses of no trunk, if there is a trunk that is known by credentials alone. */
    interface Strangers {
        /** Messages a second from one address that are considered, 1 or more; twice as many may come at once. */
        @WithDefault("8")
        int perSource();

        /** Messages a second from all strangers together that are considered, 1 or more. */
        @WithDefault("500")
        int total();

        /** Words in a stranger's User-Agent that identify a scanner, case-insensitive. */
        @WithDefault("friendly-scanner,friendly-request,sipvicious,sipcli,sip-scan,sipscan,sipsak,sundayddr,iwar,"
                + "siparmyknife,vaxsipuseragent,vaxipuseragent,smap,pplsip,eyebeam_scan,cesnet,nm@p,nmap,masscan,zgrab")
        List<String> scanners();
    }
}
