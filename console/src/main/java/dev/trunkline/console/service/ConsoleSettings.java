package dev.trunkline.console.service;

import dev.trunkline.bus.KafkaSettings;
import dev.trunkline.bus.logs.LogSettings;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Settings of the console; those of its database are Quarkus' own. */
@ConfigMapping(prefix = "trunkline")
public interface ConsoleSettings extends KafkaSettings, LogSettings {

    /** Stable and unique name of this process. */
    @WithDefault("console-1")
    String instance();

    /**
     * The router's admin token, with which the console obtains tokens for signed-in users; without it there are no numbers, trunks and
     * rules.
     */
    Optional<String> adminToken();

    /** 32 bytes in base64, the same key as the edges'; needed only to erase a caller by number. */
    Optional<String> pseudonymKey();

    Console console();

    LiveKit livekit();

    /** The LiveKit server whose rooms people enter at the desk; without all three settings there is no desk. */
    interface LiveKit {
        /** {@code ws}, {@code wss}, {@code http} or {@code https}; environment {@code LIVEKIT_URL}. */
        Optional<URI> url();

        /** Environment {@code LIVEKIT_API_KEY}. */
        Optional<String> apiKey();

        /** Environment {@code LIVEKIT_API_SECRET}. */
        Optional<String> apiSecret();
    }

    /** Settings specific to the console. */
    interface Console {
        /** URL of the router's API. */
        @WithDefault("http://127.0.0.1:7580")
        URI routerUrl();

        /** Inactivity after which a session ends, 1 min or more. */
        @WithDefault("8h")
        Duration sessionIdle();

        /** Age at which a session ends regardless of activity; not less than the time above. */
        @WithDefault("24h")
        Duration sessionLongest();

        /** Requests per minute that an API key may make, 1 or more; each replica counts separately. */
        @WithDefault("600")
        int keyRequests();

        /** How long calls are kept of organisations without a setting of their own, a day or more; {@code 0s}: forever. */
        @WithDefault("0s")
        Duration retention();

        /** How long the SIP messages of calls are kept; {@code 0s}: none are read. */
        @WithDefault("24h")
        Duration messages();

        /** Name of the organisation that gets a week of invented history, once. */
        Optional<String> demoOrganisation();

        /** Where people reach the pages, {@code https://console.example.com}; needed only with an identity provider. */
        Optional<URI> url();

        /** Where browsers reach LiveKit, if not at the address that the suite's services use: {@code wss://livekit.example.com}. */
        Optional<URI> livekitUrl();

        Oidc oidc();

        /** Accounts by name, created at startup if missing, and updated if they differ. */
        Map<String, Account> accounts();
    }

    /** Signing in through an identity provider (OpenID Connect). */
    interface Oidc {
        /** The provider's issuer, exactly as it writes itself; without it there is no identity provider. */
        Optional<URI> issuer();

        /** The console's client id at the provider. */
        Optional<String> clientId();

        /** Authenticates the console to the provider; without it and the file below the console is a public client. */
        Optional<String> clientSecret();

        /** A file that contains the secret, instead of the setting above. */
        Optional<Path> clientSecretFile();

        /** The scopes to request, separated by spaces. */
        @WithDefault("openid profile email")
        String scopes();

        /** The claim with the name that pages and notes show. */
        @WithDefault("preferred_username")
        String userClaim();

        /** The claim with the user's role or roles; a slash goes one level deeper: {@code realm_access/roles}. */
        @WithDefault("groups")
        String roleClaim();

        /**
         * The roles that the values of that claim stand for, {@code phone-admins=admin,phone-desk=desk}; of several the first of admin,
         * tenant, desk and support counts.
         */
        @WithDefault("admin=admin,tenant=tenant,desk=desk,support=support")
        String roles();

        /** The claim with the name of the user's organisation; a slash goes one level deeper. */
        @WithDefault("organisation")
        String organisationClaim();

        /** Whether the accounts of the settings may sign in as well. */
        @WithDefault("false")
        boolean accounts();
    }

    /** An account that may sign in. */
    interface Account {
        /** {@code admin}, {@code tenant}, {@code desk} or {@code support}. */
        String role();

        /** By name; required for {@code tenant} and {@code desk}. Support without one sees everything. */
        Optional<String> organisation();

        /** 12 characters or more. */
        String password();
    }
}
