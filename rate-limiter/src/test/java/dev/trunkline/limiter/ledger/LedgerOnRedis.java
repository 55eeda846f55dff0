package dev.trunkline.limiter.ledger;

import dev.trunkline.backends.Backend;
import dev.trunkline.backends.Backends;
import dev.trunkline.events.CallHeartbeat;
import dev.trunkline.events.CallId;
import dev.trunkline.events.CallRejected;
import dev.trunkline.events.CallRouted;
import dev.trunkline.events.Envelope.Owners;
import dev.trunkline.events.RefusalReason;
import dev.trunkline.limiter.Calls;
import dev.trunkline.limiter.MovableClock;
import dev.trunkline.limiter.admission.Announcement;
import dev.trunkline.limiter.admission.Applicant;
import dev.trunkline.limiter.admission.Tally;
import dev.trunkline.limiter.admission.Terms;
import dev.trunkline.limiter.admission.Verdict;
import dev.trunkline.limiter.ledger.CallLedger.Rate;
import dev.trunkline.limiter.ledger.CallLedger.Renewal;
import dev.trunkline.local.Passwords;
import dev.trunkline.local.Ports;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.sync.RedisCommands;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/** The ledger on a real Redis, with a clock that the test moves. The suite's cap is 100. */
abstract class LedgerOnRedis {
    static final Duration LEASE = Duration.ofSeconds(30);
    static final Owners EDGE = Owners.edge("edge-1");
    static final Owners BOTH = EDGE.withRelay("relay-1");
    static final Terms TERMS = new Terms(100, 1);

    static Backend server;
    static RedisCommands<String, String> redis;
    static RedisLink link;
    private static RedisClient client;

    final MovableClock clock = new MovableClock(Instant.parse("2026-03-01T12:00:00Z"));
    final CallLedger ledger = new CallLedger(link, LedgerKeys.SUITE, new LedgerTime.Of(clock), LEASE);

    @BeforeAll
    static void startRedis() throws Exception {
        server = Backends.chosen().redis(Ports.free(), Passwords.make(new SecureRandom()));
        client = RedisClient.create(server.address());
        redis = client.connect().sync();
        link = new RedisLink(server.address(), Duration.ofSeconds(5)).start();
        awaitConnected(link);
    }

    static void awaitConnected(RedisLink link) throws InterruptedException {
        while (!link.answers()) {
            Thread.sleep(10);
        }
    }

    @AfterAll
    static void stopRedis() throws IOException {
        link.close();
        client.shutdown();
        server.close();
    }

    @BeforeEach
    void emptyRedis() {
        redis.flushall();
    }

    static <T> T done(CompletionStage<T> stage) {
        return stage.toCompletableFuture().join();
    }

    Verdict admit(Terms terms, CallRouted routed) {
        return done(ledger.admit(terms.applicant(routed, EDGE)));
    }

    Verdict admit(CallRouted routed) {
        return admit(TERMS, routed);
    }

    Verdict admit(Calls calls) {
        return admit(calls.routed());
    }

    Renewal renew(CallHeartbeat heartbeat, Owners owners) {
        return done(ledger.renew(heartbeat, owners));
    }

    boolean free(CallId callId) {
        return done(ledger.free(callId, Rate.COUNTED));
    }

    static Applicant applicant(Calls calls) {
        return TERMS.applicant(calls.routed(), EDGE);
    }

    static Verdict admitted(int caller, Integer... atOnce) {
        return new Verdict.Admitted(new Tally(caller, List.of(atOnce)));
    }

    /** Returns what the trunk is told about a call, which must be a rejection. */
    CallRejected rejected(Terms terms, Calls calls) {
        CallRouted routed = calls.routed();
        Applicant applicant = terms.applicant(routed, EDGE);
        Verdict verdict = done(ledger.admit(applicant));
        return (CallRejected) new Announcement(30).of(routed, applicant, verdict).orElseThrow();
    }

    RefusalReason reason(Calls calls) {
        return rejected(TERMS, calls).reason();
    }

    OptionalInt retryAfter(Calls calls) {
        return rejected(TERMS, calls).retryAfterSeconds();
    }
}
