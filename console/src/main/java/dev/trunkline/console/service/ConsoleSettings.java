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

    /** The router's, by which the console gets tokens for those who are signed in; without it there are no numbers, trunks and rules. */
    Optional<String> adminToken();

    /** 32 bytes in base64, those of the edges: only to erase a caller by number. */
    Optional<String> pseudonymKey();

    Console console();

    LiveKit livekit();

    /** The LiveKit server whose rooms people enter at the desk; without all three there is no desk. */
    interface LiveKit {
        /** {@code ws}, {@code wss}, {@code http} or {@code https}; environment {@code LIVEKIT_URL}. */
        Optional<URI> url();

        /** Environment {@code LIVEKIT_API_KEY}. */
        Optional<String> apiKey();

        /** Environment {@code LIVEKIT_API_SECRET}. */
        Optional<String> apiSecret();
    }

    /** What is the console's alone. */
    interface Console {
        /** Where the router's API is. */
        @WithDefault("http://127.0.0.1:7580")
        URI routerUrl();

        /** After which a session ends in which nothing was done, 1 min or more. */
        @WithDefault("8h")
        Duration sessionIdle();

        /** After which a session ends whatever is done in it; no less than the time above. */
        @WithDefault("24h")
        Duration sessionLongest();

        /** Requests that an API key may make a minute, 1 or more; each replica counts for itself. */
        @WithDefault("600")
        int keyRequests();

        /** For how long calls are kept of organisations that say nothing else, a day or more; {@code 0s}: for good. */
        @WithDefault("0s")
        Duration retention();

        /** For how long the SIP messages of calls are kept; {@code 0s}: none is read. */
        @WithDefault("24h")
        Duration messages();

        /** By name: the organisation that gets a week of invented history, once. */
        Optional<String> demoOrganisation();

        /** Where people reach the pages, {@code https://console.example.com}; only an identity provider has to know it. */
        Optional<URI> url();

        /** Where browsers reach LiveKit, if not where the suite's services do: {@code wss://livekit.example.com}. */
        Optional<URI> livekitUrl();

        Oidc oidc();

        /** Accounts by name, made at the start where they are missing, and changed where they differ. */
        Map<String, Account> accounts();
    }

    /** Signing in by an identity provider (OpenID Connect). */
    interface Oidc {
        /** The provider, as it writes itself, to the letter; without it there is none. */
        Optional<URI> issuer();

        /** What the console is called there. */
        Optional<String> clientId();

        /** What shows the provider that it is the console; without it and the file below the client is a public one. */
        Optional<String> clientSecret();

        /** A file that has the secret, in place of the one above. */
        Optional<Path> clientSecretFile();

        /** What is asked for, separated by spaces. */
        @WithDefault("openid profile email")
        String scopes();

        /** The claim that names somebody on pages and in notes. */
        @WithDefault("preferred_username")
        String userClaim();

        /** The claim that has somebody's role or roles; a slash goes deeper: {@code realm_access/roles}. */
        @WithDefault("groups")
        String roleClaim();

        /** What a value of that claim means here, {@code phone-admins=admin,phone-desk=desk}; of several the first of all counts. */
        @WithDefault("admin=admin,tenant=tenant,desk=desk,support=support")
        String roles();

        /** The claim that has the name of somebody's organisation; a slash goes deeper. */
        @WithDefault("organisation")
        String organisationClaim();

        /** Whether the accounts of the settings may sign in beside. */
        @WithDefault("false")
        boolean accounts();
    }

    /** Who may sign in. */
    interface Account {
        /** {@code admin}, {@code tenant}, {@code desk} or {@code support}. */
        String role();

        /** By name; required for {@code tenant} and {@code desk}. Support without one sees all. */
        Optional<String> organisation();

        /** 12 characters or more. */
        String password();
    }
}
