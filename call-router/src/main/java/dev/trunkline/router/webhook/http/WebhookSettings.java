package dev.trunkline.router.webhook.http;

import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Settings of asking webhooks, {@code trunkline.webhook.*}. */
public interface WebhookSettings {
    /** Longest time of one try, from the name's resolution to the answer's last byte; there are two tries. */
    @WithDefault("1s")
    Duration tryFor();

    /** What is left of a call's deadline for the services after the router; no try goes on into it. */
    @WithDefault("250ms")
    Duration reserve();

    /** Connections to one address at once, 1 or more; further requests wait for one, within the time of their try. */
    @WithDefault("128")
    int connections();

    /** Failures of a URL in a row after which it is not asked, 1 or more. */
    @WithDefault("5")
    int breakerFailures();

    /** How long such a URL is left alone before one call tries it. */
    @WithDefault("10s")
    Duration breakerRest();

    /** Networks that webhooks may be in although they are not public, as CIDR, separated by commas. */
    Optional<List<String>> allowNetworks();

    /** Hosts of SIP URIs whose user part is a room of this suite, separated by commas. */
    Optional<List<String>> roomDomains();
}
