package dev.trunkline.router.apply;

import dev.trunkline.router.directory.DigestUser;
import dev.trunkline.router.fields.Fields;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads the users who may authenticate on a trunk. A password in a file is converted to digests at once, for MD5 and
 * for SHA-256 (RFC 7616 section 3.4.2, RFC 8760), and is not kept anywhere.
 */
final class DigestUsers {
    /** Neither a colon, which separates them in the digest, nor characters that a quoted string would have to escape. */
    private static final Pattern NAME = Pattern.compile("[^:\"\\\\\\p{Cntrl}]{1,128}");

    private DigestUsers() {}

    static DigestUser read(Fields fields) {
        String username = fields.text("username", "the user's name");
        String realm = fields.optionalText("realm").filter(text -> !text.isEmpty()).orElse(Ha1.DEFAULT_REALM);
        Optional<String> password = fields.optionalText("password");
        Optional<String> md5 = digest(fields, "ha1_md5", 32);
        Optional<String> sha256 = digest(fields, "ha1_sha256", 64);
        fields.nothingElse();
        if (!username.isBlank() && !NAME.matcher(username).matches()) {
            fields.fault("username", "write up to 128 characters without colon, quote and backslash");
        }
        if (!NAME.matcher(realm).matches()) {
            fields.fault("realm", "write up to 128 characters without colon, quote and backslash");
        }
        if (password.isPresent() && (md5.isPresent() || sha256.isPresent())) {
            fields.fault("password", "write the password or its digests, not both");
        } else if (password.filter(text -> !text.isEmpty()).isEmpty() && md5.isEmpty() && sha256.isEmpty()) {
            fields.fault("password", "is missing: write the password, of which only digests are kept, or ha1_md5 and ha1_sha256 of it");
        }
        return password
                .map(text -> new DigestUser(
                        username,
                        realm,
                        Optional.of(Ha1.of("MD5", username, realm, text)),
                        Optional.of(Ha1.of("SHA-256", username, realm, text))))
                .orElseGet(() -> new DigestUser(username, realm, md5, sha256));
    }

    private static Optional<String> digest(Fields fields, String field, int digits) {
        Optional<String> digest = fields.optionalText(field).filter(text -> !text.isEmpty());
        if (digest.isPresent() && !digest.get().matches("[0-9a-fA-F]{" + digits + "}")) {
            fields.fault(field, "write the digest of username:realm:password, " + digits + " hexadecimal digits");
        }
        return digest.map(text -> text.toLowerCase(Locale.ROOT));
    }
}
