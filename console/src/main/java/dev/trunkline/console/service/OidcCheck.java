package dev.trunkline.console.service;

import static dev.trunkline.console.service.SettingsCheck.require;

import dev.trunkline.console.accounts.Role;
import dev.trunkline.console.oidc.ClaimMapping;
import dev.trunkline.console.oidc.Relying;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads the settings of the identity provider, or says why they are invalid. */
final class OidcCheck {
    private static final String PREFIX = "trunkline.console.oidc.";
    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "[::1]");

    private OidcCheck() {}

    /**
     * @return empty if there is no provider
     * @throws IllegalArgumentException for the first invalid setting, never with the secret
     */
    static Optional<Relying> relying(ConsoleSettings.Console console) {
        ConsoleSettings.Oidc oidc = console.oidc();
        Optional<URI> issuer = oidc.issuer().filter(uri -> !uri.toString().isBlank());
        if (issuer.isEmpty()) {
            return Optional.empty();
        }
        protectedOrHere(PREFIX + "issuer", issuer.get());
        URI url = console.url().orElseThrow(() -> new IllegalArgumentException(
                "trunkline.console.url is missing; the identity provider sends people back there,"
                        + " for example https://console.example.com"));
        protectedOrHere("trunkline.console.url", url);
        require(url.getRawPath().isEmpty() || url.getRawPath().equals("/"), "trunkline.console.url has a path; the pages are at the root");
        String client = oidc.clientId().filter(text -> !text.isBlank()).orElseThrow(() -> new IllegalArgumentException(
                PREFIX + "client-id is missing; the provider knows the console by it"));
        require(List.of(oidc.scopes().split(" +")).contains("openid"), PREFIX + "scopes is " + oidc.scopes() + "; openid must be among them");
        return Optional.of(new Relying(
                issuer.get(), client, secret(oidc), url.resolve("/"), oidc.scopes(),
                new ClaimMapping(oidc.userClaim(), oidc.roleClaim(), oidc.organisationClaim(), roles(oidc.roles())), oidc.accounts()));
    }

    /** Codes and tokens are sent there. */
    private static void protectedOrHere(String setting, URI uri) {
        boolean here = "http".equals(uri.getScheme()) && uri.getHost() != null && LOOPBACK.contains(uri.getHost());
        require("https".equals(uri.getScheme()) && uri.getHost() != null || here,
                setting + " is " + uri + "; it must be https://…, or http on this machine");
    }

    private static Optional<String> secret(ConsoleSettings.Oidc oidc) {
        Optional<String> given = oidc.clientSecret().filter(text -> !text.isBlank());
        Optional<Path> file = oidc.clientSecretFile().filter(path -> !path.toString().isBlank());
        require(given.isEmpty() || file.isEmpty(), PREFIX + "client-secret and client-secret-file are both set; set only one of them");
        if (file.isEmpty()) {
            return given;
        }
        try {
            String text = Files.readString(file.get()).strip();
            require(!text.isEmpty(), PREFIX + "client-secret-file is " + file.get() + ", which is empty");
            return Optional.of(text);
        } catch (IOException e) {
            throw new IllegalArgumentException(PREFIX + "client-secret-file is " + file.get() + ", which cannot be read");
        }
    }

    private static Map<String, Role> roles(String text) {
        Map<String, Role> roles = new HashMap<>();
        for (String pair : text.split(",")) {
            int split = pair.lastIndexOf('=');
            Optional<Role> role = split < 1 ? Optional.empty() : SettingsCheck.role(pair.substring(split + 1).strip());
            require(role.isPresent(), PREFIX + "roles has \"" + pair.strip()
                    + "\"; write value=role, where role is admin, tenant, desk or support");
            roles.put(pair.substring(0, split).strip(), role.get());
        }
        return roles;
    }
}
