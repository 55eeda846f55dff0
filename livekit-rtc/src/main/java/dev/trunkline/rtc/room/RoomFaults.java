package dev.trunkline.rtc.room;

import dev.trunkline.rtc.RtcException;
import dev.trunkline.rtc.loop.FaultBudget;
import dev.trunkline.rtc.loop.FaultListener;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** What a room does about what its own code throws: it skips a packet, gives up a join, and releases the rest all the same. */
final class RoomFaults {

    /** A room whose packets fail more often than this within the window is given up. */
    private static final int MOST = 50;
    private static final Duration WINDOW = Duration.ofSeconds(5);

    private final FaultListener faults;
    private final RoomLife life;
    private final FaultBudget budget = new FaultBudget(MOST, WINDOW);

    RoomFaults(FaultListener faults, RoomLife life) {
        this.faults = faults;
        this.life = life;
    }

    /** Begins a join, which fails at once where that cannot be done. */
    void joining(Runnable begin) {
        try {
            begin.run();
        } catch (Throwable fault) {
            faults.tell("room-join", fault);
            life.failed(new RtcException(RtcException.Kind.UNREACHABLE, "the join could not begin: " + fault, fault));
        }
    }

    /** A packet of this room threw something. */
    void packet(Throwable fault) {
        faults.tell("room-packet", fault);
        if (budget.spent(System.nanoTime())) {
            life.failed(new RtcException(RtcException.Kind.ENDED, "the room's packets kept failing", fault));
        }
    }

    /** Each step by itself: what one of them throws keeps none of the others from being given back. */
    void releasing(Runnable... steps) {
        for (Runnable step : steps) {
            faults.guard("room-release", step);
        }
    }

    /** The last words to the server; said already where they cannot be said. */
    CompletionStage<Void> leaving(Supplier<CompletionStage<Void>> lastWords) {
        try {
            return lastWords.get();
        } catch (Throwable fault) {
            faults.tell("room-release", fault);
            return CompletableFuture.completedFuture(null);
        }
    }
}
