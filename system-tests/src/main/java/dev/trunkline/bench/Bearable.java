package dev.trunkline.bench;

import java.util.Optional;

/** Whether a machine still holds so many calls: beyond that it is the machine that is measured. */
final class Bearable {
    private static final double MOST_BUSY_PERCENT = 95;
    /** Whoever else keeps it so busy without the calls is not the calls: the report says that it was not quiet. */
    private static final double QUIET_PERCENT = 80;
    private static final double MOST_LOST_PERCENT = 1;

    private Bearable() {}

    /**
     * @param ended calls that ended by themselves while they were to be held
     * @param idlePercent of all processors of the machine that was used before the calls
     * @param busyPercent the same with them
     * @param lostPercent of the packets, on the way on which more were lost
     * @return what it does not bear, in words that follow "this machine does not hold 200 calls: "
     */
    static Optional<String> complaint(long ended, double idlePercent, double busyPercent, double lostPercent) {
        if (ended > 0) {
            return Optional.of(ended + " of them ended by themselves");
        }
        if (lostPercent > MOST_LOST_PERCENT) {
            return Optional.of("%.1f %% of the packets were lost".formatted(lostPercent));
        }
        if (busyPercent > MOST_BUSY_PERCENT && idlePercent < QUIET_PERCENT) {
            return Optional.of("its processors were busy for %.0f %% of the time".formatted(busyPercent));
        }
        return Optional.empty();
    }
}
