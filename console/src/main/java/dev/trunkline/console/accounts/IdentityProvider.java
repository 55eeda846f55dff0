package dev.trunkline.console.accounts;

import java.net.URI;
import java.util.Optional;

/** Signs in people for whom the console has no account. */
public interface IdentityProvider {
    /** Whether accounts of the console may sign in as well. */
    boolean accountsToo();

    /** The URL at which a browser is signed out at the provider too; empty if the provider has none. @param idToken of the session */
    Optional<URI> signOutAt(String idToken);
}
