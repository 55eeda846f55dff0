package dev.trunkline.limiter.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trunkline.events.CallId;
import dev.trunkline.events.CallRouted;
import dev.trunkline.events.Envelope.Owners;
import dev.trunkline.events.RateScope;
import dev.trunkline.events.RefusalReason;
import dev.trunkline.limiter.Calls;
import dev.trunkline.limiter.MovableClock;
import dev.trunkline.limiter.admission.Applicant;
import dev.trunkline.limiter.admission.Tally;
import dev.trunkline.limiter.admission.Verdict;
import dev.trunkline.limiter.ledger.CallLedger.Renewal;
import dev.trunkline.local.RedisServer;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.sync.RedisCommands;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The ledger on a real Redis, by a clock that the test moves. */
class CallLedgerTest {
    private static final int PORT = 17800;
    private static final Duration LEASE = Duration.ofSeconds(30);
    private static final Owners EDGE = Owners.edge("edge-1");
    private static final Owners BOTH = EDGE.withRelay("relay-1");

    private static RedisServer server;
    private static RedisClient client;
    private static RedisCommands<String, String> redis;
    private static RedisLink link;

    private final MovableClock clock = new MovableClock(Instant.parse("2026-03-01T12:00:00Z"));
    private final CallLedger ledger = ledger(100);

