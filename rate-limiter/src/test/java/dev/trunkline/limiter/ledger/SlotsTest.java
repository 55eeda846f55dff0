package dev.trunkline.limiter.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trunkline.events.AdmissionCount;
import dev.trunkline.events.CallRejected;
import dev.trunkline.events.CallRouted;
import dev.trunkline.events.RateScope;
import dev.trunkline.events.RefusalReason;
import dev.trunkline.limiter.Calls;
import dev.trunkline.limiter.admission.Applicant;
import dev.trunkline.limiter.admission.Tally;
import dev.trunkline.limiter.admission.Terms;
import dev.trunkline.limiter.admission.Verdict;
import dev.trunkline.limiter.ledger.CallLedger.Renewal;
import dev.trunkline.local.Ports;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** {@code admit.lua}: concurrent calls. */
class SlotsTest extends LedgerOnRedis {

    @Test
    void theFirstCallIsCountedEverywhere() throws Exception {
        assertThat(admit(Calls.plain())).isEqualTo(admitted(1, 1, 1, 1));
        assertThat(admit(Calls.plain().from("beef"))).isEqualTo(admitted(1, 2, 2, 2));
        assertThat(admit(Calls.plain().to("+3225550101"))).isEqualTo(admitted(1, 1, 3, 3));
        assertThat(admit(Calls.plain().of("org-2").to("+4930123"))).isEqualTo(admitted(1, 1, 1, 4));
    }

    @Test
    void aLeaseThatRanOutWhileNobodyListenedStillCounts() throws Exception {
        Calls busy = Calls.plain().numberLimit(1);
        CallRouted living = busy.routed();
        admit(living);
        clock.advance(LEASE.plusSeconds(10));
        Applicant next = TERMS.applicant(busy.from("beef").routed(), EDGE);
        assertThat(done(ledger.admit(next, Duration.ofSeconds(40))))
                .as("deaf for 40 s: the call's heartbeats are perhaps still to be read")
                .isInstanceOf(Verdict.Full.class);
        assertThat(renew(Calls.plain().heartbeat(living.callId(), 1), BOTH)).isEqualTo(Renewal.RENEWED);
        clock.advance(LEASE.plusSeconds(10));
        Applicant later = TERMS.applicant(busy.from("cafe").routed(), EDGE);
        assertThat(done(ledger.admit(later, Duration.ZERO))).as("silent while it was listened for")
                .isInstanceOf(Verdict.Admitted.class);
    }

    @Test
    void eachLimitHasItsReason() throws Exception {
        admit(Calls.plain());
        assertThat(reason(Calls.plain().numberLimit(1))).isEqualTo(RefusalReason.NUMBER_BUSY);
        assertThat(reason(Calls.plain().organisationLimit(1))).isEqualTo(RefusalReason.ORGANISATION_BUSY);
        assertThat(rejected(new Terms(1, 1), Calls.plain()).reason())
                .isEqualTo(RefusalReason.SUITE_FULL);
        assertThat(reason(Calls.plain().numberLimit(0))).isEqualTo(RefusalReason.NUMBER_BUSY);
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
        free(first.callId());
        assertThat(admit(second)).isEqualTo(refused);
    }

    @Test
    void anEndThatComesBeforeTheRouteWins() throws Exception {
        CallRouted cancelled = Calls.plain().routed();
        free(cancelled.callId());
        assertThat(admit(cancelled)).isEqualTo(new Verdict.Over());
        assertThat(admit(Calls.plain())).isEqualTo(admitted(1, 1, 1, 1));
    }

    @Test
    void nothingIsKeptForEver() throws Exception {
        CallRouted first = Calls.plain().routed();
        admit(first);
        renew(Calls.plain().heartbeat(first.callId(), 0), BOTH);
        admit(Calls.plain().numberLimit(1));
        assertThat(redis.keys("*")).isNotEmpty().allSatisfy(key -> assertThat(redis.pttl(key)).isPositive());
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
        var second = new RedisLink(server.address(), Duration.ofSeconds(5)).start();
        try (second; var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            awaitConnected(second);
            var other = new CallLedger(second, LedgerKeys.SUITE, new LedgerTime.OfRedis(), LEASE);
            var own = new CallLedger(link, LedgerKeys.SUITE, new LedgerTime.OfRedis(), LEASE);
            List<Callable<Verdict>> tasks = new ArrayList<>();
            for (int call = 0; call < 400; call++) {
                CallLedger one = call % 2 == 0 ? own : other;
                Applicant applicant = applicant(calls.from("caller-" + call));
                tasks.add(() -> done(one.admit(applicant)));
            }
            int let = 0;
            for (Future<Verdict> verdict : threads.invokeAll(tasks)) {
                if (verdict.get() instanceof Verdict.Admitted(Tally tally)) {
                    let++;
                    assertThat(tally.atOnce().getFirst()).isBetween(1, 37);
                }
            }
            assertThat(let).isEqualTo(37);
        }
    }

