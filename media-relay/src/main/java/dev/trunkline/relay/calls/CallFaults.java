package dev.trunkline.relay.calls;

import dev.trunkline.bus.ContainedFaults;
import dev.trunkline.rtc.loop.FaultBudget;
import java.time.Duration;

/**
 * Faults thrown by one call's own handling: counted, tolerated up to a limit, and unable to prevent the release of the call's resources.
 */
final class CallFaults {
    /** A call that fails more often than this within the window is of no use to anybody. */
    private static final int MOST = 10;
    private static final Duration WINDOW = Duration.ofSeconds(10);

    private final ContainedFaults faults;
    private final FaultBudget budget = new FaultBudget(MOST, WINDOW);

    CallFaults(ContainedFaults faults) {
        this.faults = faults;
    }

    /** @return whether the limit is exceeded */
    boolean tooMany(Throwable fault) {
        faults.caught("call-queue", fault);
        return budget.spent(System.nanoTime());
    }

    /** Runs each step independently: a step that throws does not prevent the others. */
    void releasing(Runnable... steps) {
        for (Runnable step : steps) {
            faults.guarded("call-release", step).run();
        }
    }
}
