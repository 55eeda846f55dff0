package dev.trunkline.system.faults;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * What a fault did, as it was seen from outside.
 *
 * @param held calls that were up before it
 * @param placed all calls of its run, those included
 * @param lost calls that were up before it and that the suite hung up, by reason
 * @param cut calls that came meanwhile, were answered and that the suite hung up, by reason
 * @param refused new calls by why they were not answered
 * @param silenceMillis the longest time that a call that stayed heard nothing
 * @param faultMillis how long breaking and mending took
 * @param recoveredMillis from its beginning until a new call hears itself, every call that stayed too, and every service is ready
 * @param withoutEnd calls of which no last event came
 * @param endedTwice calls with several last events
 * @param unheardOf calls that were answered, and of which no event tells
 * @param left what is still taken after the last call, by where
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

    /** Every promise that was not kept, in words. */
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
