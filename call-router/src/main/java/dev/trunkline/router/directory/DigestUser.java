package dev.trunkline.router.directory;

import java.util.Optional;

/**
 * Credentials by which a trunk authenticates (RFC 8760): never the password, only its digests
 * {@code H(username:realm:password)}, of which at least one is present.
 *
 * @param ha1Md5 32 hexadecimal digits
 * @param ha1Sha256 64 hexadecimal digits
 */
public record DigestUser(String username, String realm, Optional<String> ha1Md5, Optional<String> ha1Sha256) {

    /** Leaves the digests out: anyone who has them can register. */
    @Override
    public String toString() {
        return "DigestUser[" + username + "@" + realm + "]";
    }
}
