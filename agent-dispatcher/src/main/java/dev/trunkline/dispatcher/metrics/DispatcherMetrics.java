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
                .description("From the admission, or from the time everybody had left, until LiveKit accepted the first dispatch")
                .publishPercentiles(0.5, 0.99)
                .register(registry);
        this.joinTime = Timer.builder("trunkline.dispatcher.join")
                .description("From the admission, or from the time everybody had left, until somebody listened to the caller")
                .publishPercentiles(0.5, 0.99)
                .register(registry);
        this.dispatched = counter(registry, "dispatched", "Dispatches that LiveKit accepted");
        this.again = counter(registry, "again", "Dispatches that LiveKit accepted in place of one that had led to nothing");
        this.replacements = counter(registry, "replacements", "Calls that everybody had left and for which an agent was requested again");
        this.shownOut = counter(registry, "shown.out", "Agents removed from a room after their dispatch was withdrawn");
        this.adopted = counter(registry, "adopted", "Dispatches found after a restart or a failure, and so not requested again");
        this.refused = counter(registry, "refused", "Dispatches that LiveKit did not accept, counting each attempt");
        this.withdrawn = counter(registry, "withdrawn", "Dispatches withdrawn");
        this.unavailable = counter(registry, "unavailable", "Calls that nobody joined within the patience");
        this.fallback = counter(registry, "fallback", "Agents of a fallback that were requested because nobody had come before");
        this.warmGiven = counter(registry, "warm.given", "Calls that were given a room in which their agents were waiting");
        this.warmNone = counter(registry, "warm.none", "Calls of a rule with warm agents for which no room was waiting");
        this.warmMade = counter(registry, "warm.made", "Rooms created for agents to wait in");
        this.warmClosed = counter(
                registry, "warm.closed", "Rooms closed in which agents had waited, or were to wait, and that had no caller");
        this.warmFailed = counter(registry, "warm.failed", "Rooms for agents to wait in that LiveKit did not create");
        Gauge.builder("trunkline.dispatcher.watching", watching, AtomicInteger::get)
                .description("Calls being watched: until an agent comes, and then until they end")
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
                .description("Rooms in which agents are waiting for a caller")
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
