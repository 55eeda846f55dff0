package dev.trunkline.local;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Properties;

/**
 * The keys of a suite on one machine, made at its first run and kept beside its data.
 *
 * @param sealKey base64 of 32 bytes
 * @param pseudonymKey base64 of 32 bytes
 */
record Secrets(String sealKey, String pseudonymKey, String adminToken, String liveKitSecret) {

    /** Its name in the folder of the suite's state. */
    static final String FILE = "secrets.properties";

    /** @throws IOException that says how to start a suite if none was ever started */
    static String adminToken(Path file) throws IOException {
        Properties kept = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            kept.load(reader);
        } catch (NoSuchFileException e) {
            throw new IOException("no suite was started here, so there is no token: start one with ./trunkline run", e);
        }
        return kept.getProperty("admin-token", "");
    }

    static Secrets loadOrMake(Path file, SecureRandom random) throws IOException {
        Properties kept = new Properties();
        if (Files.exists(file)) {
            try (Reader reader = Files.newBufferedReader(file)) {
                kept.load(reader);
            }
        }
        Secrets secrets = new Secrets(
                kept.getProperty("seal-key", key(random)),
                kept.getProperty("pseudonym-key", key(random)),
                kept.getProperty("admin-token", token(random)),
                kept.getProperty("livekit-secret", token(random)));
        secrets.save(file);
        return secrets;
    }

    private void save(Path file) throws IOException {
        Properties properties = new Properties();
        properties.setProperty("seal-key", sealKey);
        properties.setProperty("pseudonym-key", pseudonymKey);
        properties.setProperty("admin-token", adminToken);
        properties.setProperty("livekit-secret", liveKitSecret);
        Files.deleteIfExists(file);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try (Writer writer = Files.newBufferedWriter(file)) {
            properties.store(writer, "Made at the first run; whoever loses the seal key loses the callers of old events");
        }
    }

    private static String key(SecureRandom random) {
        return Base64.getEncoder().encodeToString(bytes(random));
    }

    private static String token(SecureRandom random) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes(random));
    }

    private static byte[] bytes(SecureRandom random) {
        byte[] bytes = new byte[32];
        random.nextBytes(bytes);
        return bytes;
    }

    @Override
    public String toString() {
        return "Secrets[…]";
    }
}
