package dev.trunkline.system.soak;

import dev.trunkline.system.support.Await;
import dev.trunkline.system.support.Redis;
import dev.trunkline.system.support.SuiteUnderTest;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What a call takes, counted before all calls and again after the last: the two have to be the same. */
final class Remains {
    private final SuiteUnderTest suite;
    private final Map<String, Double> before;
    private final Set<String> keysBefore;

    private Remains(SuiteUnderTest suite, Map<String, Double> before, Set<String> keysBefore) {
        this.suite = suite;
        this.before = before;
        this.keysBefore = keysBefore;
    }

    static Remains before(SuiteUnderTest suite) throws IOException, InterruptedException {
        return new Remains(suite, places(suite), keys(suite));
    }

    private static Map<String, Double> places(SuiteUnderTest suite) throws IOException, InterruptedException {
        Map<String, Double> places = new TreeMap<>();
        places.put("calls at the edge", suite.gauge("sip-edge", "trunkline_edge_calls"));
        places.put("SIP transactions", suite.gauge("sip-edge", "trunkline_edge_transactions"));
        places.put("calls at the relay", suite.gauge("media-relay", "trunkline_relay_calls"));
        places.put("RTP ports", suite.gauge("media-relay", "trunkline_relay_ports_used"));
        places.put("slots of the limiter", suite.gauge("rate-limiter", "trunkline_limiter_calls"));
        places.put("watched rooms", suite.gauge("agent-dispatcher", "trunkline_dispatcher_watching"));
        places.put("LiveKit rooms", (double) suite.rooms().held("").rooms());
        return places;
    }

    private static Set<String> keys(SuiteUnderTest suite) throws IOException {
        try (Redis redis = suite.redis()) {
            return new HashSet<>(redis.keys("*"));
        }
    }

    /** Waits until everything is as it was. @return what is not when the time is over, in words */
    List<String> left(Duration atMost) throws IOException, InterruptedException {
        long end = System.nanoTime() + atMost.toNanos();
        List<String> left = left();
        while (!left.isEmpty() && System.nanoTime() < end) {
            Await.pause(1_000);
            left = left();
        }
        return left;
    }

    private List<String> left() throws IOException, InterruptedException {
        List<String> left = new ArrayList<>();
        places(suite).forEach((place, now) -> {
            double then = before.get(place);
            if (now > then) {
                left.add("%s: %.0f before, %.0f after".formatted(place, then, now));
            }
        });
        try (Redis redis = suite.redis()) {
            for (String key : redis.keys("*")) {
                // A rate window of an hour is there for an hour, and then Redis removes it.
                if (!keysBefore.contains(key) && !redis.expires(key)) {
                    left.add("Redis key without an expiry: " + key);
                }
            }
        }
        return left;
    }
}
