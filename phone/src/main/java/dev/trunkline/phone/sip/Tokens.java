package dev.trunkline.phone.sip;

import java.util.random.RandomGenerator;

/** Random identifiers: tags, branches, Call-IDs. */
public final class Tokens {

    /** The prefix that marks a branch as unique (RFC 3261 8.1.1.7). */
    private static final String MAGIC_COOKIE = "z9hG4bK";

    private final RandomGenerator random;

    public Tokens(RandomGenerator random) {
        this.random = random;
    }

    public String token() {
        return "%016x".formatted(random.nextLong());
    }

    public String branch() {
        return MAGIC_COOKIE + token();
    }
}
