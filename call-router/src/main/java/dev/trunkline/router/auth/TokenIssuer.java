package dev.trunkline.router.auth;

import io.smallrye.jwt.algorithm.SignatureAlgorithm;
import io.smallrye.jwt.build.Jwt;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;

/** Issues this suite's own tokens: JWT, signed by its own key, with the claims that {@link TokenClaims#BUILT_IN} reads. */
final class TokenIssuer {
    static final String AUDIENCE = "trunkline";

    private final String name;
    private final IssuerKeys keys;
    private final Clock clock;

    /** @param name {@code iss} of the tokens */
    TokenIssuer(String name, IssuerKeys keys, Clock clock) {
        this.name = name;
        this.keys = keys;
        this.clock = clock;
    }

    /** @throws SQLException if there is no key yet and Postgres does not answer */
    String issue(Principal caller, Duration lifetime) throws SQLException {
        IssuerKey key = keys.signing();
        Instant now = clock.instant();
        var claims = Jwt.issuer(name)
                .audience(AUDIENCE)
                .subject(caller.subject())
                .issuedAt(now)
                .expiresAt(now.plus(lifetime))
                .claim("jti", UUID.randomUUID().toString());
        switch (caller) {
            case Principal.Admin admin -> claims.groups(Set.of(TokenClaims.BUILT_IN.adminRole()));
            case Principal.Tenant tenant -> claims.groups(Set.of(TokenClaims.BUILT_IN.tenantRole()))
                    .claim(TokenClaims.BUILT_IN.organisationClaim(), tenant.organisation().toString());
        }
        return claims.jws().algorithm(SignatureAlgorithm.ES256).keyId(key.id()).sign(key.privateKey());
    }
}
