package dev.trunkline.events.privacy;

import java.util.Objects;
import java.util.Optional;

/**
 * The identity with which an outbound trunk authenticates (RFC 7616). A client needs the password, because it learns the realm only
 * from the challenge; if the realm is known beforehand, the password's digests for it are sufficient.
 *
 * @param realm the only one that is answered; empty for any
 * @param ha1Md5 32 hexadecimal digits
 * @param ha1Sha256 64 hexadecimal digits
 */
public record TrunkAccount(
        String username,
        Optional<String> password,
        Optional<String> realm,
        Optional<String> ha1Md5,
        Optional<String> ha1Sha256) {

    public TrunkAccount {
        Objects.requireNonNull(username, "username");
        password = password == null ? Optional.empty() : password;
        realm = realm == null ? Optional.empty() : realm;
        ha1Md5 = ha1Md5 == null ? Optional.empty() : ha1Md5;
        ha1Sha256 = ha1Sha256 == null ? Optional.empty() : ha1Sha256;
    }

    /** Reveals nothing: anyone with the password can call on the trunk's bill, and a user's name may be a telephone number. */
    @Override
    public String toString() {
        return "TrunkAccount[…]";
    }
}
