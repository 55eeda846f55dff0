package dev.trunkline.relay.calls;

import dev.trunkline.bus.SerialQueue;
import dev.trunkline.rtc.loop.LoopTimer;
import dev.trunkline.rtc.loop.MediaLoop;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * Waits for what another service is to say on Kafka, and finds out that it does not. It is over only when everything has been
 * read that can have been said by then: a relay that cannot read would take its own deafness for somebody else's death. Used in
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
    /** Counts the times that it began, so that the end of an earlier time is not taken for that of this one. */
    private int beginnings;

    /** @param heard completes once everything is handled that is on Kafka at the time of asking */
    Patience(MediaLoop loop, SerialQueue queue, Supplier<CompletionStage<Void>> heard) {
        this.loop = loop;
        this.queue = queue;
        this.heard = heard;
    }

    /** @param over run in the queue, unless it ends or begins anew before */
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
