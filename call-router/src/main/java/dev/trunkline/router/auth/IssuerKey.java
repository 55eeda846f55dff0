package dev.trunkline.router.auth;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.time.Instant;
import java.util.Optional;
import org.jose4j.jwk.EllipticCurveJsonWebKey;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jws.AlgorithmIdentifiers;

/**
 * A key pair of the built-in issuer, ECDSA on P-256 (ES256, RFC 7518 section 3.4).
 *
 * @param id {@code kid} of the tokens that it signs
 * @param retiredAt from then on it signs nothing, and tokens that it signed are refused
 */
record IssuerKey(String id, PrivateKey privateKey, ECPublicKey publicKey, Optional<Instant> retiredAt) {
    static final String ALGORITHM = AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256;
    private static final String FAMILY = "EC";

    static IssuerKey generate(String id, SecureRandom random) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(FAMILY);
            generator.initialize(new ECGenParameterSpec("secp256r1"), random);
            var pair = generator.generateKeyPair();
            return new IssuerKey(id, pair.getPrivate(), (ECPublicKey) pair.getPublic(), Optional.empty());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java runtime has no P-256", e);
        }
    }

    /** @throws IllegalStateException if the bytes are not keys */
    static IssuerKey decode(String id, byte[] pkcs8, byte[] x509, Optional<Instant> retiredAt) {
        try {
            KeyFactory keys = KeyFactory.getInstance(FAMILY);
            return new IssuerKey(
                    id,
                    keys.generatePrivate(new PKCS8EncodedKeySpec(pkcs8)),
                    (ECPublicKey) keys.generatePublic(new X509EncodedKeySpec(x509)),
                    retiredAt);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("issuer key " + id + " in Postgres is not a key pair on P-256", e);
        }
    }

    boolean validAt(Instant now) {
        return retiredAt.isEmpty() || now.isBefore(retiredAt.get());
    }

    /** Returns the public half, for {@code /auth/jwks}. */
    JsonWebKey jwk() {
        var jwk = new EllipticCurveJsonWebKey(publicKey);
        jwk.setKeyId(id);
        jwk.setAlgorithm(ALGORITHM);
        jwk.setUse("sig");
        return jwk;
    }
}
