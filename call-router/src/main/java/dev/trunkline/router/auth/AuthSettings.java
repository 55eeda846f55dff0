package dev.trunkline.router.auth;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** Whose tokens the API accepts. {@code trunkline.auth.jwks-url} is {@code TRUNKLINE_AUTH_JWKS_URL}, and so on. */
@ConfigMapping(prefix = "trunkline.auth")
public interface AuthSettings {

    /** {@code iss} of the OpenID provider's tokens, exactly as it appears in them. Goes with {@link #jwksUrl}. */
    Optional<String> issuer();

    /** Where the provider has its public keys, {@code http(s)://…}. Goes with {@link #issuer}. */
    Optional<String> jwksUrl();

    /**
     * Required value among the {@code aud} of the provider's tokens: the name of this suite at the provider. Required
     * with {@link #issuer}, because a provider issues tokens for other applications too, and theirs must not open this
     * API.
     */
    Optional<String> audience();

    /** Claim of the provider's tokens with the role or roles; a slash descends into nested claims: {@code realm_access/roles}. */
    @WithDefault("groups")
    String roleClaim();

    /** Claim of the provider's tokens with the tenant's organisation, its name or id; a slash descends into nested claims. */
    @WithDefault("organisation")
    String organisationClaim();

    /** The admin role as the provider writes it. */
    @WithDefault("admin")
    String adminRole();

    /** The tenant role as the provider writes it. */
    @WithDefault("tenant")
    String tenantRole();

    /** Whether this suite issues tokens itself (POST /auth/token) and accepts them. */
    @WithDefault("true")
    boolean builtIn();

    /** {@code iss} of the tokens that this suite issues. */
    @WithDefault("trunkline")
    String builtInIssuer();

    /** Lifetime of a token whose request names none. */
    @WithDefault("1h")
    Duration defaultLifetime();

    /** Longest lifetime that may be requested. */
    @WithDefault("24h")
    Duration longestLifetime();

    /** By how much the clocks of issuer and router may differ. */
    @WithDefault("30s")
    Duration clockSkew();
}
