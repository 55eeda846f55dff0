package dev.trunkline.router.auth;

import java.io.IOException;
import java.security.Key;
import java.time.Duration;
import java.util.List;
import org.jose4j.http.Get;
import org.jose4j.jwk.HttpsJwks;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.VerificationJwkSelector;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwx.JsonWebStructure;
import org.jose4j.keys.resolvers.VerificationKeyResolver;
import org.jose4j.lang.JoseException;
import org.jose4j.lang.UnresolvableKeyException;

/**
 * Finds an OpenID provider's key for a token. The keys are fetched at first use, when the last response is too old (by
 * its cache headers, else after an hour), and when a token names an unknown key. While the provider is down, the keys
 * of the last response remain valid for a day.
 */
final class ProviderKeys implements VerificationKeyResolver {
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final Duration WITHOUT_PROVIDER = Duration.ofDays(1);
    /** Unauthenticated requests with invented key ids must not each cause a request to the provider. */
    private static final Duration AT_MOST_EVERY = Duration.ofSeconds(2);

    private final String url;
    private final HttpsJwks jwks;

    ProviderKeys(String url) {
        this.url = url;
        this.jwks = new HttpsJwks(url);
        var get = new Get();
        get.setConnectTimeout((int) PATIENCE.toMillis());
        get.setReadTimeout((int) PATIENCE.toMillis());
        get.setRetries(1);
        jwks.setSimpleHttpGet(get);
        jwks.setRetainCacheOnErrorDuration(WITHOUT_PROVIDER.toSeconds());
        jwks.setRefreshReprieveThreshold(AT_MOST_EVERY.toMillis());
    }

    @Override
    public Key resolveKey(JsonWebSignature token, List<JsonWebStructure> nesting) throws UnresolvableKeyException {
        try {
            var selector = new VerificationJwkSelector();
            JsonWebKey key = selector.select(token, jwks.getJsonWebKeys());
            if (key == null) {
                jwks.refresh();
                key = selector.select(token, jwks.getJsonWebKeys());
            }
            if (key == null) {
                throw new UnresolvableKeyException(
                        "The token is signed with a key that is not among those at " + url + ".");
            }
            return key.getKey();
        } catch (IOException | JoseException e) {
            if (e instanceof UnresolvableKeyException unresolvable) {
                throw unresolvable;
            }
            throw new Unreachable("The OpenID provider's keys cannot be read from " + url + " now.", e);
        }
    }
}
