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

    /** A second seal key, 32 bytes in base64, that opens and does not seal: while the key is being changed (README of call-events). */
    Optional<String> sealKeyAlso();

    /** The suite's pseudonym key, 32 bytes in base64: whoever is called has the pseudonym that the edge gives to callers. Required. */
    Optional<String> pseudonymKey();

    /** Bearer token of the admin API; without one the API is off. */
    Optional<String> adminToken();

    /** Where the console is, for a browser that opens the address of the API. */
    Optional<URI> consoleUrl();

    DirectorySettings directory();

    SuiteSettings suite();

    RulesSettings router();

    RoutingSettings routing();

    TenantLoginSettings tenantLogin();

    interface RulesSettings {
        /** What becomes of a rule in a file that names no trunk and does not say {@code wildcard: true}. */
        @WithDefault("refuse")
        RulesWithoutTrunk rulesWithoutTrunk();

        DialSettings dial();
    }

    interface RoutingSettings {
        /**
         * How long the edges let a call ring, as their {@code trunkline.sip.ringing-timeout} says; 1 s or more. What a rule lets a
         * caller wait for before the answer must be shorter when it is written.
         */
        @WithDefault("180s")
        Duration longestRinging();
    }

    interface DialSettings {
        /** How long after a call out was decided it must have been let in; later nobody makes it. */
        @WithDefault("5s")
        Duration within();

        /** How long a call out rings where nobody says, 1 s to 180 s. */
        @WithDefault("45s")
        Duration ringing();
    }

    interface TenantLoginSettings {
        /**
         * Login of Postgres that tenants' requests connect as, a member of the role trunkline_tenant and of no other.
         * Without one the router makes it, if Postgres lets it.
         */
        Optional<String> user();

        /** Its password. */
        Optional<String> password();
    }

    WebhookSettings webhook();

    /** Trunks and rules that are made in LiveKit. */
    ProvisioningSettings provisioning();

    VoicemailSettings voicemail();

    /** Messages that callers leave. Keys, store and what belongs to it are the same in each relay; see docs/voicemail.md. */
    interface VoicemailSettings {
        /** The suite's key for messages, 32 bytes in base64. Without a key and a store the API of messages is off. */
        Optional<String> key();

        /** Keys that messages were sealed under before, 32 bytes in base64 each with commas between. */
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

        /** Between two looks for messages that were kept long enough; 1 s or more. */
        @WithDefault("10m")
        Duration sweep();
    }

    interface DirectorySettings {
        /** How often Postgres is asked whether the directory changed, besides each time that it says so itself. */
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

        /** Most calls of one caller in the window, where neither number nor organisation says otherwise; 1 or more. */
        @WithDefault("10")
        int callerRateCalls();

        /** Length of the sliding window of the caller rate, in seconds, 1 or more. */
        @WithDefault("3600")
        int callerRateWindowSeconds();
    }
}
