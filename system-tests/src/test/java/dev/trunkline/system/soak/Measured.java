package dev.trunkline.system.soak;

import java.util.Optional;

/** What is sampled. What has no tolerance is shown and not judged. */
enum Measured {
    RESIDENT("resident memory, MiB"),
    /**
     * Resident memory without files and without what is shared between processes (RssAnon of proc(5)). The heap of a JVM that was never
     * full keeps touching new pages for a while after the warm-up.
     */
    OWN_MEMORY("memory of its own, MiB", new Tolerance(0.1, 24)),
    LIVE_HEAP("live heap, MiB", new Tolerance(0.1, 4)),
    THREADS("threads", new Tolerance(0.05, 4)),
    DESCRIPTORS("open descriptors", new Tolerance(0.05, 8)),

    CALLS_AT_EDGE("calls at the edge", new Tolerance(0.1, 6)),
    TRANSACTIONS("SIP transactions", new Tolerance(0.2, 12)),
    CALLS_AT_RELAY("calls at the relay", new Tolerance(0.1, 6)),
    PORTS("RTP ports", new Tolerance(0.1, 12)),
    SLOTS("slots of the limiter", new Tolerance(0.1, 6)),
    WATCHES("watched rooms", new Tolerance(0.1, 6)),
    REDIS_KEYS("Redis keys", new Tolerance(0.1, 40)),
    ROOMS("LiveKit rooms", new Tolerance(0.1, 10)),
    PARTICIPANTS("participants", new Tolerance(0.1, 12)),

    /** A row for each call, for as long as the console keeps calls. */
    HISTORY("calls in the history"),
    CONSOLE_DATABASE("the console's database, MiB");

    private final String words;
    private final Optional<Tolerance> tolerance;

    Measured(String words) {
        this.words = words;
        this.tolerance = Optional.empty();
    }

    Measured(String words, Tolerance tolerance) {
        this.words = words;
        this.tolerance = Optional.of(tolerance);
    }

    String words() {
        return words;
    }

    /** Returns what growth still counts as flat; empty if growth is no fault. */
    Optional<Tolerance> tolerance() {
        return tolerance;
    }
}
