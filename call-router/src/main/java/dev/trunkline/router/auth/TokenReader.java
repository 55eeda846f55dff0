package dev.trunkline.router.auth;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.NumericDate;
import org.jose4j.jwt.consumer.ErrorCodes;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumer;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.lang.InvalidAlgorithmException;
import org.jose4j.lang.UnresolvableKeyException;

/**
 * Reads JSON Web Tokens (RFC 7519) of the trusted issuers, and says what is wrong with any other token. Signatures must
 * be asymmetric: a shared secret, or no signature, proves no issuer.
 */
final class TokenReader {
    private static final AlgorithmConstraints SIGNATURES = new AlgorithmConstraints(
            AlgorithmConstraints.ConstraintType.PERMIT,
            AlgorithmIdentifiers.RSA_USING_SHA256, AlgorithmIdentifiers.RSA_USING_SHA384,
            AlgorithmIdentifiers.RSA_USING_SHA512, AlgorithmIdentifiers.RSA_PSS_USING_SHA256,
            AlgorithmIdentifiers.RSA_PSS_USING_SHA384, AlgorithmIdentifiers.RSA_PSS_USING_SHA512,
            AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256,
            AlgorithmIdentifiers.ECDSA_USING_P384_CURVE_AND_SHA384,
            AlgorithmIdentifiers.ECDSA_USING_P521_CURVE_AND_SHA512, AlgorithmIdentifiers.EDDSA);

    private final Map<String, TrustedIssuer> issuers;
    private final Duration skew;
    private final Clock clock;

    /** The contents of a token, once its signature is verified. */
    record Proved(TrustedIssuer issuer, String subject, Map<String, Object> claims) {}

    TokenReader(Collection<TrustedIssuer> issuers, Duration skew, Clock clock) {
        this.issuers = issuers.stream().collect(Collectors.toUnmodifiableMap(TrustedIssuer::name, Function.identity()));
        this.skew = skew;
        this.clock = clock;
    }

    Proved read(String token) throws Denied {
        TrustedIssuer issuer = issuerOf(token);
        try {
            JwtClaims claims = consumer(issuer).processToClaims(token);
            return new Proved(issuer, claims.getSubject(), claims.getClaimsMap());
        } catch (InvalidJwtException e) {
            throw because(e, issuer);
        } catch (MalformedClaimException e) {
            throw Denied.unknown("The token's subject (sub) is not a text.");
        }
    }

    /** Reads the issuer without trusting it: it only determines whose keys have to verify the token. */
    private TrustedIssuer issuerOf(String token) throws Denied {
        Optional<String> name;
        try {
            JwtClaims unproved = new JwtConsumerBuilder()
                    .setSkipAllValidators()
                    .setDisableRequireSignature()
                    .setSkipSignatureVerification()
                    .build()
                    .processToClaims(token);
            name = Optional.ofNullable(unproved.getIssuer());
        } catch (InvalidJwtException | MalformedClaimException e) {
            throw Denied.unknown("The token is neither the admin token nor a readable JSON Web Token.");
        }
        if (name.isEmpty()) {
            throw Denied.unknown("The token names no issuer (iss).");
        }
        return Optional.ofNullable(issuers.get(name.get()))
                .orElseThrow(() -> Denied.unknown("The token is from an issuer that this router does not trust (iss %s); it trusts %s."
                        .formatted(shortened(name.get()),
                                issuers.isEmpty() ? "none" : String.join(", ", issuers.keySet().stream().sorted().toList()))));
    }

    private JwtConsumer consumer(TrustedIssuer issuer) {
        return new JwtConsumerBuilder()
                .setEvaluationTime(NumericDate.fromMilliseconds(clock.millis()))
                .setAllowedClockSkewInSeconds((int) skew.toSeconds())
                .setRequireExpirationTime()
                .setRequireSubject()
                .setExpectedIssuer(issuer.name())
                .setExpectedAudience(true, issuer.audience())
                .setJwsAlgorithmConstraints(SIGNATURES)
                .setVerificationKeyResolver(issuer.keys())
                .build();
    }

    private static Denied because(InvalidJwtException e, TrustedIssuer issuer) {
        Optional<UnresolvableKeyException> noKey = causes(e)
                .filter(UnresolvableKeyException.class::isInstance)
                .map(UnresolvableKeyException.class::cast)
                .findFirst();
        if (noKey.isPresent()) {
            return noKey.get() instanceof Unreachable
                    ? Denied.unavailable(noKey.get().getMessage() + " Try again.")
                    : Denied.unknown(noKey.get().getMessage());
        }
        if (e.hasErrorCode(ErrorCodes.EXPIRED)) {
            return Denied.unknown("The token expired at %s: ask for a new one.".formatted(expiry(e)));
        }
        if (e.hasErrorCode(ErrorCodes.SIGNATURE_MISSING)) {
            return Denied.unknown("The token is not signed.");
        }
        if (e.hasErrorCode(ErrorCodes.SIGNATURE_INVALID)) {
            return Denied.unknown("The token's signature is not that of %s.".formatted(issuer.name()));
        }
        if (e.hasErrorCode(ErrorCodes.AUDIENCE_INVALID) || e.hasErrorCode(ErrorCodes.AUDIENCE_MISSING)) {
            return Denied.unknown("The token is not meant for this router: its audience (aud) must contain %s."
                    .formatted(issuer.audience()));
        }
        if (e.hasErrorCode(ErrorCodes.NOT_YET_VALID)) {
            return Denied.unknown("The token is not valid yet (nbf).");
        }
        if (e.hasErrorCode(ErrorCodes.EXPIRATION_MISSING)) {
            return Denied.unknown("The token never expires: it needs exp.");
        }
        if (e.hasErrorCode(ErrorCodes.SUBJECT_MISSING)) {
            return Denied.unknown("The token names no subject: it needs sub.");
        }
        if (causes(e).anyMatch(InvalidAlgorithmException.class::isInstance)) {
            return Denied.unknown("The token's signature algorithm is not accepted here: use RS, PS or ES with SHA-2, or EdDSA.");
        }
        return Denied.unknown("The token's times (exp, nbf, iat) or other claims contradict each other or are of the wrong type.");
    }

    private static Stream<Throwable> causes(Throwable e) {
        return Stream.iterate(e, cause -> cause != null, Throwable::getCause);
    }

    private static Instant expiry(InvalidJwtException e) {
        try {
            return Instant.ofEpochSecond(e.getJwtContext().getJwtClaims().getExpirationTime().getValue());
        } catch (MalformedClaimException malformed) {
            throw new IllegalStateException("expired at no time", malformed);
        }
    }

    private static String shortened(String name) {
        return name.length() <= 100 ? name : name.substring(0, 100) + "…";
    }
}
