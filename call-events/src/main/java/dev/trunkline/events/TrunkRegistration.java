package dev.trunkline.events;

import java.util.Optional;

/**
 * How a trunk is registered (RFC 3261 section 10).
 *
 * @param expiresSeconds the requested interval
 * @param contactUser user part of the Contact, to which the registrar sends calls; empty for the account's user name
 */
public record TrunkRegistration(int expiresSeconds, Optional<String> contactUser) {

    public TrunkRegistration {
        contactUser = contactUser == null ? Optional.empty() : contactUser;
    }
}
