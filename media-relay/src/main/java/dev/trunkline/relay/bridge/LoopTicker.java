package dev.trunkline.relay.bridge;

import dev.trunkline.rtc.loop.MediaLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * One 20 ms beat for all calls of a media loop: the thread wakes once per frame, not once per frame and call. Beats while it
 * has calls, even if the beat of one of them throws. Lives on the loop.
 */
public final class LoopTicker {
    static final long FRAME_NANOS = 20_000_000;
    /** If the ticker is further behind than this, beats are skipped rather than made up for. */
    private static final long MOST_BEHIND_NANOS = 5 * FRAME_NANOS;

    /** A ticker with calls that is this far behind has stopped, or its loop is stuck. */
    private static final long STALLED_NANOS = 1_000_000_000;

    /** Receives each beat. */
    interface Beat {
        void beat(long nowNanos);

        /** The last beat threw this. The next one comes nevertheless. */
        void beatFailed(Throwable fault);
    }

    private final MediaLoop loop;
    private final LongSupplier nanoClock;
    private final List<Beat> beats = new ArrayList<>();
    private final Runnable ticking = this::tick;
    private volatile boolean running;
    private volatile long due;

    public LoopTicker(MediaLoop loop, LongSupplier nanoClock) {
        this.loop = loop;
        this.nanoClock = nanoClock;
    }

    void add(Beat beat) {
        beats.add(beat);
        if (!running || stalled()) {
            running = true;
            due = nanoClock.getAsLong() + FRAME_NANOS;
            schedule();
        }
    }

    void remove(Beat beat) {
        beats.remove(beat);
    }

    /** Returns whether it should beat and does not. Any thread. */
    boolean stalled() {
        return running && nanoClock.getAsLong() - due > STALLED_NANOS;
    }

    private void schedule() {
        loop.schedule(Duration.ofNanos(Math.max(0, due - nanoClock.getAsLong())), ticking);
    }

    private void tick() {
        if (beats.isEmpty()) {
            running = false;
            return;
        }
        long now = nanoClock.getAsLong();
        try {
            // Backwards, because a beat may remove itself.
            for (int i = beats.size() - 1; i >= 0; i--) {
                if (i < beats.size()) {
                    beat(beats.get(i), now);
                }
            }
        } finally {
            long next = due + FRAME_NANOS;
            due = now - next > MOST_BEHIND_NANOS ? now + FRAME_NANOS : next;
            schedule();
        }
    }

    private void beat(Beat beat, long now) {
        try {
            beat.beat(now);
        } catch (Throwable fault) {
            failed(beat, fault);
        }
    }

    private void failed(Beat beat, Throwable fault) {
        try {
            beat.beatFailed(fault);
        } catch (Throwable again) {
            loop.contained("phone-beat", again);
        }
    }
}
