package dev.trunkline.limiter;

import dev.trunkline.bus.CallEventGroup;
import dev.trunkline.bus.CallEventPublisher;
import dev.trunkline.events.codec.Envelopes;
import dev.trunkline.bus.KafkaAddress;
import dev.trunkline.limiter.admission.Announcement;
import dev.trunkline.limiter.admission.Terms;
import dev.trunkline.limiter.ledger.CallLedger;
import dev.trunkline.limiter.ledger.LedgerKeys;
import dev.trunkline.limiter.ledger.LedgerTime;
import dev.trunkline.limiter.ledger.LedgerUnavailableException;
import dev.trunkline.limiter.ledger.RedisLink;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import org.jboss.logging.Logger;

/** The service put together: Redis, Kafka and what goes on between them. */
@Singleton
public class Limiter {
    private static final Logger LOG = Logger.getLogger(Limiter.class);
    private static final String SERVICE = "rate-limiter";

    private final LimiterSettings settings;
    private final LimiterMetrics metrics;
    private final RedisLink redis;
    private final CallLedger ledger;
    private final Ends ends;
    private final CallEventPublisher publisher;
    private final CallEventGroup group;
    private final KafkaProbe kafkaProbe;
    private final LostCalls lostCalls;
    private final Thread warden;
    private volatile boolean warm;

    public Limiter(LimiterSettings given, LimiterMetrics metrics) {
        this.settings = SettingsCheck.check(given);
        this.metrics = metrics;
        Duration lease = settings.admission().lease();
        Clock clock = Clock.systemUTC();
        KafkaAddress kafka = KafkaAddress.of(settings.kafka());
        var envelopes = new Envelopes("/" + SERVICE + "/" + settings.instance(), clock, UUID::randomUUID);
        this.redis = new RedisLink(settings.redis(), settings.admission().redisTimeout());
        this.ledger = new CallLedger(redis, LedgerKeys.SUITE, new LedgerTime.OfRedis(), lease);
        this.ends = new Ends(ledger);
        this.publisher = new CallEventPublisher(kafka, settings.instance());
        var admissions = new Admissions(
                ledger,
                ends,
                new Terms(settings.suiteCalls(), settings.admission().anonymousCallers()),
                new Announcement((int) lease.toSeconds()),
                settings.admission().whenUnavailable(),
                envelopes,
                publisher,
                clock,
                metrics);
        this.group = new CallEventGroup(
                kafka, SERVICE, settings.instance(), Admissions.HANDLED, admissions, publisher);
        this.kafkaProbe = new KafkaProbe(kafka, settings.instance() + "-probe");
        this.lostCalls = new LostCalls(ledger, envelopes, publisher, clock, lease, metrics);
        this.warden = Thread.ofVirtual().name("warden").unstarted(this::watch);
    }

    void start(@Observes StartupEvent event) {
        redis.start();
        warden.start();
    }

    void stop(@Observes ShutdownEvent event) {
        LOG.info("draining: leaving the group");
        group.close();
        warden.interrupt();
        publisher.close();
        kafkaProbe.close();
        redis.close();
    }

    /** Whether the first decision will be as quick as the thousandth, and the group has given partitions. */
    boolean takesCalls() {
        return warm && group.healthy();
    }

    boolean redisAnswers() throws InterruptedException {
        boolean answers = redis.answers();
        metrics.redisUp(answers);
        return answers;
    }

    private void watch() {
        try {
            new WarmUp(redis, settings.instance()).run();
            warm = true;
            group.start();
            while (true) {
                boolean redisAnswers = redisAnswers();
                if (redisAnswers) {
                    ends.catchUp();
                }
                lostCalls.sweep(redisAnswers && kafkaProbe.answers());
                if (redisAnswers) {
                    look();
                }
                Thread.sleep(settings.admission().sweepInterval());
            }
        } catch (InterruptedException e) {
            LOG.debug("the warden goes home");
        }
    }

    private void look() throws InterruptedException {
        try {
            metrics.calls(ledger.calls());
        } catch (LedgerUnavailableException e) {
            LOG.debugf("counting the suite's calls failed: %s", e.getMessage());
        }
    }
}
