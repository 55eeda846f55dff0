package dev.trunkline.dispatcher;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** Every metric of the dispatcher. */
@Singleton
public class DispatcherMetrics {
    private final Timer dispatchTime;
    private final Timer joinTime;
    private final Counter dispatched;
    private final Counter again;
    private final Counter replacements;
    private final Counter shownOut;
    private final Counter adopted;
    private final Counter refused;
    private final Counter withdrawn;
    private final Counter unavailable;
    private final Counter fallback;
    private final AtomicInteger watching = new AtomicInteger();
    private final AtomicBoolean livekitUp = new AtomicBoolean();

    public DispatcherMetrics(MeterRegistry registry) {
        this.dispatchTime = Timer.builder("trunkline.dispatcher.dispatch")
                .description("From the admission, or from when everybody had left, until LiveKit took the first dispatch")
                .publishPercentiles(0.5, 0.99)
                .register(registry);
        this.joinTime = Timer.builder("trunkline.dispatcher.join")
                .description("From the admission, or from when everybody had left, until somebody listened to the caller")
                .publishPercentiles(0.5, 0.99)
                .register(registry);
        this.dispatched = counter(registry, "dispatched", "Dispatches that LiveKit took");
        this.again = counter(registry, "again", "Dispatches that LiveKit took in place of one that had led to nothing");
        this.replacements = counter(registry, "replacements", "Calls that everybody had left, and for which somebody was looked for again");
        this.shownOut = counter(registry, "shown.out", "Agents shown out of a room, their dispatch having been taken back");
        this.adopted = counter(registry, "adopted", "Dispatches found after a restart or a failure, not asked for again");
        this.refused = counter(registry, "refused", "Dispatches that LiveKit did not take, each attempt");
        this.withdrawn = counter(registry, "withdrawn", "Dispatches taken back");
        this.unavailable = counter(registry, "unavailable", "Calls to which nobody came within the patience");
        this.fallback = counter(registry, "fallback", "Agents of a fallback that were asked for, nobody having come before");
        Gauge.builder("trunkline.dispatcher.watching", watching, AtomicInteger::get)
                .description("Calls that are watched: until an agent comes, and then until they end")
                .register(registry);
        Gauge.builder("trunkline.dispatcher.livekit.up", livekitUp, up -> up.get() ? 1 : 0)
                .description("1 while LiveKit answers")
                .register(registry);
    }

    private static Counter counter(MeterRegistry registry, String what, String help) {
        return Counter.builder("trunkline.dispatcher." + what).description(help).register(registry);
    }

    void dispatched(Duration sinceAdmission) {
        dispatched.increment();
        dispatchTime.record(sinceAdmission);
    }

    void dispatchedAgain() {
        dispatched.increment();
        again.increment();
    }

    void replacement() {
        replacements.increment();
    }

    void shownOut() {
        shownOut.increment();
    }

    void adopted() {
        adopted.increment();
    }

    void joined(Duration sinceAdmission) {
        joinTime.record(sinceAdmission);
    }

    void refused() {
        refused.increment();
    }

    void withdrawn() {
        withdrawn.increment();
    }

    void unavailable() {
        unavailable.increment();
    }

    void fallback() {
        fallback.increment();
    }

    void watching(int calls) {
        watching.set(calls);
    }

    void livekitUp(boolean up) {
        livekitUp.set(up);
    }
}
