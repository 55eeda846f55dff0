package dev.trunkline.router.auth;

import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.util.function.Consumer;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.RsaJsonWebKey;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.lang.JoseException;

/** An issuer of tokens that acts as an OpenID provider, with RSA keys. */
public final class Tokens {
    private final String issuer;
    private final RsaJsonWebKey key;

    public Tokens(String issuer, String keyId) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            KeyPair pair = generator.generateKeyPair();
            key = (RsaJsonWebKey) org.jose4j.jwk.PublicJsonWebKey.Factory.newPublicJwk(pair.getPublic());
            key.setPrivateKey(pair.getPrivate());
            key.setKeyId(keyId);
            this.issuer = issuer;
        } catch (java.security.NoSuchAlgorithmException | JoseException e) {
            throw new IllegalStateException(e);
        }
    }

    RsaJsonWebKey key() {
        return key;
    }

    /** Returns what the provider serves at its JWKS URL. */
    public String jwks() {
        return new JsonWebKeySet(key).toJson();
    }

    /** Returns the claims of a valid token for no particular user, valid for one minute from now. */
    public JwtClaims claims(Instant now) {
        JwtClaims claims = new JwtClaims();
        claims.setIssuer(issuer);
        claims.setSubject("somebody");
        claims.setAudience("call-router");
        claims.setExpirationTime(NumericDate.fromSeconds(now.getEpochSecond() + 60));
        return claims;
    }

    public String sign(JwtClaims claims) {
        return sign(claims, signature -> {});
    }

    String sign(JwtClaims claims, Consumer<JsonWebSignature> change) {
        try {
            JsonWebSignature signature = new JsonWebSignature();
            signature.setPayload(claims.toJson());
            signature.setAlgorithmHeaderValue(AlgorithmIdentifiers.RSA_USING_SHA256);
            signature.setKey(key.getPrivateKey());
            signature.setKeyIdHeaderValue(key.getKeyId());
            change.accept(signature);
            return signature.getCompactSerialization();
        } catch (JoseException e) {
            throw new IllegalStateException(e);
        }
    }
}
