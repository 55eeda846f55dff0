package dev.trunkline.router.auth;

import java.util.Optional;
import org.jose4j.keys.resolvers.VerificationKeyResolver;

/**
 * Whose tokens are taken.
 *
 * @param name {@code iss}
 * @param audience what {@code aud} must name; empty where it is not asked
 * @param keys finds the key that a token names
 */
record TrustedIssuer(String name, Optional<String> audience, TokenClaims claims, VerificationKeyResolver keys) {}
