package dev.trunkline.router.webhook.http;

import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Settings for asking webhooks, {@code trunkline.webhook.*}. */
public interface WebhookSettings {
    /** Timeout of one try, from the resolution of the name to the last byte of the answer; there are two tries. */
    @WithDefault("1s")
    Duration tryFor();

    /** Part of a call's deadline that is kept for the services after the router; no try runs into it. */
    @WithDefault("250ms")
    Duration reserve();

    /** Concurrent connections to one address, 1 or more; further requests wait for one, within the time of their try. */
    @WithDefault("128")
    int connections();

    /** Failures of a URL in a row after which it is no longer asked, 1 or more. */
    @WithDefault("5")
    int breakerFailures();

    /** How long such a URL is left alone before one call probes it. */
    @WithDefault("10s")
    Duration breakerRest();

    /** Networks that webhooks may be in although they are not public, in CIDR, separated by commas. */
    Optional<List<String>> allowNetworks();

    /** Hosts of SIP URIs whose user part is a room of this suite, separated by commas. */
    Optional<List<String>> roomDomains();
}
