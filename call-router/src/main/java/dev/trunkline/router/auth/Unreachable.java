package dev.trunkline.router.auth;

import org.jose4j.lang.UnresolvableKeyException;

/** The keys of an issuer cannot be fetched now, so its tokens can be neither accepted nor rejected. */
final class Unreachable extends UnresolvableKeyException {
    Unreachable(String message, Throwable cause) {
        super(message, cause);
    }
}
