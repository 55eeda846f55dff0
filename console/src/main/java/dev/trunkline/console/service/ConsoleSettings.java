package dev.trunkline.console.service;

import dev.trunkline.bus.KafkaSettings;
import dev.trunkline.bus.logs.LogSettings;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
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

        /** For how long the SIP messages of calls are kept; {@code 0s}: none is read. */
        @WithDefault("24h")
        Duration messages();

        /** By name: the organisation that gets a week of invented history, once. */
        Optional<String> demoOrganisation();

        /** Accounts by name, made at the start where they are missing, and changed where they differ. */
        Map<String, Account> accounts();
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
