package dev.trunkline.limiter.service;

import dev.trunkline.bus.CallEventChannel;
import dev.trunkline.bus.CallEventPublisher;
import dev.trunkline.bus.ChannelLost;
import dev.trunkline.bus.ContainedFaults;
import dev.trunkline.bus.KafkaAddress;
import dev.trunkline.bus.RecordAges;
import dev.trunkline.bus.Rounds;
import dev.trunkline.bus.SteadyClock;
import dev.trunkline.bus.TopicTail;
import dev.trunkline.bus.logs.JsonLines;
import dev.trunkline.bus.traces.CallTraces;
import dev.trunkline.events.Topics;
import dev.trunkline.limiter.admission.Announcement;
import dev.trunkline.limiter.admission.Terms;
import dev.trunkline.limiter.calls.Admissions;
import dev.trunkline.limiter.calls.Ends;
import dev.trunkline.limiter.calls.KafkaProbe;
import dev.trunkline.limiter.calls.Leeway;
import dev.trunkline.limiter.calls.LostCalls;
import dev.trunkline.limiter.calls.WarmUp;
import dev.trunkline.limiter.ledger.CallLedger;
import dev.trunkline.limiter.ledger.LedgerKeys;
import dev.trunkline.limiter.ledger.LedgerTime;
import dev.trunkline.limiter.ledger.LedgerUnavailableException;
import dev.trunkline.limiter.ledger.RedisLink;
import dev.trunkline.limiter.live.LiveCalls;
import dev.trunkline.limiter.live.LiveKeeper;
import dev.trunkline.limiter.live.LiveTable;
import dev.trunkline.limiter.metrics.LimiterMetrics;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;

/** The assembled service: Redis, Kafka and the parts between them. */
@Singleton
public class Limiter {
    private static final Logger LOG = Logger.getLogger(Limiter.class);
    private static final String SERVICE = "rate-limiter";
    private static final String WARDEN = "limiter-warden";
    private static final String KEEPER = "limiter-live-calls";
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

    private final LimiterSettings settings;
    private final LimiterMetrics metrics;
    private final RedisLink redis;
    private final CallLedger ledger;
    private final Ends ends;
    private final CallEventPublisher publisher;
    private final CallTraces traces;
    private final CallEventChannel group;
    private final KafkaProbe kafkaProbe;
    private final LostCalls lostCalls;
    private final Rounds warden;
    private final CallEventPublisher livePublisher;
    private final TopicTail liveTail;
    private final Rounds keeper;
    /** Whether, at the warden's last round, Redis answered, Kafka was read and no event waited. */
    private volatile boolean hearing;
    private final ContainedFaults faults;
    private volatile boolean warm;

    /** @param connection through which call events arrive */
    public Limiter(
            LimiterSettings given, LimiterMetrics metrics, ContainedFaults faults, CallEventChannel.Connection connection) {
        this.faults = faults;
        this.settings = SettingsCheck.check(given);
        this.metrics = metrics;
        Duration lease = settings.admission().lease();
        Clock clock = SteadyClock.ofThisProcess();
        KafkaAddress kafka = KafkaAddress.of(settings).metered(metrics.registry());
        this.traces = CallTraces.of(settings, SERVICE, settings.instance());
        var envelopes = traces.envelopes("/" + SERVICE + "/" + settings.instance(), clock, UUID::randomUUID);
        this.redis = new RedisLink(settings.redis(), settings.admission().redisTimeout());
        this.ledger = new CallLedger(redis, LedgerKeys.SUITE, new LedgerTime.OfRedis(), lease);
        this.ends = new Ends(ledger);
        this.publisher = new CallEventPublisher(kafka, settings.instance(), faults);
        // A separate producer: a decision never waits behind informational records.
        this.livePublisher = new CallEventPublisher(kafka, settings.instance() + "-live", faults);
        var table = new LiveTable();
        metrics.watchLive(table::size);
        this.liveTail = new TopicTail(
                kafka, settings.instance() + "-live-calls", List.of(Topics.LIVE_CALLS), new TopicTail.From.Beginning(),
                message -> LiveCalls.hear(table, message), faults);
        var live = new LiveCalls(livePublisher, table, ledger, this::liveTopicIsRead);
        var leeway = new Leeway(this::deafFor, System::nanoTime, lease);
        var admissions = new Admissions(
                ledger,
                ends,
                new Terms(settings.suiteCalls(), settings.admission().anonymousCallers()),
                new Announcement((int) lease.toSeconds()),
                settings.admission().whenUnavailable(),
                envelopes,
                publisher,
                live,
                clock,
                new RecordAges(clock, this::longestOnTheWay),
                metrics,
                leeway);
        this.group = new CallEventChannel(
                kafka, SERVICE, settings.instance(), Admissions.HANDLED, admissions, publisher, faults, connection);
        this.kafkaProbe = new KafkaProbe(kafka, settings.instance() + "-probe", SERVICE);
        this.lostCalls = new LostCalls(ledger, envelopes, publisher, clock, lease, metrics);
        this.warden = new Rounds(WARDEN, this::round, faults);
        var liveKeeper = new LiveKeeper(
                live, table, ledger, lease, () -> hearing && group.reading() && liveTopicIsRead(), leeway, System::nanoTime);
        this.keeper = new Rounds(
                KEEPER,
                () -> {
                    metrics.liveCorrected(liveKeeper.look());
                    return BETWEEN_LOOKS;
                },
                faults);
    }

