package dev.trunkline.system.faults;

import dev.trunkline.system.support.Await;
import dev.trunkline.system.support.Redis;
import dev.trunkline.system.support.SuiteUnderTest;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;

/** All resources that a call takes, wherever they are counted: slots, ports, rooms. */
final class Places {
    private final Map<String, Callable<Double>> places = new TreeMap<>();

    Places(SuiteUnderTest suite) {
        gauge(suite, "sip-edge", "trunkline_edge_calls");
        gauge(suite, "media-relay", "trunkline_relay_calls");
        gauge(suite, "media-relay", "trunkline_relay_ports_used");
        gauge(suite, "rate-limiter", "trunkline_limiter_calls");
        gauge(suite, "agent-dispatcher", "trunkline_dispatcher_watching");
        places.put("slots in Redis", () -> slots(suite));
        places.put("rooms with somebody in them", () -> (double) suite.rooms().occupied(Load.ROOMS).size());
    }

    private void gauge(SuiteUnderTest suite, String service, String name) {
        places.put(name, () -> suite.gauge(service, name));
    }

    private static double slots(SuiteUnderTest suite) throws IOException {
        try (Redis redis = suite.redis()) {
            return redis.members("*calls:number:" + Load.BEGINNING + "*");
        }
    }

    /** Waits until nothing is in use. @return what still is when the time is over */
    Map<String, Double> left(Duration atMost) {
        long end = System.nanoTime() + atMost.toNanos();
        Map<String, Double> left = taken();
        while (!left.isEmpty() && System.nanoTime() < end) {
            Await.pause(500);
            left = taken();
        }
        return left;
    }

    private Map<String, Double> taken() {
        Map<String, Double> taken = new TreeMap<>();
        places.forEach((where, number) -> {
            try {
                double now = number.call();
                if (now != 0) {
                    taken.put(where, now);
                }
            } catch (Exception e) {
                // A part that does not answer has not confirmed that nothing is in use.
                taken.put(where + " (" + e.getMessage() + ")", Double.NaN);
            }
        });
        return taken;
    }
}
