package dev.trunkline.rtc.room;

import dev.trunkline.rtc.RtcException;
import dev.trunkline.rtc.loop.FaultBudget;
import dev.trunkline.rtc.loop.FaultListener;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** Handles exceptions of a room's own code: skips a packet, fails a join, and in a release continues with the remaining steps. */
final class RoomFaults {

    /** A room whose packets fail more often than this within the window is ended. */
    private static final int MOST = 50;
    private static final Duration WINDOW = Duration.ofSeconds(5);

    private final FaultListener faults;
    private final RoomLife life;
    private final FaultBudget budget = new FaultBudget(MOST, WINDOW);

    RoomFaults(FaultListener faults, RoomLife life) {
        this.faults = faults;
        this.life = life;
    }

    /** Begins a join, which fails at once if that throws. */
    void joining(Runnable begin) {
        try {
            begin.run();
        } catch (Throwable fault) {
            faults.tell("room-join", fault);
            life.failed(new RtcException(RtcException.Kind.UNREACHABLE, "the join could not begin: " + fault, fault));
        }
    }

    /** Processing a packet of this room threw. */
    void packet(Throwable fault) {
        faults.tell("room-packet", fault);
        if (budget.spent(System.nanoTime())) {
            life.failed(new RtcException(RtcException.Kind.ENDED, "the room's packets kept failing", fault));
        }
    }

    /** Runs each step separately: if one throws, the others are still run. */
    void releasing(Runnable... steps) {
        for (Runnable step : steps) {
            faults.guard("room-release", step);
        }
    }

    /** Sends the last message to the server; completes at once if that is impossible. */
    CompletionStage<Void> leaving(Supplier<CompletionStage<Void>> lastWords) {
        try {
            return lastWords.get();
        } catch (Throwable fault) {
            faults.tell("room-release", fault);
            return CompletableFuture.completedFuture(null);
        }
    }
}
