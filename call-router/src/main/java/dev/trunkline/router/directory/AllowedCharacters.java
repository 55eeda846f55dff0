package dev.trunkline.router.directory;

import java.util.BitSet;

/**
 * A set of ASCII characters, as in {@code A-Za-z0-9_-}: characters and ranges. A minus at the beginning or the end
 * stands for itself.
 */
public final class AllowedCharacters {
    /** Letters, digits, underscore and minus: nothing that has to be escaped in a LiveKit token, a log line or a path. */
    public static final AllowedCharacters USUAL = of("A-Za-z0-9_-");

    private final String written;
    private final BitSet characters;

    private AllowedCharacters(String written, BitSet characters) {
        this.written = written;
        this.characters = characters;
    }

    /** @throws IllegalArgumentException if the set is empty, has a range that runs backwards, or contains more than printable ASCII */
    public static AllowedCharacters of(String written) {
        if (written.isEmpty()) {
            throw new IllegalArgumentException("write characters and ranges, for example A-Za-z0-9_-");
        }
        BitSet characters = new BitSet(128);
        for (int i = 0; i < written.length(); i++) {
            char from = printable(written.charAt(i));
            boolean range = i + 2 < written.length() && written.charAt(i + 1) == '-';
            char to = range ? printable(written.charAt(i + 2)) : from;
            if (to < from) {
                throw new IllegalArgumentException("the range %c-%c runs backwards".formatted(from, to));
            }
            characters.set(from, to + 1);
            i += range ? 2 : 0;
        }
        return new AllowedCharacters(written, characters);
    }

    private static char printable(char character) {
        if (character < ' ' || character > '~') {
            throw new IllegalArgumentException("only printable ASCII characters can be allowed");
        }
        return character;
    }

    /** Returns whether a text consists of these characters only. */
    public boolean allow(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (!characters.get(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof AllowedCharacters set && set.characters.equals(characters);
    }

    @Override
    public int hashCode() {
        return characters.hashCode();
    }

    /** Returns the set as it was written. */
    @Override
    public String toString() {
        return written;
    }
}
