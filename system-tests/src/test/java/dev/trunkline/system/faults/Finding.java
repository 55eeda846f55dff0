package dev.trunkline.system.faults;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * The effects of a fault, as seen from outside.
 *
 * @param held calls that were up before the fault
 * @param placed all calls of the run, including those held
 * @param lost calls that were up before the fault and that the suite hung up, by reason
 * @param cut calls that arrived during the fault, were answered and then hung up by the suite, by reason
 * @param refused new calls that were not answered, by reason
 * @param silenceMillis the longest time that a surviving call heard nothing
 * @param faultMillis how long the fault and its repair took
 * @param recoveredMillis from the beginning of the fault until a new call and every surviving call have audio, and every
 * service is ready
 * @param withoutEnd calls without a last event
 * @param endedTwice calls with several last events
 * @param unheardOf answered calls without any event
 * @param left what is still in use after the last call, by place
 */
record Finding(
        Fault fault,
        int held,
        int placed,
        Map<String, Integer> lost,
        Map<String, Integer> cut,
        Map<String, Integer> refused,
        long silenceMillis,
        long faultMillis,
        OptionalLong recoveredMillis,
        int withoutEnd,
        int endedTwice,
        int unheardOf,
        Map<String, Double> left) {

    /** Returns every broken promise, in words. */
    List<String> broken() {
        List<String> broken = new ArrayList<>();
        lost.forEach((reason, calls) -> {
            if (fault.mayEnd().stream().noneMatch(allowed -> allowed.code().equals(reason))) {
                broken.add(calls + " calls that were up were lost: " + reason);
            }
        });
        count(broken, withoutEnd, "calls have no last event");
        count(broken, endedTwice, "calls have several last events");
        count(broken, unheardOf, "answered calls are in no event");
        left.forEach((where, number) -> broken.add("%s: %.0f left".formatted(where, number)));
        if (recoveredMillis.isEmpty()) {
            broken.add("it does not recover");
        }
        return broken;
    }

    private static void count(List<String> broken, int number, String what) {
        if (number > 0) {
            broken.add(number + " " + what);
        }
    }
}
