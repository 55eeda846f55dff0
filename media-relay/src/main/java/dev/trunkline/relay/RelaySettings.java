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

/** Settings of the relay; set as environment variables in capitals with underscores, for example {@code TRUNKLINE_RTP_PORTS}. */
@ConfigMapping(prefix = "trunkline")
public interface RelaySettings extends KafkaSettings, TraceSettings, LogSettings {
    /** Name of this process, stable across restarts and unique among relays. */
    @WithDefault("relay-1")
    String instance();

    /** The suite's seal key, 32 bytes in base64; without it no call can be taken. */
    Optional<String> sealKey();

    /** A second seal key, 32 bytes in base64, for opening only: while the key is being changed (README of call-events). */
    Optional<String> sealKeyAlso();

    /** Address that every socket is bound to. */
    @WithDefault("127.0.0.1")
    String bind();

    /** How long calls may continue after the process is told to stop; then they are ended with {@code shutdown}. 0 s or more. */
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
         * Address in SDP answers if it is not the bound one: behind NAT or in Kubernetes. An IP literal, or one of each family, the
         * preferred one first; calls are accepted in the families listed here.
         */
        Optional<List<String>> advertised();

        /**
         * The mark of packets to phones, for the routers on their way: a differentiated services code point (RFC 2474), 0 to 63.
         * 46 is expedited forwarding; 0 leaves them unmarked.
         */
        @WithDefault("46")
        int dscp();

        /** How long a port rests between two calls; 0 s or more. */
        @WithDefault("10s")
        Duration rest();
    }

    /** Codecs, waiting sound and timeouts of a call's media. */
    interface Media {
        /** Codecs that may be accepted from an offer, where the phone's order decides; our own offers list them in this order. */
        @WithDefault("pcmu,pcma,g722,opus")
        List<String> codecs();

        /**
         * Whether our offers include comfort noise (RFC 3389), with which a phone may send less while nobody speaks. From phones that
         * offer it, or send it unasked, it is accepted in any case.
         */
        @WithDefault("false")
        boolean comfortNoise();

        /** Whether keys are detected as tones in the G.711 of phones that have no telephone-event; presses of 70 ms or more. */
        @WithDefault("false")
        boolean inbandKeys();

        /**
         * What a caller who was answered before the agent came hears: {@code tone}, {@code silence}, or the name of a WAV file in
         * the folder of sounds (mono, 8000 or 16000 Hz, PCM of 16 bits or G.711).
         */
        @WithDefault("tone")
        String waiting();

        /** Folder of the files that are played to callers. */
        Optional<String> sounds();

        /** Silence (no RTP, no RTCP) after which a phone that should send counts as gone; 1 s or more. */
        @WithDefault("12s")
        Duration timeout();

        /**
         * The same for a phone that said that it will not send, or is on hold: how long it may send nothing at all. 1 min or more;
         * if the edge uses session timers (RFC 4028), these end the call sooner.
         */
        @WithDefault("30m")
        Duration longestHold();

        /** How long a call may ring before its edge counts as gone; longer than any ringing timeout. */
        @WithDefault("5m")
        Duration ringing();

        /** How long the edge has to end a call when asked to; then the relay ends it itself. */
        @WithDefault("3s")
        Duration edgeReply();

        /** How long entering the room may take before the call is refused because LiveKit cannot be reached; 1 s or more. */
        @WithDefault("10s")
        Duration join();

        /** How long the relay tries to enter a lost room again; then the call ends. */
        @WithDefault("5s")
        Duration rejoin();

        /** Interval between two heartbeats of a call, whole seconds; the limiter's lease must be longer. */
        @WithDefault("10s")
        Duration heartbeat();
    }

    /** Hand-overs in which the target speaks with the agent first ({@code warm}). */
    interface Transfer {
        /** How long the two may speak before the caller returns to the agent. 1 s to 1 h. */
        @WithDefault("2m")
        Duration consultation();

        /** The key by which the target declines the caller: 0 to 9, {@code *}, {@code #}, A to D, or {@code none}. */
        @WithDefault("9")
        String declineKey();
    }

    /** Messages that callers leave. Key, store and the related settings are the same in each router; see docs/voicemail.md. */
    interface Voicemail {
        /**
         * The suite's key for messages, 32 bytes in base64. Without a key and a store no message is taken, whatever a number's
         * configuration says.
         */
        Optional<String> key();

        /**
         * Keys that open messages that were being recorded when the relay died, 32 bytes in base64 each, comma-separated: while the key is
         * changed.
         */
        Optional<String> keysAlso();

        /** Where messages are stored: {@code file:/folder}, or {@code s3://bucket} with or without a folder in it. */
        Optional<String> store();

        /** Endpoint of S3, if it is not Amazon's. */
        Optional<URI> endpoint();

        /** Region of S3. */
        @WithDefault("us-east-1")
        String region();

        /** Access key of S3. Without this and the secret key, the AWS SDK looks in its usual places. */
        Optional<String> accessKey();

        Optional<String> secretKey();

        /**
         * Folder, used by this relay alone, for messages that are being recorded or that the store has yet to accept; it should outlive the
         * process. Within it each relay has a folder of its own name.
         */
        @WithDefault("voicemail-spool")
        String spool();

        /** Interval between retries of messages that the store did not accept. */
        @WithDefault("10s")
        Duration retry();
    }

    /** Capacity and threads of the process. */
    interface Relay {
        /** Concurrent calls; 1 or more. The number of port pairs is a limit too. */
        @WithDefault("1000")
        @WithName("max-calls")
        int maxCalls();

        /**
         * A relay that was full takes calls again when no more than this share of {@link #maxCalls} is in progress, and of the ports in use
         * or at rest; above 0, 1 at most. Without it the relay would leave and rejoin the group with each call.
         */
        @WithDefault("0.9")
        double rejoinAt();

        /** Interval between two checks whether the relay is full; 10 ms or more. */
        @WithDefault("100ms")
        Duration review();

        /**
         * Whether answered calls move to other relays when the process is told to stop, as far as those have room; otherwise they continue
         * here for as long as {@link RelaySettings#drain} says.
         */
        @WithDefault("false")
        boolean handOver();

        /** Number of media loops, each one thread; 1 to 64. Empty: half of the processors. */
        Optional<Integer> loops();

        /**
         * Interval between two heartbeats of the relay itself; a reader that receives none for 5 s considers the relay and its calls lost.
         */
        @WithDefault("1s")
        Duration heartbeat();
    }
}
