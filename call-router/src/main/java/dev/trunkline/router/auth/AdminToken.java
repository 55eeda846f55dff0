package dev.trunkline.router.auth;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;

/** The secret that by itself authenticates an admin: it is used to create the first token, and by scripts. */
public final class AdminToken {
    private final Optional<byte[]> secret;

    public AdminToken(Optional<String> secret) {
        this.secret = secret.filter(text -> !text.isBlank()).map(text -> text.getBytes(StandardCharsets.UTF_8));
    }

    boolean isSet() {
        return secret.isPresent();
    }

    boolean is(String given) {
        // Takes the same time regardless of where the first wrong byte is.
        return secret.isPresent() && MessageDigest.isEqual(given.getBytes(StandardCharsets.UTF_8), secret.get());
    }
}
