package dev.trunkline.dispatcher.metrics;

import dev.trunkline.dispatcher.warm.WarmCounts;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;

/** Every metric of the dispatcher. */
@Singleton
public class DispatcherMetrics implements WarmCounts {
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
    private final Counter warmGiven;
    private final Counter warmNone;
    private final Counter warmMade;
    private final Counter warmClosed;
    private final Counter warmFailed;
    private final MeterRegistry registry;
    private final AtomicInteger watching = new AtomicInteger();
    private final AtomicBoolean livekitUp = new AtomicBoolean();

    public DispatcherMetrics(MeterRegistry registry) {
        this.registry = registry;
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
        this.warmGiven = counter(registry, "warm.given", "Calls that were put into a room in which their agents waited");
        this.warmNone = counter(registry, "warm.none", "Calls of a rule with warm agents for which no room waited");
        this.warmMade = counter(registry, "warm.made", "Rooms that were made for agents to wait in");
        this.warmClosed = counter(registry, "warm.closed", "Rooms that were closed in which agents had waited, or were to, and no caller was");
        this.warmFailed = counter(registry, "warm.failed", "Rooms for agents to wait in that LiveKit did not make");
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

    public void dispatched(Duration sinceAdmission) {
        dispatched.increment();
        dispatchTime.record(sinceAdmission);
    }

    public void dispatchedAgain() {
        dispatched.increment();
        again.increment();
    }

    public void replacement() {
        replacements.increment();
    }

    public void shownOut() {
        shownOut.increment();
    }

    public void adopted() {
        adopted.increment();
    }

    public void joined(Duration sinceAdmission) {
        joinTime.record(sinceAdmission);
    }

    public void refused() {
        refused.increment();
    }

    public void withdrawn() {
        withdrawn.increment();
    }

    public void unavailable() {
        unavailable.increment();
    }

    public void fallback() {
        fallback.increment();
    }

    /** Registers gauges that are read when the metrics are queried. */
    public void watchWarmRooms(IntSupplier waiting) {
        Gauge.builder("trunkline.dispatcher.warm.waiting", waiting::getAsInt)
                .description("Rooms in which agents wait for a caller")
                .register(registry);
    }

    @Override
    public void given(boolean room) {
        (room ? warmGiven : warmNone).increment();
    }

    @Override
    public void made() {
        warmMade.increment();
    }

    @Override
    public void closed() {
        warmClosed.increment();
    }

    @Override
    public void failed() {
        warmFailed.increment();
    }

    public void watching(int calls) {
        watching.set(calls);
    }

    public void livekitUp(boolean up) {
        livekitUp.set(up);
    }
}
