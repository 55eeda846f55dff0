package dev.trunkline.router.auth;

import java.security.Key;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwx.JsonWebStructure;
import org.jose4j.keys.resolvers.VerificationKeyResolver;
import org.jose4j.lang.UnresolvableKeyException;

/** Finds the built-in issuer's key for a token. */
final class BuiltInKeys implements VerificationKeyResolver {
    private final IssuerKeys keys;

    BuiltInKeys(IssuerKeys keys) {
        this.keys = keys;
    }

    @Override
    public Key resolveKey(JsonWebSignature token, List<JsonWebStructure> nesting) throws UnresolvableKeyException {
        Optional<String> id = Optional.ofNullable(token.getKeyIdHeaderValue());
        if (id.isEmpty()) {
            throw new UnresolvableKeyException("The token names no key (kid).");
        }
        try {
            return keys.byId(id.get())
                    .map(IssuerKey::publicKey)
                    .orElseThrow(() -> new UnresolvableKeyException(
                            "The token is signed with a key that this suite does not have, or no longer has: ask for a new one."));
        } catch (SQLException e) {
            throw new Unreachable("The suite's keys are in Postgres, which does not answer now.", e);
        }
    }
}
