package dev.trunkline.bench.page;

import java.util.List;

/** Assigns the page's colours to parts of the suite, the same in each plot. */
final class Colours {
    private static final List<String> PARTS = List.of(
            "sip-edge", "media-relay", "call-router", "rate-limiter", "agent-dispatcher", "kafka", "livekit");

    private Colours() {}

    /** Returns whether a part is plotted. The others are only in the tables, so that lines do not cover each other. */
    static boolean has(String part) {
        return PARTS.contains(part);
    }

    /** Returns the colour of a part. @throws IllegalArgumentException if it has none */
    static int of(String part) {
        if (!has(part)) {
            throw new IllegalArgumentException(part + " has no colour");
        }
        return PARTS.indexOf(part);
    }
}
