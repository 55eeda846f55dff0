package dev.trunkline.console.oidc;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.security.Key;
import java.time.InstantSource;
import java.util.List;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jwt.NumericDate;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumer;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.keys.resolvers.JwksVerificationKeyResolver;

/**
 * Verifies that an ID token was issued by the provider, for this client, now and in answer to this request (OpenID Connect Core 1.0,
 * section 3.1.3.7).
 */
final class IdTokens {
    private static final int SKEW_SECONDS = 60;
    /** Only signatures with a key that the provider alone has: neither {@code none} nor one with our own secret. */
    private static final String[] ALGORITHMS = {
        AlgorithmIdentifiers.RSA_USING_SHA256, AlgorithmIdentifiers.RSA_USING_SHA384, AlgorithmIdentifiers.RSA_USING_SHA512,
        AlgorithmIdentifiers.RSA_PSS_USING_SHA256, AlgorithmIdentifiers.RSA_PSS_USING_SHA384, AlgorithmIdentifiers.RSA_PSS_USING_SHA512,
        AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256, AlgorithmIdentifiers.ECDSA_USING_P384_CURVE_AND_SHA384,
        AlgorithmIdentifiers.ECDSA_USING_P521_CURVE_AND_SHA512, AlgorithmIdentifiers.EDDSA
    };

    private final Relying relying;
    private final InstantSource clock;
    private final ObjectMapper json;

    /** Supplies the provider's keys. */
    @FunctionalInterface
    interface Keys {
        /** @param token signed with one of them; if its key is unknown, the keys are fetched again */
        List<JsonWebKey> of(String token) throws NotSignedIn;
    }

    IdTokens(Relying relying, InstantSource clock, ObjectMapper json) {
        this.relying = relying;
        this.clock = clock;
        this.json = json;
    }

    /** Returns the claims of a verified token. */
    JsonNode claims(String token, String nonce, Keys keys) throws NotSignedIn {
        JsonNode claims = verified(token, keys.of(token));
        if (!claims.path("nonce").asText().equals(nonce)) {
            throw new NotSignedIn(TurnedAway.UNTRUSTED, "the nonce of the ID token is not the one that was sent");
        }
        JsonNode party = claims.path("azp");
        if ((claims.path("aud").size() > 1 || !party.isMissingNode()) && !party.asText().equals(relying.clientId())) {
            throw new NotSignedIn(TurnedAway.UNTRUSTED, "the ID token was issued to another client (azp)");
        }
        return claims;
    }

    private JsonNode verified(String token, List<JsonWebKey> keys) throws NotSignedIn {
        JwtConsumer consumer = new JwtConsumerBuilder()
                .setExpectedIssuer(relying.issuer().toString())
                .setExpectedAudience(relying.clientId())
                .setRequireSubject()
                .setRequireExpirationTime()
                .setRequireIssuedAt()
                .setAllowedClockSkewInSeconds(SKEW_SECONDS)
                .setEvaluationTime(NumericDate.fromSeconds(clock.instant().getEpochSecond()))
                .setJwsAlgorithmConstraints(ConstraintType.PERMIT, ALGORITHMS)
                .setVerificationKeyResolver((signature, nested) -> key(keys, signature, nested))
                .build();
        try {
            return json.readTree(consumer.processToClaims(token).toJson());
        } catch (InvalidJwtException | JsonProcessingException e) {
            // The exception's message quotes the token.
            String faults = e instanceof InvalidJwtException invalid
                    ? invalid.getErrorDetails().stream().map(fault -> Integer.toString(fault.getErrorCode())).toList().toString()
                    : "no JSON";
            throw new NotSignedIn(TurnedAway.UNTRUSTED, "the ID token is not valid (error codes of jose4j: " + faults + ")");
        }
    }

    private static Key key(
            List<JsonWebKey> keys, org.jose4j.jws.JsonWebSignature signature, List<org.jose4j.jwx.JsonWebStructure> nested)
            throws org.jose4j.lang.UnresolvableKeyException {
        return new JwksVerificationKeyResolver(keys).resolveKey(signature, nested);
    }
}
