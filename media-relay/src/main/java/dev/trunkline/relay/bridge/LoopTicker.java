package dev.trunkline.relay.bridge;

import dev.trunkline.rtc.loop.MediaLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * One 20 ms beat for all calls of a media loop: the thread wakes once a frame, not once a frame and call. Beats while it
 * has calls. Lives on the loop.
 */
public final class LoopTicker {
    static final long FRAME_NANOS = 20_000_000;
    /** Further behind than this, beats are left out rather than made up for. */
    private static final long MOST_BEHIND_NANOS = 5 * FRAME_NANOS;

    /** Wants each beat. */
    interface Beat {
        void beat(long nowNanos);
    }

    private final MediaLoop loop;
    private final LongSupplier nanoClock;
    private final List<Beat> beats = new ArrayList<>();
    private boolean running;
    private long due;

    public LoopTicker(MediaLoop loop, LongSupplier nanoClock) {
        this.loop = loop;
        this.nanoClock = nanoClock;
    }

    void add(Beat beat) {
        beats.add(beat);
        if (!running) {
            running = true;
            due = nanoClock.getAsLong() + FRAME_NANOS;
            schedule();
        }
    }

    void remove(Beat beat) {
        beats.remove(beat);
    }

    private void schedule() {
        loop.schedule(Duration.ofNanos(Math.max(0, due - nanoClock.getAsLong())), this::tick);
    }

    private void tick() {
        if (beats.isEmpty()) {
            running = false;
            return;
        }
        long now = nanoClock.getAsLong();
        // Backwards, as a beat may take itself out.
        for (int i = beats.size() - 1; i >= 0; i--) {
            if (i < beats.size()) {
                beats.get(i).beat(now);
            }
        }
        due += FRAME_NANOS;
        if (now - due > MOST_BEHIND_NANOS) {
            due = now + FRAME_NANOS;
        }
        schedule();
    }
}
