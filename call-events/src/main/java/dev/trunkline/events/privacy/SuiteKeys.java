package dev.trunkline.events.privacy;

import java.util.Base64;

/** Reads the suite's two keys, each 32 bytes in base64 (standard alphabet). */
public final class SuiteKeys {
    private SuiteKeys() {}

    /**
     * @param name what the key is for, to be used in the error message
     * @throws IllegalArgumentException with a message that says how to make a key, and never what the
     *     wrong one was
     */
    public static byte[] parse(String name, String base64) {
        byte[] key;
        try {
            key = Base64.getDecoder().decode(base64.strip());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(explain(name, "is not base64"));
        }
        return require32(name, key);
    }

    static byte[] require32(String name, byte[] key) {
        if (key.length != 32) {
            throw new IllegalArgumentException(explain(name, "has " + key.length + " bytes, not 32"));
        }
        return key.clone();
    }

    private static String explain(String name, String fault) {
        return "the " + name + " key " + fault + ": make one with `openssl rand -base64 32`";
    }
}
