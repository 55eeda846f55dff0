package dev.trunkline.bench.page;

import java.util.List;

/** Which of the page's colours a part of the suite has: the same in each plot. */
final class Colours {
    private static final List<String> PARTS = List.of(
            "sip-edge", "media-relay", "call-router", "rate-limiter", "agent-dispatcher", "kafka", "livekit");

    private Colours() {}

    /** Others are in the tables alone, lest lines cover each other. */
    static boolean has(String part) {
        return PARTS.contains(part);
    }

    /** @throws IllegalArgumentException if the part has none */
    static int of(String part) {
        if (!has(part)) {
            throw new IllegalArgumentException(part + " has no colour");
        }
        return PARTS.indexOf(part);
    }
}
