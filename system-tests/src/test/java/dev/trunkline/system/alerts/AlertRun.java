package dev.trunkline.system.alerts;

import dev.trunkline.system.support.Await;
import dev.trunkline.system.support.Prometheus.Firing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Lets things go wrong and watches the alerts. A cause that fails does not keep the others from being tried. */
final class AlertRun {
    /** How long a cause may take to be there, and then its alerts to fire. */
    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final Duration NOT_YET = Duration.ofSeconds(90);

    private final WatchedSuite suite;
    private final List<String> failures = Collections.synchronizedList(new ArrayList<>());

    AlertRun(WatchedSuite suite) {
        this.suite = suite;
    }

    /** Returns what did not happen, a line each. */
    List<String> failures() {
        return List.copyOf(failures);
    }

    /** Begins all causes at once, and ends each as soon as its alerts have fired. */
    void play(List<Cause> scene) {
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            scene.forEach(cause -> executor.execute(() -> tried(cause)));
        }
    }

    private void tried(Cause cause) {
        try {
            fires(cause);
        } catch (Exception | AssertionError e) {
            failures.add(cause.alerts() + ": " + e);
            System.out.printf("alerts: FAILED %s (%s): %s%n", cause.alerts(), cause.what(), e);
        }
    }

    private void fires(Cause cause) throws Exception {
        // An earlier cause may still be seen; then this one would prove nothing.
        Await.until(() -> cause.alerts() + " do not fire yet", NOT_YET, () -> fired(cause).isEmpty());
        long begin = System.nanoTime();
        try (Cause.Ongoing ongoing = cause.act().begin(suite)) {
            Map<String, String> seen = new TreeMap<>();
            Await.until(() -> cause.alerts() + " fire because " + cause.what() + "; these have: " + seen.keySet(), PATIENCE, () -> {
                fired(cause).forEach(firing -> {
                    if (seen.putIfAbsent(firing.alert(), firing.summary()) == null) {
                        System.out.printf("alerts: %s after %d s, for %s: %s%n",
                                firing.alert(), (System.nanoTime() - begin) / 1_000_000_000, cause.what(), firing.summary());
                    }
                });
                return seen.keySet().containsAll(cause.alerts());
            });
        }
    }

    private List<Firing> fired(Cause cause) {
        return suite.prometheus().firing().stream().filter(firing -> cause.alerts().contains(firing.alert())).toList();
    }
}
