package dev.trunkline.router.routing;

import dev.trunkline.events.CallId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.function.Function;

/**
 * The random part of a room's name: a digest of the call id, which is random itself. The same call therefore has the
 * same room however often it is decided. 12 letters and digits, 60 bits.
 */
public final class RoomSuffix implements Function<Call, String> {
    private static final String ALPHABET = "abcdefghijkmnpqrstuvwxyz23456789";
    private static final int LENGTH = 12;

    @Override
    public String apply(Call call) {
        return of(call.id());
    }

    public static String of(CallId call) {
        byte[] digest = sha256("room " + call);
        StringBuilder suffix = new StringBuilder(LENGTH);
        for (int i = 0; i < LENGTH; i++) {
            suffix.append(ALPHABET.charAt(digest[i] & 31));
        }
        return suffix.toString();
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.US_ASCII));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java runtime has no SHA-256", e);
        }
    }
}
