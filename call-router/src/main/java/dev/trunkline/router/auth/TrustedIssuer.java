package dev.trunkline.router.auth;

import org.jose4j.keys.resolvers.VerificationKeyResolver;

/**
 * An issuer whose tokens are accepted.
 *
 * @param name {@code iss}
 * @param audience required value in {@code aud}: a token that an issuer made for another application is not valid here
 * @param keys finds the key that a token names
 */
record TrustedIssuer(String name, String audience, TokenClaims claims, VerificationKeyResolver keys) {}
