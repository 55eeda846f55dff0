package dev.trunkline.relay.calls;

import dev.trunkline.bus.ContainedFaults;
import dev.trunkline.rtc.loop.FaultBudget;
import java.time.Duration;

/** What one call's own handling threw: counted, borne up to a measure, and no hindrance to giving back what the call had. */
final class CallFaults {
    /** A call that fails more often than this within the window is of no use to anybody. */
    private static final int MOST = 10;
    private static final Duration WINDOW = Duration.ofSeconds(10);

    private final ContainedFaults faults;
    private final FaultBudget budget = new FaultBudget(MOST, WINDOW);

    CallFaults(ContainedFaults faults) {
        this.faults = faults;
    }

    /** @return whether it is one too many */
    boolean tooMany(Throwable fault) {
        faults.caught("call-queue", fault);
        return budget.spent(System.nanoTime());
    }

    /** Takes each step by itself: what one of them throws keeps none of the others. */
    void releasing(Runnable... steps) {
        for (Runnable step : steps) {
            faults.guarded("call-release", step).run();
        }
    }
}
