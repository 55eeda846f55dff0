package dev.trunkline.console.accounts;

import java.time.Instant;
import java.util.Optional;

/**
 * Somebody who is signed in.
 *
 * @param csrf what a request that changes something says in its header {@code X-CSRF-Token}
 * @param expiresAt when it ends if nothing is done until then
 * @param idToken what the identity provider said of whoever is signed in; empty where that was an account of the console
 */
public record Session(User user, String csrf, Instant expiresAt, Optional<String> idToken) {
    /** Leaves the token out. */
    @Override
    public String toString() {
        return "Session[" + user.name() + "]";
    }
}
