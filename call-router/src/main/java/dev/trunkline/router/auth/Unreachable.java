package dev.trunkline.router.auth;

import org.jose4j.lang.UnresolvableKeyException;

/** The keys of an issuer cannot be asked for now, so its tokens are neither right nor wrong. */
final class Unreachable extends UnresolvableKeyException {
    Unreachable(String message, Throwable cause) {
        super(message, cause);
    }
}
