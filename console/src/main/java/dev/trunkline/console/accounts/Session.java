package dev.trunkline.console.accounts;

import java.time.Instant;
import java.util.Optional;

/**
 * The session of a signed-in user.
 *
 * @param csrf value that a request must send in the header {@code X-CSRF-Token} to change something
 * @param expiresAt when the session ends if nothing is done until then
 * @param idToken the identity provider's token for the user; empty for an account of the console
 */
public record Session(User user, String csrf, Instant expiresAt, Optional<String> idToken) {
    /** Leaves the token out. */
    @Override
    public String toString() {
        return "Session[" + user.name() + "]";
    }
}