    CallEventChannel channel() {
        return group;
    }

    /** A limiter that receives no calls must not keep running: its supervisor starts another. */
    void lost(@Observes ChannelLost loss) {
        LOG.errorf("channel=%s is lost, this process stops", loss.channel());
        Quarkus.asyncExit(1);
    }

    void start(@Observes StartupEvent event) {
        JsonLines.install(settings, "rate-limiter", settings.instance());
        redis.start();
        warden.start();
        liveTail.start();
        keeper.start();
    }

    void stop(@Observes ShutdownEvent event) {
        LOG.info("draining: leaving the group");
        group.close();
        warden.close();
        keeper.close();
        liveTail.close();
        publisher.close();
        traces.close();
        livePublisher.close();
        kafkaProbe.close();
        redis.close();
    }

    /** Whether the first decision will be as quick as the thousandth, the group has assigned partitions, and Kafka is read. */
    boolean takesCalls() {
        return warm && group.healthy() && group.reading() && publisher.stuck().isEmpty();
    }

    /** Whether the search for calls that nobody ends is still running. */
    boolean keepsWatch() {
        return warden.alive();
    }

    /** Describes what is wrong with Kafka, if anything is. */
    String kafka() {
        Optional<String> missing = group.missingRight().or(liveTail::missingRight);
        if (missing.isPresent()) {
            return missing.get();
        }
        if (!warm || !group.healthy()) {
            return "not assigned yet";
        }
        return group.reading() ? publisher.stuck().orElse("assigned, and read") : "NOT READ for %d s".formatted(group.deafFor().toSeconds());
    }

    private boolean liveTopicIsRead() {
        return liveTail.healthy() && liveTail.reading();
    }

    private Duration deafFor() {
        return group.deafFor();
    }

    private Duration longestOnTheWay() {
        return group.longestOnTheWay();
    }

    boolean redisAnswers() throws InterruptedException {
        boolean answers = redis.answers();
        metrics.redisUp(answers);
        return answers;
    }

    private Duration round() throws InterruptedException {
        if (!warm) {
            contained(() -> new WarmUp(redis, settings.instance()).run());
            warm = true;
            group.start();
        }
        boolean redisAnswers = redisAnswers();
        boolean allIsHandled = kafkaProbe.allIsHandled();
        if (redisAnswers) {
            contained(ends::catchUp);
        }
        hearing = redisAnswers && group.reading() && allIsHandled;
        contained(() -> lostCalls.sweep(hearing));
        if (redisAnswers) {
            contained(this::look);
        }
        return settings.admission().sweepInterval();
    }

    /** If one part of a round throws, only that part ends. */
    private void contained(Part part) throws InterruptedException {
        try {
            part.run();
        } catch (InterruptedException e) {
            throw e;
        } catch (Throwable fault) {
            faults.caught(WARDEN, fault);
        }
    }

    private interface Part {
        void run() throws InterruptedException;
    }

    private void look() throws InterruptedException {
        try {
            metrics.calls(ledger.calls());
        } catch (LedgerUnavailableException e) {
            LOG.debugf("the count of the suite's calls failed: %s", e.getMessage());
        }
    }
}
