package dev.trunkline.rtc.room;

import dev.trunkline.rtc.loop.LoopTimer;
import dev.trunkline.rtc.loop.MediaLoop;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * How long a join waits for the first answer on the media path before it starts that over: 2 s, then twice as long each
 * time, so that a server that is only slow has time to answer. Confined to the loop.
 */
final class PathPatience {

    private static final Duration FIRST = Duration.ofSeconds(2);

    private final MediaLoop loop;
    private final Consumer<Duration> exhausted;
    private Duration patience = FIRST;
    private LoopTimer timer;

    /** @param exhausted is told how long the wait was */
    PathPatience(MediaLoop loop, Consumer<Duration> exhausted) {
        this.loop = loop;
        this.exhausted = exhausted;
        this.timer = loop.schedule(Duration.ZERO, () -> { });
    }

    /** Begins a new wait, replacing any earlier one. */
    void begin() {
        timer.cancel();
        timer = loop.schedule(patience, this::end);
    }

    void stop() {
        timer.cancel();
    }

    private void end() {
        Duration waited = patience;
        patience = patience.multipliedBy(2);
        exhausted.accept(waited);
    }
}
