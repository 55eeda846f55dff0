package dev.trunkline.router.auth;

import org.jose4j.keys.resolvers.VerificationKeyResolver;

/**
 * Whose tokens are taken.
 *
 * @param name {@code iss}
 * @param audience what {@code aud} must name: a token that an issuer made for somebody else is none for this router
 * @param keys finds the key that a token names
 */
record TrustedIssuer(String name, String audience, TokenClaims claims, VerificationKeyResolver keys) {}
