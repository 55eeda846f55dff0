package dev.trunkline.events.privacy;

import java.util.Objects;
import java.util.Optional;

/**
 * A user who may authenticate on a trunk by digest (RFC 8760): never the password, only its digests
 * {@code H(username:realm:password)} (RFC 7616 section 3.4.2).
 *
 * @param ha1Md5 32 hexadecimal digits
 * @param ha1Sha256 64 hexadecimal digits
 */
public record TrunkUser(String username, String realm, Optional<String> ha1Md5, Optional<String> ha1Sha256) {

    public TrunkUser {
        Objects.requireNonNull(username, "username");
        Objects.requireNonNull(realm, "realm");
        ha1Md5 = ha1Md5 == null ? Optional.empty() : ha1Md5;
        ha1Sha256 = ha1Sha256 == null ? Optional.empty() : ha1Sha256;
    }

    /**
     * Reveals nothing: anyone with the digests can authenticate, and a user's name may be a telephone number.
     */
    @Override
    public String toString() {
        return "TrunkUser[…]";
    }
}
