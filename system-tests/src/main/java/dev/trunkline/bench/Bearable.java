package dev.trunkline.bench;

import java.util.Optional;

/** Judges whether a machine sustains this many calls: beyond that, the figures would describe the machine, not the suite. */
final class Bearable {
    private static final double MOST_BUSY_PERCENT = 95;
    /** A machine this busy without the calls is busy with something else: the report then says that it was not quiet. */
    private static final double QUIET_PERCENT = 80;
    private static final double MOST_LOST_PERCENT = 1;

    private Bearable() {}

    /**
     * @param ended calls that ended by themselves while they should have been held
     * @param idlePercent use of all processors of the machine before the calls
     * @param busyPercent the same during the calls
     * @param lostPercent of the packets, in the direction in which more were lost
     * @return what the machine does not sustain, in words that follow "this machine does not hold 200 calls: "
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