    @BeforeAll
    static void startRedis() throws Exception {
        server = RedisServer.start(PORT);
        client = RedisClient.create(server.url());
        redis = client.connect().sync();
        link = new RedisLink(server.url(), Duration.ofSeconds(5)).start();
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

    private CallLedger ledger(int suiteLimit) {
        return new CallLedger(link, LedgerKeys.SUITE, new LedgerTime.Of(clock), suiteLimit, LEASE);
    }

    private Verdict admit(CallRouted routed) throws Exception {
        return ledger.admit(Applicant.of(routed, EDGE));
    }

    private Verdict admit(Calls calls) throws Exception {
        return admit(calls.routed());
    }

    private static Verdict admitted(int caller, int number, int organisation, int suite) {
        return new Verdict.Admitted(new Tally(caller, number, organisation, suite));
    }

    private static RefusalReason reason(Verdict verdict) {
        assertThat(verdict).isInstanceOf(Verdict.Refused.class);
        return ((Verdict.Refused) verdict).reason();
    }

    private static OptionalInt retryAfter(Verdict verdict) {
        return ((Verdict.Refused) verdict).retryAfterSeconds();
    }

    @Test
    void theFirstCallIsCountedEverywhere() throws Exception {
        assertThat(admit(Calls.plain())).isEqualTo(admitted(1, 1, 1, 1));
        assertThat(admit(Calls.plain().from("beef"))).isEqualTo(admitted(1, 2, 2, 2));
        assertThat(admit(Calls.plain().to("+3225550101"))).isEqualTo(admitted(1, 1, 3, 3));
        assertThat(admit(Calls.plain().of("org-2").to("+4930123"))).isEqualTo(admitted(1, 1, 1, 4));
    }

    @Test
    void theEleventhCallInAnHourIsTooMany() throws Exception {
        for (int call = 1; call <= 10; call++) {
            assertThat(admit(Calls.plain())).isEqualTo(admitted(call, call, call, call));
        }
        Verdict eleventh = admit(Calls.plain());
        assertThat(reason(eleventh)).isEqualTo(RefusalReason.CALLER_RATE);
        assertThat(retryAfter(eleventh)).hasValue(3600);
    }

    @Test
    void theWindowSlides() throws Exception {
        Calls calls = Calls.plain().rate(2, 60, RateScope.NUMBER);
        admit(calls);
        clock.advance(Duration.ofSeconds(40));
        admit(calls);
        assertThat(retryAfter(admit(calls))).hasValue(20);

        clock.advance(Duration.ofSeconds(19));
        assertThat(retryAfter(admit(calls))).hasValue(1);
        clock.advance(Duration.ofSeconds(1));
        assertThat(admit(calls)).isInstanceOf(Verdict.Admitted.class);
        assertThat(retryAfter(admit(calls))).hasValue(40);
    }

    @Test
    void aLimitThatWasLoweredNamesTheTimeWhenThereIsRoom() throws Exception {
        Calls calls = Calls.plain().rate(3, 60, RateScope.NUMBER);
        for (int call = 0; call < 3; call++) {
            admit(calls);
            clock.advance(Duration.ofSeconds(10));
        }
        assertThat(retryAfter(admit(calls.rate(1, 60, RateScope.NUMBER)))).hasValue(50);
    }

    @Test
    void refusedCallsDoNotCountTowardsTheRate() throws Exception {
        Calls calls = Calls.plain().rate(2, 60, RateScope.NUMBER).numberLimit(1);
        CallRouted first = calls.routed();
        admit(first);
        for (int call = 0; call < 5; call++) {
            assertThat(reason(admit(calls))).isEqualTo(RefusalReason.NUMBER_BUSY);
        }
        ledger.free(first.callId());
        assertThat(admit(calls)).isEqualTo(admitted(2, 1, 1, 1));
    }

    @Test
    void endedCallsStillCountTowardsTheRate() throws Exception {
        Calls calls = Calls.plain().rate(1, 60, RateScope.NUMBER);
        CallRouted first = calls.routed();
        admit(first);
        ledger.free(first.callId());
        assertThat(reason(admit(calls))).isEqualTo(RefusalReason.CALLER_RATE);
    }

    @Test
    void aNumberWithItsOwnRateHasItsOwnWindow() throws Exception {
        Calls number = Calls.plain().rate(1, 60, RateScope.NUMBER);
        admit(number);
        assertThat(admit(number.to("+3225550199"))).isInstanceOf(Verdict.Admitted.class);
        assertThat(admit(number.rate(1, 60, RateScope.ORGANISATION))).isInstanceOf(Verdict.Admitted.class);
        assertThat(reason(admit(number.to("+3225550188").rate(1, 60, RateScope.ORGANISATION))))
                .isEqualTo(RefusalReason.CALLER_RATE);
    }

    @Test
    void aCallersRateIsNobodyElses() throws Exception {
        Calls calls = Calls.plain().rate(1, 60, RateScope.ORGANISATION);
        admit(calls);
        assertThat(admit(calls.from("beef"))).isInstanceOf(Verdict.Admitted.class);
        assertThat(admit(calls.of("org-2"))).isInstanceOf(Verdict.Admitted.class);
    }

    @Test
    void eachLimitHasItsReason() throws Exception {
        admit(Calls.plain());
        assertThat(reason(admit(Calls.plain().numberLimit(1)))).isEqualTo(RefusalReason.NUMBER_BUSY);
        assertThat(reason(admit(Calls.plain().organisationLimit(1)))).isEqualTo(RefusalReason.ORGANISATION_BUSY);
        assertThat(reason(ledger(1).admit(Applicant.of(Calls.plain().routed(), EDGE))))
                .isEqualTo(RefusalReason.SUITE_FULL);
        assertThat(reason(admit(Calls.plain().numberLimit(0)))).isEqualTo(RefusalReason.NUMBER_BUSY);
    }

    @Test
    void theCallersOwnRateIsNamedFirst() throws Exception {
        Calls calls = Calls.plain().rate(1, 60, RateScope.NUMBER).numberLimit(1).organisationLimit(1);
        admit(calls);
        assertThat(reason(admit(calls))).isEqualTo(RefusalReason.CALLER_RATE);
        assertThat(reason(admit(calls.from("beef")))).isEqualTo(RefusalReason.NUMBER_BUSY);
        assertThat(reason(admit(calls.from("beef").to("+1")))).isEqualTo(RefusalReason.ORGANISATION_BUSY);
    }

    @Test
    void anEndFreesTheSlotAtOnceAndOnce() throws Exception {
        CallRouted first = Calls.plain().numberLimit(1).routed();
        admit(first);
        assertThat(ledger.free(first.callId())).isTrue();
        assertThat(ledger.free(first.callId())).isFalse();
        assertThat(admit(Calls.plain().numberLimit(1))).isEqualTo(admitted(2, 1, 1, 1));
    }

    @Test
    void anAdmittedCallGetsTheSameAnswerAgainAndOneSlot() throws Exception {
        CallRouted first = Calls.plain().numberLimit(1).rate(1, 60, RateScope.NUMBER).routed();
        Verdict verdict = admit(first);
        clock.advance(Duration.ofSeconds(5));
        assertThat(admit(first)).isEqualTo(verdict);
        assertThat(ledger.calls()).isEqualTo(1);
    }

    @Test
    void aRefusedCallGetsTheSameAnswerAgainEvenIfThereIsRoomNow() throws Exception {
        CallRouted first = Calls.plain().routed();
        admit(first);
        CallRouted second = Calls.plain().numberLimit(1).routed();
        Verdict refused = admit(second);
        ledger.free(first.callId());
        assertThat(admit(second)).isEqualTo(refused);
    }

    @Test
    void leasesRunOutWithoutHeartbeats() throws Exception {
        Calls calls = Calls.plain().numberLimit(1).organisationLimit(1);
        admit(calls);
        clock.advance(LEASE.minusMillis(1));
        assertThat(reason(admit(calls))).isEqualTo(RefusalReason.NUMBER_BUSY);
        clock.advance(Duration.ofMillis(1));
        assertThat(admit(calls)).isEqualTo(admitted(2, 1, 1, 1));
    }

    @Test
    void heartbeatsHoldTheSlot() throws Exception {
        Calls calls = Calls.plain().numberLimit(1);
        CallRouted first = calls.routed();
        admit(first);
        for (int beat = 0; beat < 12; beat++) {
            clock.advance(Duration.ofSeconds(10));
            assertThat(ledger.renew(calls.heartbeat(first.callId(), beat), BOTH)).isEqualTo(Renewal.RENEWED);
        }
        assertThat(reason(admit(calls))).isEqualTo(RefusalReason.NUMBER_BUSY);
    }

    @Test
    void aWipedRedisIsRebuiltFromHeartbeats() throws Exception {
        Calls calls = Calls.plain().numberLimit(2);
        List<CallRouted> up = List.of(calls.routed(), calls.routed());
        for (CallRouted routed : up) {
            admit(routed);
        }
        redis.flushall();
        assertThat(ledger.renew(calls.heartbeat(up.get(0).callId(), 3), BOTH)).isEqualTo(Renewal.REBUILT);
        assertThat(ledger.renew(calls.heartbeat(up.get(1).callId(), 8), BOTH)).isEqualTo(Renewal.REBUILT);
        assertThat(ledger.renew(calls.heartbeat(up.get(1).callId(), 9), BOTH)).isEqualTo(Renewal.RENEWED);

        Verdict third = admit(calls);
        assertThat(third).isEqualTo(new Verdict.Refused(
                RefusalReason.NUMBER_BUSY, OptionalInt.empty(), new Tally(0, 2, 2, 2)));
        assertThat(ledger.free(up.get(0).callId())).isTrue();
        assertThat(admit(calls)).isEqualTo(admitted(1, 2, 2, 2));
    }

    @Test
    void aRebuiltCallIsNotJudgedAgain() throws Exception {
        CallRouted first = Calls.plain().routed();
        ledger.renew(Calls.plain().heartbeat(first.callId(), 0), BOTH);
        assertThat(admit(first)).isEqualTo(new Verdict.Over());
    }

    @Test
    void aLeaseThatRanOutComesBackWithAHeartbeat() throws Exception {
        CallRouted first = Calls.plain().routed();
        admit(first);
        clock.advance(LEASE.plusSeconds(5));
        assertThat(admit(Calls.plain())).isEqualTo(admitted(2, 1, 1, 1));
        ledger.renew(Calls.plain().heartbeat(first.callId(), 0), BOTH);
        assertThat(admit(Calls.plain())).isEqualTo(admitted(3, 3, 3, 3));
    }

    @Test
    void whatComesAfterTheEndTakesNoSlot() throws Exception {
        CallRouted first = Calls.plain().routed();
        admit(first);
        ledger.free(first.callId());
        assertThat(ledger.renew(Calls.plain().heartbeat(first.callId(), 1), BOTH)).isEqualTo(Renewal.OVER);
        assertThat(admit(first)).isEqualTo(new Verdict.Over());
        assertThat(ledger.calls()).isZero();
    }

    @Test
    void anEndThatComesBeforeTheRouteWins() throws Exception {
        CallRouted cancelled = Calls.plain().routed();
        ledger.free(cancelled.callId());
        assertThat(admit(cancelled)).isEqualTo(new Verdict.Over());
        assertThat(admit(Calls.plain())).isEqualTo(admitted(1, 1, 1, 1));
    }

    @Test
    void theNoteOfAnEndExpires() throws Exception {
        CallId callId = new CallId(UUID.randomUUID());
        ledger.free(callId);
        assertThat(redis.pttl(LedgerKeys.SUITE.call(callId))).isBetween(1L, 60_000L);
    }

    @Test
    void nothingIsKeptForEver() throws Exception {
        CallRouted first = Calls.plain().routed();
        admit(first);
        ledger.renew(Calls.plain().heartbeat(first.callId(), 0), BOTH);
        admit(Calls.plain().numberLimit(1));
        assertThat(redis.keys("*")).isNotEmpty().allSatisfy(key -> assertThat(redis.pttl(key)).isPositive());
    }

    @Test
    void silentCallsAreClaimedOnceTheGraceIsOver() throws Exception {
        CallRouted first = Calls.plain().routed();
        admit(first);
        clock.advance(Duration.ofSeconds(4));
        ledger.answered(first.callId());
        clock.advance(Duration.ofSeconds(6));
        ledger.renew(Calls.plain().heartbeat(first.callId(), 0), BOTH);

        clock.advance(LEASE.multipliedBy(2).minusSeconds(1));
        assertThat(ledger.lapsed(LEASE, LEASE)).isEmpty();
        clock.advance(Duration.ofSeconds(1));
        assertThat(ledger.lapsed(LEASE, LEASE)).singleElement().satisfies(lost -> {
            assertThat(lost.callId()).isEqualTo(first.callId());
            assertThat(lost.owners()).isEqualTo(BOTH);
            assertThat(lost.duration()).isEqualTo(Duration.ofSeconds(6));
            assertThat(lost.media()).hasValueSatisfying(media -> assertThat(media).contains("packetsReceived"));
        });
        assertThat(ledger.lapsed(LEASE, LEASE)).as("claimed").isEmpty();
        clock.advance(LEASE);
        assertThat(ledger.lapsed(LEASE, LEASE)).as("the claim was not fulfilled").hasSize(1);
        ledger.free(first.callId());
        clock.advance(LEASE);
        assertThat(ledger.lapsed(LEASE, LEASE)).isEmpty();
    }

    @Test
    void aCallThatIsHeardOfAgainIsNotLost() throws Exception {
        CallRouted first = Calls.plain().routed();
        admit(first);
        clock.advance(LEASE.multipliedBy(2));
        ledger.renew(Calls.plain().heartbeat(first.callId(), 0), BOTH);
        assertThat(ledger.lapsed(LEASE, LEASE)).isEmpty();
    }

    @Test
    void redisKnowsNoCallerByNumber() throws Exception {
        admit(Calls.plain().from("a1b2c3"));
        assertThat(redis.keys("*caller*")).containsExactly("{trunkline}:caller:number:+3225550100:a1b2c3");
    }

    @Test
    void redissOwnClockDoesAsWell() throws Exception {
        var byRedis = new CallLedger(link, LedgerKeys.SUITE, new LedgerTime.OfRedis(), 100, LEASE);
        Calls calls = Calls.plain().rate(1, 3600, RateScope.NUMBER);
        byRedis.admit(Applicant.of(calls.routed(), EDGE));
        assertThat(retryAfter(byRedis.admit(Applicant.of(calls.routed(), EDGE))).getAsInt()).isBetween(3500, 3600);
    }

    @Test
    void aRestartedRedisLearnsTheScriptsAnew() throws Exception {
        admit(Calls.plain());
        redis.scriptFlush();
        assertThat(admit(Calls.plain())).isEqualTo(admitted(2, 2, 2, 2));
    }

    @Test
    void twoLimitersNeverExceedALimitTogether() throws Exception {
        Calls calls = Calls.plain().rate(10_000, 60, RateScope.NUMBER).numberLimit(37);
        var second = new RedisLink(server.url(), Duration.ofSeconds(5)).start();
        try (second; var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            while (!second.answers()) {
                Thread.sleep(10);
            }
            var other = new CallLedger(second, LedgerKeys.SUITE, new LedgerTime.OfRedis(), 100, LEASE);
            var own = new CallLedger(link, LedgerKeys.SUITE, new LedgerTime.OfRedis(), 100, LEASE);
            List<Callable<Verdict>> tasks = new ArrayList<>();
            for (int call = 0; call < 400; call++) {
                CallLedger one = call % 2 == 0 ? own : other;
                Applicant applicant = Applicant.of(calls.from("caller-" + call).routed(), EDGE);
                tasks.add(() -> one.admit(applicant));
            }
            int let = 0;
            for (Future<Verdict> verdict : threads.invokeAll(tasks)) {
                if (verdict.get() instanceof Verdict.Admitted(Tally tally)) {
                    let++;
                    assertThat(tally.number()).isBetween(1, 37);
                }
            }
            assertThat(let).isEqualTo(37);
        }
    }

    @Test
    void aRedisThatIsNotThereFailsAtOnceAndIsSaid() throws Exception {
        try (var nowhere = new RedisLink("redis://127.0.0.1:17849", Duration.ofMillis(100)).start()) {
            var blind = new CallLedger(nowhere, LedgerKeys.SUITE, new LedgerTime.OfRedis(), 100, LEASE);
            assertThat(nowhere.answers()).isFalse();
            assertThatThrownBy(() -> blind.admit(Applicant.of(Calls.plain().routed(), EDGE)))
                    .isInstanceOf(LedgerUnavailableException.class)
                    .hasMessageContaining("not connected");
        }
    }
}
