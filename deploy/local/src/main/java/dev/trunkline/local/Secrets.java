package dev.trunkline.local;

import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Supplier;

/**
 * The keys and passwords of a suite on one machine, generated at its first run and kept beside its data. If one is deleted
 * from the file, the next start generates a new one.
 *
 * @param sealKey base64 of 32 bytes
 * @param pseudonymKey base64 of 32 bytes
 * @param voicemailKey base64 of 32 bytes
 */
record Secrets(
        String sealKey,
        String pseudonymKey,
        String voicemailKey,
        String adminToken,
        String liveKitKey,
        String liveKitSecret,
        String redisPassword,
        PostgresLogins postgres,
        ConsolePasswords console) {

    /** The file's name in the state folder. */
    static final String FILE = "secrets.properties";

    /** Missing in a file from before the console existed. */
    static final String CONSOLE_ADMIN = "console-admin-password";

    private static final String LIVE_KIT_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private static final int LIVE_KIT_KEY_LENGTH = 12;

    /** The passwords of the console's accounts: an admin, and three of the demo organisation. */
    record ConsolePasswords(String admin, String demo, String desk, String support) {
        @Override
        public String toString() {
            return "ConsolePasswords[…]";
        }
    }

    /**
     * Returns one of the secrets in the file.
     *
     * @param name for example {@code admin-token}; empty if the file has none of this name
     * @throws IOException if no suite was ever started; the message says how to start one
     */
    static String kept(Path file, String name) throws IOException {
        Properties kept = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            kept.load(reader);
        } catch (NoSuchFileException e) {
            throw new IOException("no suite was started here, so there is no token or password: start one with ./trunkline run", e);
        }
        return kept.getProperty(name, "");
    }

    static Secrets loadOrMake(Path file, SecureRandom random) throws IOException {
        Properties kept = new Properties();
        if (Files.exists(file)) {
            try (Reader reader = Files.newBufferedReader(file)) {
                kept.load(reader);
            }
        }
        int before = kept.size();
        Supplier<String> password = () -> Passwords.make(random);
        Secrets secrets = new Secrets(
                keep(kept, "seal-key", () -> key(random)),
                keep(kept, "pseudonym-key", () -> key(random)),
                keep(kept, "voicemail-key", () -> key(random)),
                keep(kept, "admin-token", password),
                keep(kept, "livekit-key", () -> liveKitKey(random)),
                keep(kept, "livekit-secret", password),
                keep(kept, "redis-password", password),
                PostgresLogins.withPasswords(
                        keep(kept, "postgres-password", password),
                        keep(kept, "postgres-trunkline-password", password),
                        keep(kept, "postgres-trunkline-tenants-password", password),
                        keep(kept, "postgres-trunkline-console-password", password)),
                new ConsolePasswords(
                        keep(kept, CONSOLE_ADMIN, password),
                        keep(kept, "console-demo-password", password),
                        keep(kept, "console-desk-password", password),
                        keep(kept, "console-support-password", password)));
        if (kept.size() > before) {
            StringWriter text = new StringWriter();
            kept.store(text, "Created at the first run; without the seal key, the callers in old events cannot be read any more");
            OwnerOnly.write(file, text.toString());
        }
        return secrets;
    }

    private static String keep(Properties kept, String name, Supplier<String> maker) {
        return Optional.ofNullable(kept.getProperty(name)).orElseGet(() -> {
            String made = maker.get();
            kept.setProperty(name, made);
            return made;
        });
    }

    private static String key(SecureRandom random) {
        byte[] bytes = new byte[32];
        random.nextBytes(bytes);
        return Base64.getEncoder().encodeToString(bytes);
    }

    /** Returns a key in the form of LiveKit's own generator. */
    private static String liveKitKey(SecureRandom random) {
        StringBuilder key = new StringBuilder("API");
        random.ints(LIVE_KIT_KEY_LENGTH, 0, LIVE_KIT_LETTERS.length()).forEach(i -> key.append(LIVE_KIT_LETTERS.charAt(i)));
        return key.toString();
    }

    @Override
    public String toString() {
        return "Secrets[…]";
    }
}
