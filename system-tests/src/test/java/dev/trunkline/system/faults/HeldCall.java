package dev.trunkline.system.faults;

import dev.trunkline.phone.Call;
import dev.trunkline.phone.CallEnd;
import java.util.Optional;

/** A call that was up before the fault and should survive. Frequent calls of {@link #listen} measure how long it heard nothing. */
public final class HeldCall {
    private final Call call;
    private final int hertz;
    private volatile long heardMillis;
    private volatile long heardAt = System.nanoTime();
    private volatile long longestSilenceNanos;

    HeldCall(Call call, int hertz) {
        this.call = call;
        this.hertz = hertz;
    }

    public Call call() {
        return call;
    }

    /** Checks whether more of its tone was heard; for one thread. */
    void listen() {
        if (!call.isUp()) {
            return;
        }
        long now = System.nanoTime();
        long heard = call.media().heardMillis(hertz);
        if (heardMillis > 0) {
            longestSilenceNanos = Math.max(longestSilenceNanos, now - heardAt);
        }
        if (heard > heardMillis) {
            heardMillis = heard;
            heardAt = now;
        }
    }

    public long heardMillis() {
        return heardMillis;
    }

    /** Returns the longest time between two checks at which more was heard. */
    public long longestSilenceMillis() {
        return longestSilenceNanos / 1_000_000;
    }

    /** Returns the milliseconds since more of the tone was heard. */
    long silentMillis() {
        return (System.nanoTime() - heardAt) / 1_000_000;
    }

    /** Returns why the far end hung up, if it did. */
    public Optional<String> lostBy() {
        return Optional.ofNullable(call.ended().toCompletableFuture().getNow(null))
                .filter(end -> end.by() == CallEnd.By.FAR_END)
                .map(end -> end.reason().map(Reasons::code).orElse("BYE without a reason"));
    }
}
