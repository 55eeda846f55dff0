package dev.trunkline.dispatcher;

import dev.trunkline.dispatcher.livekit.AgentDispatches;
import dev.trunkline.dispatcher.livekit.LiveKitException;
import dev.trunkline.events.CallAdmitted;
import dev.trunkline.events.Topics;
import dev.trunkline.bus.CallEventGroup;
import dev.trunkline.bus.CallEventPublisher;
import dev.trunkline.events.codec.Envelopes;
import dev.trunkline.bus.KafkaAddress;
import dev.trunkline.bus.TopicTail;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.jboss.logging.Logger;

/** The service put together: Kafka, LiveKit and what goes on between them. */
@Singleton
public class Dispatcher {
    private static final Logger LOG = Logger.getLogger(Dispatcher.class);
    private static final String SERVICE = "agent-dispatcher";
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(5);
    private static final Duration BETWEEN_LOOKS_WHILE_AWAY = Duration.ofSeconds(1);
    /** Whoever asks LiveKit for the first time should not be a call. */
    private static final int WARM_UP_ROUNDS = 20;

    private final DispatcherMetrics metrics;
    private final AgentDispatches livekit;
    private final CallEventPublisher publisher;
    private final CallEventGroup group;
    private final TopicTail tail;
    private final String probeRoom;
    private final ExecutorService waiting = Executors.newVirtualThreadPerTaskExecutor();
    private final ScheduledExecutorService timers = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("watch-timers").daemon().factory());
    private final Thread warden = Thread.ofVirtual().name("warden").unstarted(this::watch);
    private volatile boolean livekitAnswers;
    /** Only the warden's. */
    private boolean said;

    public Dispatcher(DispatcherSettings settings, DispatcherMetrics metrics) {
        Duration lookBack = checked(settings.dispatch().lookBack());
        Clock clock = Clock.systemUTC();
        KafkaAddress kafka = KafkaAddress.of(settings.kafka());
        String instance = settings.instance();
        this.metrics = metrics;
        this.livekit = new AgentDispatches(
                settings.livekit().url(), settings.livekit().key(), settings.livekit().secret());
        this.publisher = new CallEventPublisher(kafka, instance);
        this.probeRoom = "trunkline-probe-of-" + instance;
        var envelopes = new Envelopes("/" + SERVICE + "/" + instance, clock, UUID::randomUUID);
        var tools = new DispatcherTools(livekit, publisher, envelopes, clock, metrics, waiting, timers);
        var watches = new Watches(tools, new RecentCalls(clock, lookBack.multipliedBy(2)));
        this.tail = new TopicTail(
                kafka,
                instance + "-tail",
                List.of(Topics.EVENTS),
                new TopicTail.From.Time(clock.instant().minus(lookBack)),
                watches::seen);
        this.group = new CallEventGroup(
                kafka, SERVICE, instance, Set.of(CallAdmitted.class), watches, publisher);
    }

    private static Duration checked(Duration lookBack) {
        if (lookBack.compareTo(Duration.ofSeconds(10)) < 0 || lookBack.compareTo(Duration.ofHours(1)) > 0) {
            throw new IllegalArgumentException(
                    "trunkline.dispatch.look-back is " + lookBack + "; it must be between 10s and 1h");
        }
        return lookBack;
    }

    void start(@Observes StartupEvent event) {
        tail.start();
        // Admissions of before the start must meet what became of their calls.
        tail.caughtUp().thenRun(group::start);
        warden.start();
    }

    void stop(@Observes ShutdownEvent event) {
        LOG.info("draining: calls that still wait for an agent go to another dispatcher");
        group.close();
        tail.close();
        warden.interrupt();
        timers.shutdownNow();
        waiting.shutdownNow();
        publisher.close();
        livekit.close();
    }

    boolean takesCalls() {
        return group.healthy() && tail.healthy();
    }

    boolean livekitAnswers() {
        return livekitAnswers;
    }

    private void watch() {
        try {
            for (int round = 0; round < WARM_UP_ROUNDS && look(); round++) {
                LOG.debugf("warming up, round %d", round);
            }
            while (true) {
                Thread.sleep(livekitAnswers ? BETWEEN_LOOKS : BETWEEN_LOOKS_WHILE_AWAY);
                look();
            }
        } catch (InterruptedException e) {
            LOG.debug("the warden goes home");
        }
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
