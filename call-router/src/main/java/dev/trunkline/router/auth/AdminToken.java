package dev.trunkline.router.auth;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;

/** The secret that is an admin without further ado: it makes the first token, and serves scripts. */
public final class AdminToken {
    private final Optional<byte[]> secret;

    public AdminToken(Optional<String> secret) {
        this.secret = secret.filter(text -> !text.isBlank()).map(text -> text.getBytes(StandardCharsets.UTF_8));
    }

    boolean isSet() {
        return secret.isPresent();
    }

    boolean is(String given) {
        // Takes the same time wherever the first wrong byte is.
        return secret.isPresent() && MessageDigest.isEqual(given.getBytes(StandardCharsets.UTF_8), secret.get());
    }
}
