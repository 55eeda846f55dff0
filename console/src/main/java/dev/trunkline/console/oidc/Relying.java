package dev.trunkline.console.oidc;

import java.net.URI;
import java.util.Optional;

/**
 * The console as its identity provider knows it (a relying party).
 *
 * @param issuer as the provider writes it, to the letter
 * @param secret empty for a public client, which PKCE alone protects
 * @param console where people reach the console, without a path
 * @param scopes separated by spaces; {@code openid} is among them
 * @param accountsToo whether the console's own accounts may sign in beside
 */
public record Relying(
        URI issuer, String clientId, Optional<String> secret, URI console, String scopes, ClaimMapping claims, boolean accountsToo) {

    private static final String CALLBACK = "/api/v1/session/oidc/callback";
    private static final String SIGN_IN = "/signin";

    /** To be registered at the provider. */
    URI callback() {
        return console.resolve(CALLBACK);
    }

    /** To be registered at the provider too, as the place after signing out. */
    URI signInPage() {
        return console.resolve(SIGN_IN);
    }

    boolean secure() {
        return "https".equals(console.getScheme());
    }

    /** Leaves the secret out. */
    @Override
    public String toString() {
        return "Relying[" + issuer + ", " + clientId + "]";
    }
}
