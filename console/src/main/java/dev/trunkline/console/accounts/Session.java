package dev.trunkline.console.accounts;

import java.time.Instant;

/**
 * Somebody who is signed in.
 *
 * @param csrf what a request that changes something says in its header {@code X-CSRF-Token}
 * @param expiresAt when it ends if nothing is done until then
 */
public record Session(User user, String csrf, Instant expiresAt) {
    /** Leaves the token out. */
    @Override
    public String toString() {
        return "Session[" + user.name() + "]";
    }
}
