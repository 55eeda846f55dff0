package dev.trunkline.dispatcher.service;

import dev.trunkline.bus.CallEventGroup;
import dev.trunkline.bus.CallEventPublisher;
import dev.trunkline.bus.ContainedFaults;
import dev.trunkline.bus.KafkaAddress;
import dev.trunkline.bus.KeptPartitions;
import dev.trunkline.bus.RecordAges;
import dev.trunkline.bus.Rounds;
import dev.trunkline.bus.SteadyClock;
import dev.trunkline.bus.TopicTail;
import dev.trunkline.bus.logs.JsonLines;
import dev.trunkline.bus.traces.CallTraces;
import dev.trunkline.dispatcher.calls.DispatcherTools;
import dev.trunkline.dispatcher.calls.Places;
import dev.trunkline.dispatcher.calls.RecentCalls;
import dev.trunkline.dispatcher.calls.Watches;
import dev.trunkline.dispatcher.livekit.AgentDispatches;
import dev.trunkline.dispatcher.livekit.LiveKitException;
import dev.trunkline.dispatcher.metrics.DispatcherMetrics;
import dev.trunkline.dispatcher.warm.WarmPools;
import dev.trunkline.events.AgentLeft;
import dev.trunkline.events.AgentWanted;
import dev.trunkline.events.CallAdmitted;
import dev.trunkline.events.Topics;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.jboss.logging.Logger;

/** The assembled service: Kafka, LiveKit and the parts between them. */
@Singleton
public class Dispatcher {
    private static final Logger LOG = Logger.getLogger(Dispatcher.class);
    private static final String SERVICE = "agent-dispatcher";
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(5);
    private static final Duration BETWEEN_LOOKS_WHILE_AWAY = Duration.ofSeconds(1);
    /** What the tail hears (who joined, which calls are over) may come this much later. */
    private static final Duration COLLECTING = Duration.ofMillis(20);
    /** The first request to LiveKit should not be for a call. */
    private static final int WARM_UP_ROUNDS = 20;

