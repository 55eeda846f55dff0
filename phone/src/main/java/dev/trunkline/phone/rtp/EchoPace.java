package dev.trunkline.phone.rtp;

import dev.trunkline.phone.audio.Waveform;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * How much a phone may echo: as much audio as time goes by, and a little more at once. Where the far end echoes too, each packet
 * would otherwise go round as fast as the way allows, thousands of times a second. Thread-safe.
 */
final class EchoPace {
    /** Samples of G.711, an octet each: what a network may hold back and bring at once. */
    static final int MOST_AT_ONCE = 10 * Waveform.FRAME;

    private final AtomicInteger left = new AtomicInteger(MOST_AT_ONCE);

    /** A frame's time has gone by. */
    void tick() {
        left.updateAndGet(samples -> Math.min(samples + Waveform.FRAME, MOST_AT_ONCE));
    }

    /** @return whether so much may be echoed now, and then it is taken for done */
    boolean takes(int samples) {
        return left.getAndUpdate(now -> now >= samples ? now - samples : now) >= samples;
    }
}
