package dev.trunkline.router.service;

import dev.trunkline.bus.KafkaSettings;
import dev.trunkline.bus.logs.LogSettings;
import dev.trunkline.bus.traces.TraceSettings;
import dev.trunkline.router.apply.RulesWithoutTrunk;
import dev.trunkline.router.provisioning.link.ProvisioningSettings;
import dev.trunkline.router.webhook.http.WebhookSettings;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** Settings of the router. Each is also an environment variable: {@code trunkline.admin-token} is {@code TRUNKLINE_ADMIN_TOKEN}. */
@ConfigMapping(prefix = "trunkline")
public interface RouterSettings extends KafkaSettings, TraceSettings, LogSettings {

    /** Name of this process, unique and the same after a restart. */
    @WithDefault("call-router-1")
    String instance();

    /** The suite's seal key, 32 bytes in base64. Required. */
    Optional<String> sealKey();

    /** A second seal key, 32 bytes in base64, that only opens: used while the key is being changed (README of call-events). */
    Optional<String> sealKeyAlso();

    /** The suite's pseudonym key, 32 bytes in base64: it gives called parties the pseudonyms that the edge gives to callers. Required. */
    Optional<String> pseudonymKey();

    /** Bearer token of the admin API; without one the API is off. */
    Optional<String> adminToken();

    /** Address of the console, for a browser that opens the address of the API. */
    Optional<URI> consoleUrl();

    DirectorySettings directory();

    SuiteSettings suite();

    RulesSettings router();

    RoutingSettings routing();

    TenantLoginSettings tenantLogin();

    interface RulesSettings {
        /** How a rule in a file is treated that names no trunk and does not say {@code wildcard: true}. */
        @WithDefault("refuse")
        RulesWithoutTrunk rulesWithoutTrunk();

        DialSettings dial();
    }

    interface RoutingSettings {
        /**
         * How long the edges let a call ring, as set by their {@code trunkline.sip.ringing-timeout}; 1 s or more. A
         * rule is accepted only if its wait before the answer is shorter.
         */
        @WithDefault("180s")
        Duration longestRinging();
    }

    interface DialSettings {
        /** How long after the decision an outbound call must have been admitted; later it is not made. */
        @WithDefault("5s")
        Duration within();

        /** How long an outbound call rings by default, 1 s to 180 s. */
        @WithDefault("45s")
        Duration ringing();
    }

    interface TenantLoginSettings {
        /**
         * Postgres login as which tenants' requests connect, a member of the role trunkline_tenant and of no other.
         * Without one the router creates it, if Postgres permits.
         */
        Optional<String> user();

        /** Its password. */
        Optional<String> password();
    }

    WebhookSettings webhook();

    /** Trunks and rules that are made in LiveKit. */
    ProvisioningSettings provisioning();

    VoicemailSettings voicemail();

    /** Messages that callers leave. Keys, store and related settings are the same in each relay; see docs/voicemail.md. */
    interface VoicemailSettings {
        /** The suite's key for messages, 32 bytes in base64. Without a key and a store, the API of messages is off. */
        Optional<String> key();

        /** Keys under which messages were sealed before, 32 bytes in base64 each, separated by commas. */
        Optional<String> keysAlso();

        /** Where messages are stored: {@code file:/folder}, or {@code s3://bucket} with or without a folder in it. */
        Optional<String> store();

        /** The S3 endpoint, if it is not Amazon's. */
        Optional<URI> endpoint();

        /** The S3 region. */
        @WithDefault("us-east-1")
        String region();

        /** The S3 access key. Without it and the next setting, the AWS SDK's usual sources are used. */
        Optional<String> accessKey();

        Optional<String> secretKey();

        /** Interval between two checks for messages whose retention has ended; 1 s or more. */
        @WithDefault("10m")
        Duration sweep();
    }

    interface DirectorySettings {
        /** How often Postgres is asked whether the directory has changed, in addition to its own notifications. */
        @WithDefault("500ms")
        Duration pollEvery();

        /** How often the outbox of the trunks topic is emptied. */
        @WithDefault("250ms")
        Duration announceEvery();
    }

    interface SuiteSettings {
        /** Lowest layer of every call's configuration, a JSON object. */
        @WithDefault("{}")
        String config();

        /** The most calls of one caller in the window, unless the number or organisation sets another limit; 1 or more. */
        @WithDefault("10")
        int callerRateCalls();

        /** Length of the sliding window of the caller rate, in seconds, 1 or more. */
        @WithDefault("3600")
        int callerRateWindowSeconds();
    }
}
