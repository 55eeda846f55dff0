package dev.trunkline.system.soak;

import java.util.Map;

/**
 * What was in use at one moment. A series can be missing from some samples: heaps are measured seldom, because that stops the JVM.
 *
 * @param minutes since the beginning of the load
 */
record Sample(double minutes, Map<Series, Double> values) {
    Sample {
        values = Map.copyOf(values);
    }
}