    private final DispatcherMetrics metrics;
    private final AgentDispatches livekit;
    private final CallEventPublisher publisher;
    private final CallTraces traces;
    private final GroupPartitions groupPartitions;
    private final CallEventGroup group;
    private final TopicTail wantedRooms;
    private final WarmPools pools;
    private final TopicTail tail;
    private final KeptPartitions kept = new KeptPartitions(List.of(Topics.EVENTS), this::partitions, System::nanoTime);
    private final String probeRoom;
    private final ExecutorService waiting = Executors.newVirtualThreadPerTaskExecutor();
    private final ScheduledExecutorService timers = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("watch-timers").daemon().factory());
    private final Rounds warden;
    private volatile boolean livekitAnswers;
    /** Both are for the warden only. */
    private boolean said;
    private int warmUps;

    public Dispatcher(DispatcherSettings settings, DispatcherMetrics metrics, MeterRegistry registry, ContainedFaults faults) {
        Duration lookBack = within(settings.dispatch().lookBack(), "look-back", Duration.ofSeconds(10));
        Duration warmAge = within(settings.dispatch().warmAge(), "warm-age", Duration.ofSeconds(5));
        Clock clock = SteadyClock.ofThisProcess();
        KafkaAddress kafka = KafkaAddress.of(settings).metered(registry);
        String instance = settings.instance();
        this.metrics = metrics;
        this.livekit = new AgentDispatches(
                settings.livekit().url(), settings.livekit().key(), settings.livekit().secret());
        this.publisher = new CallEventPublisher(kafka, instance, faults);
        this.probeRoom = "trunkline-probe-of-" + instance;
        this.traces = CallTraces.of(settings, SERVICE, instance);
        var envelopes = traces.envelopes("/" + SERVICE + "/" + instance, clock, UUID::randomUUID);
        var tools = new DispatcherTools(livekit, publisher, envelopes, clock, new RecordAges(clock, this::longestOnTheWay), metrics, waiting, timers, this::upToDate, faults);
        var places = new Places(clock, lookBack.multipliedBy(2));
        this.pools = new WarmPools(
                livekit, instance, warmAge, new SecureRandom(), new WarmPools.Calls(this::share, this::partitions),
                places::taken, timers, metrics, faults);
        var watches = new Watches(tools, new RecentCalls(clock, lookBack.multipliedBy(2)), places, pools, kept);
        this.wantedRooms = new TopicTail(
                kafka, instance + "-warm-pools", List.of(Topics.WARM_POOLS), new TopicTail.From.Beginning(), pools::wanted, faults);
        metrics.watchWarmRooms(pools::waiting);
        this.tail = new TopicTail(
                kafka,
                instance + "-tail",
                List.of(Topics.EVENTS),
                new TopicTail.From.Time(clock.instant().minus(lookBack)),
                watches::seen,
                kept,
                faults).unhurried(COLLECTING);
        this.groupPartitions = new GroupPartitions(kept, clock, lookBack);
        this.group = new CallEventGroup(
                kafka, SERVICE, instance, Set.of(CallAdmitted.class, AgentLeft.class, AgentWanted.class), watches, publisher,
                groupPartitions, faults);
        this.warden = new Rounds("dispatcher-warden", this::round, faults);
    }

    private Duration longestOnTheWay() {
        return group.longestOnTheWay();
    }

    private static Duration within(Duration value, String setting, Duration least) {
        if (value.compareTo(least) < 0 || value.compareTo(Duration.ofHours(1)) > 0) {
            throw new IllegalArgumentException("trunkline.dispatch.%s is %s; it must be between %ds and 1h"
                    .formatted(setting, value, least.toSeconds()));
        }
        return value;
    }

    void start(@Observes StartupEvent event, DispatcherSettings settings) {
        JsonLines.install(settings, "agent-dispatcher", settings.instance());
        tail.start();
        // Admissions from before the start must find out what became of their calls.
        tail.caughtUp().thenRun(this::startGroup);
        wantedRooms.start();
        // The topic distinguishes rooms that an earlier run left behind from those of its calls.
        tail.caughtUp().thenRun(pools::start);
        warden.start();
    }

    private void startGroup() {
        groupPartitions.begin(tail.partitions());
        group.start();
    }

    void stop(@Observes ShutdownEvent event) {
        LOG.info("draining: calls still waiting for an agent go to another dispatcher");
        group.close();
        wantedRooms.close();
        pools.close();
        tail.close();
        warden.close();
        timers.shutdownNow();
        waiting.shutdownNow();
        publisher.close();
        traces.close();
        livekit.close();
    }

    /** Whether admissions arrive, and what becomes of their calls is read. */
    boolean takesCalls() {
        return readsKafka() && publisher.stuck().isEmpty();
    }

    private boolean readsKafka() {
        return group.healthy() && tail.healthy() && group.reading() && tail.reading();
    }

    /** Describes what is wrong with Kafka, if anything is. */
    String kafka() {
        Optional<String> missing = group.missingRight().or(tail::missingRight);
        if (missing.isPresent()) {
            return missing.get();
        }
        if (!group.healthy() || !tail.healthy()) {
            return "not assigned yet";
        }
        Duration deaf = tail.deafFor().compareTo(group.deafFor()) > 0 ? tail.deafFor() : group.deafFor();
        return readsKafka() ? publisher.stuck().orElse("assigned, and read") : "NOT READ for %d s".formatted(deaf.toSeconds());
    }

    /** Whether LiveKit is still checked, and the rooms in which agents wait are still maintained. */
    boolean keepsWatch() {
        return warden.alive() && (pools.alive() || !tail.healthy());
    }

    private int share() {
        return group.share();
    }

    private int partitions() {
        return tail.partitions();
    }

    private CompletionStage<Void> upToDate() {
        return tail.readToEnd();
    }

    boolean livekitAnswers() {
        return livekitAnswers;
    }

    private Duration round() throws InterruptedException {
        boolean answers = look();
        if (answers && warmUps < WARM_UP_ROUNDS) {
            warmUps++;
            return Duration.ZERO;
        }
        return answers ? BETWEEN_LOOKS : BETWEEN_LOOKS_WHILE_AWAY;
    }

    private boolean look() throws InterruptedException {
        boolean answers = false;
        try {
            livekit.exists(probeRoom);
            answers = true;
        } catch (LiveKitException e) {
            if (livekitAnswers || !said) {
                LOG.warn(e.getMessage());
                said = true;
            }
        }
        if (answers && !livekitAnswers) {
            LOG.info("LiveKit answers");
        }
        livekitAnswers = answers;
        metrics.livekitUp(answers);
        return answers;
    }
}
