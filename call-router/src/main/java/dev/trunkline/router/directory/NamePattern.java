package dev.trunkline.router.directory;

/**
 * A name of rooms or agents in a list of what is allowed: one name, or the beginning of names and a star.
 *
 * @param text without the star
 */
public record NamePattern(String text, boolean beginning) {
    private static final String STAR = "*";

    /** @param written {@code lobby}, {@code shop-*}, or {@code *} for any */
    public static NamePattern of(String written) {
        return written.endsWith(STAR)
                ? new NamePattern(written.substring(0, written.length() - STAR.length()), true)
                : new NamePattern(written, false);
    }

    public boolean covers(String name) {
        return beginning ? name.startsWith(text) : name.equals(text);
    }

    /** Returns whether both cover some common name. */
    public boolean meets(NamePattern other) {
        return covers(other.text) || other.covers(text);
    }

    /** Returns the pattern as it was written. */
    @Override
    public String toString() {
        return beginning ? text + STAR : text;
    }
}
