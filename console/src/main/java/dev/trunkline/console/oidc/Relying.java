package dev.trunkline.console.oidc;

import java.net.URI;
import java.util.Optional;

/**
 * The console as a relying party of its identity provider.
 *
 * @param issuer exactly as the provider writes it
 * @param secret empty for a public client, which is protected by PKCE alone
 * @param console where people reach the console, without a path
 * @param scopes separated by spaces; {@code openid} is among them
 * @param accountsToo whether the console's own accounts may sign in as well
 */
public record Relying(
        URI issuer, String clientId, Optional<String> secret, URI console, String scopes, ClaimMapping claims, boolean accountsToo) {

    private static final String CALLBACK = "/api/v1/session/oidc/callback";
    private static final String SIGN_IN = "/signin";

    /** The redirect URI to register at the provider. */
    URI callback() {
        return console.resolve(CALLBACK);
    }

    /** The page after signing out, to register at the provider too. */
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
