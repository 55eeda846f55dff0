package dev.trunkline.console.accounts;

import java.net.URI;
import java.util.Optional;

/** Where people are signed in whom the console has no account for. */
public interface IdentityProvider {
    /** Whether accounts of the console may sign in beside. */
    boolean accountsToo();

    /** Where a browser goes that is signed out there too; empty where the provider has no such place. @param idToken of the session */
    Optional<URI> signOutAt(String idToken);
}
