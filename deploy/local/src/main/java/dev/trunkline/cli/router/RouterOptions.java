package dev.trunkline.cli.router;

import dev.trunkline.cli.Surroundings;
import java.io.IOException;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Options of every command that talks to a router. */
public final class RouterOptions {
    @Option(names = "--router", paramLabel = "URL", order = 900,
            description = "A router other than that of the suite on this machine.")
    private String router;

    @Option(names = "--token", paramLabel = "TOKEN", order = 901,
            description = "The router's token; better set in the environment as TRUNKLINE_ADMIN_TOKEN, where `ps` does not show it.")
    private String token;

    /** The organisation for outbound calls that name none: the demo's on this machine's suite; on another router the token's. */
    public Optional<String> ownOrganisation() {
        return router == null && token == null ? Optional.of("demo") : Optional.empty();
    }

    /** @throws IOException if no router is named and no suite runs on this machine */
    public RouterClient client(Surroundings here) throws IOException {
        return RouterClient.of(Optional.ofNullable(router), Optional.ofNullable(token), here);
    }
}
