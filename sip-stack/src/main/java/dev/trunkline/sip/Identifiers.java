package dev.trunkline.sip;

import dev.trunkline.sip.message.SipRequest;
import java.util.HexFormat;
import java.util.random.RandomGenerator;

/** Branches and tags that cannot be guessed (RFC 3261 sections 8.1.1.7 and 19.3). Thread-safe if its randomness is. */
final class Identifiers {
    private static final int BYTES = 12;
    private static final String MAGIC_COOKIE = "z9hG4bK";

    private final RandomGenerator random;
    private final long seed;

    Identifiers(RandomGenerator random) {
        this.random = random;
        this.seed = random.nextLong();
    }

    String branch() {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return MAGIC_COOKIE + HexFormat.of().formatHex(bytes);
    }

    /** Returns a tag that is the same for the same request while this process runs. */
    String tagOf(SipRequest request) {
        return HexFormat.of().toHexDigits((request.branch() + request.callId()).hashCode() * 0x9E3779B97F4A7C15L ^ seed);
    }

    long seed() {
        return random.nextLong();
    }
}