    @Test
    void aRedisThatIsNotThereFailsAtOnceAndIsSaid() throws Exception {
        try (var nowhere = new RedisLink("redis://127.0.0.1:" + Ports.free(), Duration.ofMillis(100)).start()) {
            var blind = new CallLedger(nowhere, LedgerKeys.SUITE, new LedgerTime.OfRedis(), LEASE);
            assertThat(nowhere.answers()).isFalse();
            assertThatThrownBy(() -> done(blind.admit(applicant(Calls.plain()))))
                    .hasCauseInstanceOf(LedgerUnavailableException.class)
                    .hasMessageContaining("not connected");
        }
    }

    @Test
    void theSessionsOfAPoolAreSharedByOrganisations() throws Exception {
        Calls calls = Calls.plain().pool("gpu-1", 2);
        assertThat(admit(calls)).isEqualTo(admitted(1, 1, 1, 1, 1));
        assertThat(admit(calls.of("org-2").to("+4930123"))).isEqualTo(admitted(1, 1, 1, 2, 2));
        CallRejected refused = rejected(TERMS, calls.of("org-3").to("+39055"));
        assertThat(refused.reason()).isEqualTo(RefusalReason.AGENTS_BUSY);
        assertThat(refused.status()).isEqualTo(486);
        assertThat(refused.trace().getLast().detail())
                .isEqualTo("The agent pool gpu-1 has 2 concurrent calls; 2 are allowed.");
        assertThat(refused.counts()).containsExactly(
                new AdmissionCount("caller-rate", 0, OptionalInt.of(10)),
                new AdmissionCount("number", 0, OptionalInt.empty()),
                new AdmissionCount("organisation", 0, OptionalInt.empty()),
                new AdmissionCount("agent-pool", 2, OptionalInt.of(2)),
                new AdmissionCount("suite", 2, OptionalInt.of(100)));
        assertThat(admit(calls.pool("gpu-2", 2))).isInstanceOf(Verdict.Admitted.class);
    }

    @Test
    void aLoweredLimitRefusesUntilThereAreFewerAndHurtsNobody() throws Exception {
        Calls calls = Calls.plain();
        List<CallRouted> up = List.of(calls.routed(), calls.routed(), calls.routed());
        up.forEach(this::admit);
        Calls lowered = calls.numberLimit(2);
        assertThat(reason(lowered)).isEqualTo(RefusalReason.NUMBER_BUSY);
        for (CallRouted call : up) {
            assertThat(renew(calls.heartbeat(call.callId(), 0), BOTH)).isEqualTo(Renewal.RENEWED);
        }
        free(up.get(0).callId());
        assertThat(reason(lowered)).isEqualTo(RefusalReason.NUMBER_BUSY);
        free(up.get(1).callId());
        assertThat(admit(lowered)).isEqualTo(admitted(4, 2, 2, 2));
    }

    @Test
    void aRaisedLimitCountsAtOnce() throws Exception {
        Calls calls = Calls.plain().numberLimit(1).organisationLimit(1).pool("gpu-1", 1);
        admit(calls);
        assertThat(reason(calls)).isEqualTo(RefusalReason.NUMBER_BUSY);
        assertThat(reason(calls.numberLimit(2))).isEqualTo(RefusalReason.ORGANISATION_BUSY);
        assertThat(reason(calls.numberLimit(2).organisationLimit(2))).isEqualTo(RefusalReason.AGENTS_BUSY);
        assertThat(admit(calls.numberLimit(2).organisationLimit(2).pool("gpu-1", 2)))
                .isInstanceOf(Verdict.Admitted.class);
    }
}
