package dev.trunkline.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Objects by key. A key is one or more names with slashes between them; a name consists of letters, digits, hyphens and dots, and begins
 * with a letter or a digit. Each call may block on the store, for some seconds at most. Thread-safe.
 */
public interface ObjectStore extends AutoCloseable {
    /** Longest key, in characters. */
    int LONGEST_KEY = 512;

    /**
     * Stores the octets of a file. Concurrent readers see all of it or nothing; anything already stored under the key is replaced.
     *
     * @throws IOException if it is not known to be stored: try again
     */
    void put(String key, Path file) throws IOException;

    /** @return its octets, to be closed by the caller; empty if there is no such object */
    Optional<InputStream> get(String key) throws IOException;

    /**
     * Lists the keys that begin with a prefix, in their order.
     *
     * @param prefix of the key; if it contains a slash, it may also end within a name; empty for all keys
     * @param most 1 or more; keys beyond that are left out
     */
    List<String> list(String prefix, int most) throws IOException;

    /** @return false if it was gone already, as far as the store tells */
    boolean delete(String key) throws IOException;

    @Override
    void close();

    /** @throws IllegalArgumentException if the text is not a valid key */
    static String checked(String key) {
        if (key.isEmpty() || key.length() > LONGEST_KEY) {
            throw new IllegalArgumentException("a key must have 1 to " + LONGEST_KEY + " characters");
        }
        boolean begins = true;
        for (int i = 0; i < key.length(); i++) {
            char c = key.charAt(i);
            boolean plain = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
            if (begins ? !plain : !plain && c != '-' && c != '.' && c != '/') {
                throw new IllegalArgumentException("a key consists of names of letters, digits, hyphens and dots, separated by slashes");
            }
            begins = c == '/';
        }
        if (begins) {
            throw new IllegalArgumentException("a key must not end in a slash");
        }
        return key;
    }
}
