package dev.trunkline.limiter.ledger;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A Lua script from {@code /lua}, with {@code clock.lua} prepended.
 *
 * @param digest SHA-1 in hexadecimal, by which Redis knows it
 */
record Script(String name, String text, String digest) {

    static Script named(String name) {
        String text = read("clock") + read(name);
        return new Script(name, text, sha1(text));
    }

    private static String read(String name) {
        String path = "/lua/" + name + ".lua";
        try (InputStream stream = Script.class.getResourceAsStream(path)) {
            if (stream == null) {
                throw new IllegalStateException(path + " is missing from this program");
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String sha1(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-1").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java runtime has no SHA-1", e);
        }
    }
}
