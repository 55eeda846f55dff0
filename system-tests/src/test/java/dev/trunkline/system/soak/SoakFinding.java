package dev.trunkline.system.soak;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The result of a soak.
 *
 * @param calls held at a time
 * @param minutes for which they were held
 * @param warmUpMinutes for which growth is not judged
 * @param settledSeconds after the last call, until everything was as before, or until the settling time was over
 * @param transferred hand-offs that succeeded
 * @param samples in order
 * @param growth of each series after the warm-up
 * @param left what was not as it was before the first call, in words
 * @param bad what was sent that nobody should send
 * @param failures what callers could not do for a reason of the load's own
 */
record SoakFinding(
        int calls, long minutes, double warmUpMinutes, long settledSeconds, long transferred, Ledger ledger, List<Sample> samples,
        Map<Series, Growth> growth, List<String> left, BadInput.Sent bad, List<String> failures) {

    /** Returns whether the run was long enough to tell what grows. */
    boolean isJudged() {
        return growth.values().stream().anyMatch(one -> one.drift().isPresent());
    }

    /** Returns every broken promise, in words. */
    List<String> broken() {
        List<String> broken = new ArrayList<>();
        count(broken, ledger.withoutAccount(), "calls without an account");
        count(broken, ledger.lost(), "calls lost");
        count(broken, ledger.mute(), "calls that heard nothing");
        growth.forEach((series, one) -> {
            if (one.grows()) {
                broken.add("grows: " + series);
            }
        });
        left.forEach(one -> broken.add("left behind: " + one));
        bad.complaints().forEach(one -> broken.add("the call beside the bad input: " + one));
        count(broken, failures, "callers failed");
        return broken;
    }

    private static void count(List<String> broken, List<String> which, String what) {
        if (!which.isEmpty()) {
            broken.add(which.size() + " " + what);
        }
    }
}
