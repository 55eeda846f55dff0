package dev.trunkline.relay.calls;

import dev.trunkline.bus.SerialQueue;
import dev.trunkline.rtc.loop.LoopTimer;
import dev.trunkline.rtc.loop.MediaLoop;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * Waits for what another service is to publish on Kafka, and detects that it does not. The wait is over only when everything has been
 * read that can have been published by then: a relay that cannot read would mistake its own deafness for another service's death. Used in
 * the call's queue only.
 *
 * <pre>
 *   begun --the time is up, and all is read that came meanwhile--> over
 *     `----ended, or begun anew--> never over
 * </pre>
 */
final class Patience {
    private final MediaLoop loop;
    private final SerialQueue queue;
    private final Supplier<CompletionStage<Void>> heard;
    private Optional<LoopTimer> timer = Optional.empty();
    /** Counts its starts, so that the expiry of an earlier wait is not taken for that of this one. */
    private int beginnings;

    /** @param heard completes once everything that is on Kafka at the time of asking is handled */
    Patience(MediaLoop loop, SerialQueue queue, Supplier<CompletionStage<Void>> heard) {
        this.loop = loop;
        this.queue = queue;
        this.heard = heard;
    }

    /** @param over run in the queue, unless the wait is ended or restarted before */
    void begin(Duration atMost, Runnable over) {
        end();
        int beginning = beginnings;
        timer = Optional.of(loop.schedule(atMost, () -> heard.get().whenComplete(
                (done, failure) -> queue.execute(() -> {
                    if (beginning == beginnings) {
                        over.run();
                    }
                }))));
    }

    void end() {
        beginnings++;
        timer.ifPresent(LoopTimer::cancel);
        timer = Optional.empty();
    }
}
