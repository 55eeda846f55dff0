package dev.trunkline.relay;

import dev.trunkline.bus.KafkaSettings;
import dev.trunkline.bus.logs.LogSettings;
import dev.trunkline.bus.traces.TraceSettings;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithName;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Settings of the relay; as environment variables in capitals with underscores, for example {@code TRUNKLINE_RTP_PORTS}. */
@ConfigMapping(prefix = "trunkline")
public interface RelaySettings extends KafkaSettings, TraceSettings, LogSettings {
    /** Name of this process, stable over restarts and unique among relays. */
    @WithDefault("relay-1")
    String instance();

    /** The suite's seal key, 32 bytes in base64; without it no call can be taken. */
    Optional<String> sealKey();

    /** A second seal key, 32 bytes in base64, that opens and does not seal: while the key is being changed (README of call-events). */
    Optional<String> sealKeyAlso();

    /** Address that every socket is bound to. */
    @WithDefault("127.0.0.1")
    String bind();

    /** How long calls may go on when the process is told to stop; then they are ended with {@code shutdown}. 0 s or more. */
    @WithDefault("5m")
    Duration drain();

    LiveKit livekit();

    Rtp rtp();

    Media media();

    Relay relay();

    Transfer transfer();
    Voicemail voicemail();

    /** The LiveKit server. */
    interface LiveKit {
        /** {@code ws}, {@code wss}, {@code http} or {@code https}; environment {@code LIVEKIT_URL}. */
        @WithDefault("ws://127.0.0.1:7880")
        URI url();

        /** Environment {@code LIVEKIT_API_KEY}. */
        @WithDefault("devkey")
        String apiKey();

        /** 32 characters or more; environment {@code LIVEKIT_API_SECRET}. Without it no call can be taken. */
        Optional<String> apiSecret();
    }

    /** The phones' side. */
    interface Rtp {
        /** UDP ports, 1024 to 65535: RTP takes even ones, RTCP the next. A call takes two. */
        @WithDefault("10000-20000")
        String ports();

        /**
         * Address in SDP answers where it is not the bound one: behind NAT or in Kubernetes. An IP literal, or one of each
         * family, the preferred first; calls are taken in the families that are here.
         */
        Optional<List<String>> advertised();

        /**
         * How packets to phones are marked for the routers on their way: a differentiated services code point (RFC 2474), 0 to 63.
         * 46 is expedited forwarding; 0 leaves them unmarked.
         */
        @WithDefault("46")
        int dscp();

        /** How long a port rests between two calls; 0 s or more. */
        @WithDefault("10s")
        Duration rest();
    }

    /** The life of a call's media. */
    interface Media {
        /** Codecs that may be taken of an offer, where the phone's order decides; in this order they are offered. */
        @WithDefault("pcmu,pcma,g722,opus")
        List<String> codecs();

        /**
         * Whether offers of ours have comfort noise (RFC 3389), by which a phone may send less while nobody speaks. From phones that
         * offer it, or send it unasked, it is taken in any case.
         */
        @WithDefault("false")
        boolean comfortNoise();

        /** Whether keys are heard as tones in the G.711 of phones that have no telephone-event; presses of 70 ms or more. */
        @WithDefault("false")
        boolean inbandKeys();

        /**
         * What a caller hears who was answered before the agent came: {@code tone}, {@code silence}, or the name of a WAV file in
         * the folder of sounds (mono, 8000 or 16000 Hz, PCM of 16 bits or G.711).
         */
        @WithDefault("tone")
        String waiting();

        /** Folder of the files that callers are played. */
        Optional<String> sounds();

        /** Silence (no RTP, no RTCP) after which a phone that should send counts as gone; 1 s or more. */
        @WithDefault("12s")
        Duration timeout();

        /**
         * The same for a phone that said that it will not send, or on hold: how long it may be heard of by nothing at all. 1 min
         * or more; where the edge keeps session timers (RFC 4028) these end the call sooner.
         */
        @WithDefault("30m")
        Duration longestHold();

        /** How long a call may ring before its edge counts as gone; longer than any patience. */
        @WithDefault("5m")
        Duration ringing();

        /** How long the edge has to end a call when asked to; then the relay ends it by itself. */
        @WithDefault("3s")
        Duration edgeReply();

        /** How long entering the room may take before the call is refused because LiveKit cannot be reached; 1 s or more. */
        @WithDefault("10s")
        Duration join();

        /** How long a lost room is tried to be entered again; then the call ends. */
        @WithDefault("5s")
        Duration rejoin();

        /** Between two heartbeats of a call, whole seconds; the limiter's lease must be longer. */
        @WithDefault("10s")
        Duration heartbeat();
    }

    /** Hand-overs in which whoever is called speaks with the agent first ({@code warm}). */
    interface Transfer {
        /** How long the two may speak; then the caller is back with the agent. 1 s to 1 h. */
        @WithDefault("2m")
        Duration consultation();

        /** The key by which whoever is called declines the caller: 0 to 9, {@code *}, {@code #}, A to D, or {@code none}. */
        @WithDefault("9")
        String declineKey();
    }

    /** Messages that callers leave. Key, store and what belongs to it are the same in each router; see docs/voicemail.md. */
    interface Voicemail {
        /** The suite's key for messages, 32 bytes in base64. Without a key and a store no message is taken, whatever a number's configuration says. */
        Optional<String> key();

        /** Keys that open what was being recorded when the relay died, 32 bytes in base64 each with commas between: while the key is being changed. */
        Optional<String> keysAlso();

        /** Where messages are kept: {@code file:/folder}, or {@code s3://bucket} with a folder in it or none. */
        Optional<String> store();

        /** Of S3, where it is not Amazon's. */
        Optional<URI> endpoint();

        /** Of S3. */
        @WithDefault("us-east-1")
        String region();

        /** Of S3. Without it and the next the AWS SDK's usual places are looked in. */
        Optional<String> accessKey();

        Optional<String> secretKey();

        /**
         * Folder of this relay alone for messages that are being recorded, or that the store has yet to take; it should outlive the process. Within
         * it each relay has a folder by its name.
         */
        @WithDefault("voicemail-spool")
        String spool();

        /** Between two tries of what the store did not take. */
        @WithDefault("10s")
        Duration retry();
    }

    /** The process. */
    interface Relay {
        /** Calls at once; 1 or more. The number of port pairs is a limit too. */
        @WithDefault("1000")
        @WithName("max-calls")
        int maxCalls();

        /**
         * A relay that was full takes calls again when no more than this share of {@link #maxCalls} is in progress, and that of the ports in use
         * or at rest; above 0, 1 at most. Else it would go in and out of the group with each call.
         */
        @WithDefault("0.9")
        double rejoinAt();

        /** Between two looks whether the relay is full; 10 ms or more. */
        @WithDefault("100ms")
        Duration review();

        /**
         * Whether answered calls are given to other relays when the process is told to stop, as far as those have room; else they go on here for
         * as long as {@link RelaySettings#drain} says.
         */
        @WithDefault("false")
        boolean handOver();

        /** Media loops, each one thread; 1 to 64. Empty: half of the processors. */
        Optional<Integer> loops();

        /** Between two heartbeats of the relay itself; who hears none for 5 s takes it and its calls for lost. */
        @WithDefault("1s")
        Duration heartbeat();
    }
}
