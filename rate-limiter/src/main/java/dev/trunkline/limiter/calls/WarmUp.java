package dev.trunkline.limiter.calls;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.trunkline.events.AgentPool;
import dev.trunkline.events.AnswerPolicy;
import dev.trunkline.events.CallId;
import dev.trunkline.events.CallRouted;
import dev.trunkline.events.Caller;
import dev.trunkline.events.Envelope.Owners;
import dev.trunkline.events.InviteReceived;
import dev.trunkline.events.Limits;
import dev.trunkline.events.OrganisationRef;
import dev.trunkline.events.RateScope;
import dev.trunkline.events.RuleRef;
import dev.trunkline.events.TrunkRef;
import dev.trunkline.events.codec.EventJson;
import dev.trunkline.limiter.admission.Announcement;
import dev.trunkline.limiter.admission.Applicant;
import dev.trunkline.limiter.admission.Terms;
import dev.trunkline.limiter.ledger.CallLedger;
import dev.trunkline.limiter.ledger.LedgerKeys;
import dev.trunkline.limiter.ledger.LedgerTime;
import dev.trunkline.limiter.ledger.LedgerUnavailableException;
import dev.trunkline.limiter.ledger.RedisLink;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import org.jboss.logging.Logger;

/** Decides on calls that do not exist, under separate keys that expire, so that the first caller does not wait. */
public final class WarmUp {
    private static final Logger LOG = Logger.getLogger(WarmUp.class);
    private static final int ROUNDS = 200;
    /** If Redis is unavailable at startup, the limiter must still start and report this for each call. */
    private static final Duration AT_MOST = Duration.ofSeconds(5);

    private final RedisLink redis;
    private final CallLedger ledger;
    private final Terms terms = new Terms(ROUNDS, 1);
    private final Announcement announcement = new Announcement(30);

    public WarmUp(RedisLink redis, String instance) {
        this.redis = redis;
        this.ledger = new CallLedger(
                redis, new LedgerKeys("trunkline-warm-up-" + instance), new LedgerTime.OfRedis(),
                Duration.ofSeconds(30));
    }

    public void run() throws InterruptedException {
        long until = System.nanoTime() + AT_MOST.toNanos();
        while (!redis.answers()) {
            if (System.nanoTime() > until) {
                LOG.warn("starting without warm-up: Redis does not answer");
                return;
            }
            Thread.sleep(50);
        }
        try {
            for (int round = 0; round < ROUNDS; round++) {
                decide(new CallId(new UUID(until, round)));
            }
        } catch (LedgerUnavailableException | JsonProcessingException e) {
            LOG.warnf("starting without warm-up: %s", e.getMessage());
        }
    }

    private void decide(CallId callId) throws InterruptedException, JsonProcessingException {
        String json = EventJson.MAPPER.writeValueAsString(nobody(callId));
        CallRouted routed = EventJson.MAPPER.readValue(json, CallRouted.class);
        Applicant applicant = terms.applicant(routed, Owners.NONE);
        announcement.of(routed, applicant, get(ledger.admit(applicant)));
        get(ledger.free(callId, CallLedger.Rate.GIVEN_BACK));
    }

    private static <T> T get(CompletionStage<T> answer) throws InterruptedException {
        try {
            return answer.toCompletableFuture().get();
        } catch (ExecutionException e) {
            throw new LedgerUnavailableException(e.getCause().getMessage());
        }
    }

    private static CallRouted nobody(CallId callId) {
        var invite = new InviteReceived(
                callId, "none", new TrunkRef("none", "none"), "none", "none", "none", new Caller("none", true), "", "",
                "none", Instant.EPOCH, Instant.EPOCH);
        var limits = new Limits(
                new Limits.CallerRate(ROUNDS, 60, RateScope.NUMBER), OptionalInt.of(ROUNDS), OptionalInt.of(ROUNDS),
                Optional.of(new AgentPool("none", ROUNDS)));
        return new CallRouted.Builder(callId, invite, new OrganisationRef("none", "none"), "none", new RuleRef("none", "none"), "none")
                .config(JsonNodeFactory.instance.objectNode())
                .limits(limits)
                .answerPolicy(AnswerPolicy.IMMEDIATE)
                .patienceSeconds(1)
                .build();
    }
}
