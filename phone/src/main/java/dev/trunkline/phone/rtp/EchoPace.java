package dev.trunkline.phone.rtp;

import dev.trunkline.phone.audio.Waveform;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Limits how much a phone echoes: as much audio as time has passed, with a small burst allowance. If the far end echoes too,
 * each packet would otherwise circulate as fast as the network allows, thousands of times a second. Thread-safe.
 */
final class EchoPace {
    /** Samples of G.711, one octet each, that a network may delay and deliver at once. */
    static final int MOST_AT_ONCE = 10 * Waveform.FRAME;

    private final AtomicInteger left = new AtomicInteger(MOST_AT_ONCE);

    /** Records that the time of one frame has passed. */
    void tick() {
        left.updateAndGet(samples -> Math.min(samples + Waveform.FRAME, MOST_AT_ONCE));
    }

    /** @return whether this many samples may be echoed now; if so, they are counted as echoed */
    boolean takes(int samples) {
        return left.getAndUpdate(now -> now >= samples ? now - samples : now) >= samples;
    }
}
