package dev.trunkline.limiter.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/** Every metric of the limiter. */
@Singleton
public class LimiterMetrics {
    private final MeterRegistry registry;
    private final Timer decisionTime;
    private final Counter late;
    private final Counter redisFailures;
    private final Counter freed;
    private final Counter edgeLost;
    private final AtomicBoolean redisUp = new AtomicBoolean();
    private final AtomicLong calls = new AtomicLong();
    private final Counter liveCorrected;

    public LimiterMetrics(MeterRegistry registry) {
        this.registry = registry;
        this.decisionTime = Timer.builder("trunkline.limiter.decision")
                .description("Time from the request to Redis to the event with the decision")
                .publishPercentiles(0.5, 0.99)
                .register(registry);
        this.late = counter("trunkline.limiter.late", "Calls dropped because their deadline had passed");
        this.redisFailures = counter("trunkline.limiter.redis.failures", "Requests that Redis did not answer");
        this.freed = counter("trunkline.limiter.leases.freed", "Slots freed because their call was over");
        this.edgeLost = counter("trunkline.limiter.edge.lost", "Calls whose end the limiter published because no other service did");
        this.liveCorrected = counter("trunkline.limiter.live.corrected",
                "Calls that the topic live-calls lacked, or kept too long, compared with Redis");
        Gauge.builder("trunkline.limiter.redis.up", redisUp, up -> up.get() ? 1 : 0)
                .description("1 while Redis answers")
                .register(registry);
        Gauge.builder("trunkline.limiter.calls", calls, AtomicLong::get)
                .description("Concurrent calls in the whole suite, at the last count")
                .register(registry);
    }

    /** For parts that expose metrics of their own: Kafka's clients. */
    public MeterRegistry registry() {
        return registry;
    }

    private Counter counter(String name, String help) {
        return Counter.builder(name).description(help).register(registry);
    }

    /**
     * @param outcome {@code admitted}, {@code admitted-uncounted}, {@code over}, or the code of the rejection's reason
     */
    public void decided(String outcome) {
        Counter.builder("trunkline.limiter.decisions")
                .description("Calls by decision")
                .tag("outcome", outcome)
                .register(registry)
                .increment();
    }

    public void decisionTook(Duration time) {
        decisionTime.record(time);
    }

    /** @param done {@code renewed}, {@code rebuilt} or {@code over} */
    public void heartbeat(String done) {
        Counter.builder("trunkline.limiter.heartbeats")
                .description("Heartbeats by what they did to the lease")
                .tag("done", done)
                .register(registry)
                .increment();
    }

    public void late() {
        late.increment();
    }

    public void redisFailed() {
        redisFailures.increment();
    }

    public void freed() {
        freed.increment();
    }

    public void edgeLost() {
        edgeLost.increment();
    }

    public void liveCorrected(int count) {
        liveCorrected.increment(count);
    }

    /** @param said how many calls the topic says are live */
    public void watchLive(Supplier<Number> said) {
        Gauge.builder("trunkline.limiter.live.calls", said)
                .description("Calls that hold a slot, according to the topic live-calls")
                .register(registry);
    }

    public void redisUp(boolean up) {
        redisUp.set(up);
    }

    public void calls(long count) {
        calls.set(count);
    }
}
