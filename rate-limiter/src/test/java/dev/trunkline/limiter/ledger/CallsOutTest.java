package dev.trunkline.limiter.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.events.AdmissionCount;
import dev.trunkline.events.CallDirection;
import dev.trunkline.events.CallRejected;
import dev.trunkline.events.CallRouted;
import dev.trunkline.events.OutgoingLimits;
import dev.trunkline.events.RateScope;
import dev.trunkline.events.RefusalReason;
import dev.trunkline.limiter.Calls;
import dev.trunkline.limiter.admission.Applicant;
import dev.trunkline.limiter.admission.CallCard;
import dev.trunkline.limiter.admission.Tally;
import dev.trunkline.limiter.admission.Terms;
import dev.trunkline.limiter.admission.Verdict;
import dev.trunkline.limiter.ledger.CallLedger.Rate;
import dev.trunkline.limiter.ledger.CallLedger.Renewal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Outbound calls in the scripts: the limits that apply to them in addition to every call's, and that they leave nothing behind. */
class CallsOutTest extends LedgerOnRedis {
    private static final OptionalInt NONE = OptionalInt.empty();
    private static final OutgoingLimits NO_LIMITS = new OutgoingLimits(NONE, NONE, NONE, NONE, false);

    private static OutgoingLimits trunk(int atOnce) {
        return new OutgoingLimits(OptionalInt.of(atOnce), NONE, NONE, NONE, false);
    }

    private static OutgoingLimits trunkASecond(int calls) {
        return new OutgoingLimits(NONE, OptionalInt.of(calls), NONE, NONE, false);
    }

    private static OutgoingLimits organisation(int atOnce) {
        return new OutgoingLimits(NONE, NONE, OptionalInt.of(atOnce), NONE, false);
    }

    private static OutgoingLimits organisationAnHour(int calls) {
        return new OutgoingLimits(NONE, NONE, NONE, OptionalInt.of(calls), false);
    }

    private static OutgoingLimits emergency() {
        OptionalInt nothing = OptionalInt.of(0);
        return new OutgoingLimits(nothing, nothing, nothing, nothing, true);
    }

    private static Verdict out(int called, int second, int hour, Integer... atOnce) {
        return new Verdict.Admitted(new Tally(called, List.of(second, hour), List.of(atOnce)));
    }

    @Test
    void aCallOutIsCountedWithTrunkAndOrganisationToo() {
        assertThat(admit(Calls.plain())).isEqualTo(admitted(1, 1, 1, 1));
        assertThat(admit(Calls.plain().out(NO_LIMITS))).as("number, organisation, trunk, calls out, suite")
                .isEqualTo(out(1, 1, 1, 2, 2, 1, 1, 2));
        assertThat(admit(Calls.plain().from("beef").out(NO_LIMITS))).isEqualTo(out(1, 2, 2, 3, 3, 2, 2, 3));
        assertThat(admit(Calls.plain().of("org-2").out(NO_LIMITS))).isEqualTo(out(2, 3, 1, 4, 1, 3, 1, 4));
        assertThat(admit(Calls.plain())).as("being called is not calling").isEqualTo(admitted(2, 5, 4, 5));
    }

    @Test
    void eachCountHasItsNameBesideItsLimit() {
        CallRejected refused = rejected(TERMS, Calls.plain().out(
                new OutgoingLimits(OptionalInt.of(5), OptionalInt.of(2), OptionalInt.of(3), OptionalInt.of(0), false)));
        assertThat(refused.counts()).containsExactly(
                new AdmissionCount("caller-rate", 0, OptionalInt.of(10)),
                new AdmissionCount("trunk-rate", 0, OptionalInt.of(2)),
                new AdmissionCount("calls-out-rate", 0, OptionalInt.of(0)),
                new AdmissionCount("number", 0, NONE),
                new AdmissionCount("organisation", 0, NONE),
                new AdmissionCount("trunk", 0, OptionalInt.of(5)),
                new AdmissionCount("calls-out", 0, OptionalInt.of(3)),
                new AdmissionCount("suite", 0, OptionalInt.of(100)));
    }

    @Test
    void aTrunkWithAsManyCallsOutAsItMayHaveRefusesOneMoreAndTakesCallsIn() {
        Calls calls = Calls.plain().out(trunk(1));
        CallRouted first = calls.routed();
        admit(first);
        CallRejected refused = rejected(TERMS, calls.of("org-2"));
        assertThat(refused.reason()).isEqualTo(RefusalReason.CALLS_OUT_BUSY);
        assertThat(refused.status()).isEqualTo(486);
        assertThat(refused.trace().getLast().detail()).isEqualTo("The trunk has 1 concurrent outbound call; 1 is allowed.");
        assertThat(admit(Calls.plain())).isInstanceOf(Verdict.Admitted.class);
        free(first.callId());
        assertThat(admit(calls)).isInstanceOf(Verdict.Admitted.class);
    }

    @Test
    void anOrganisationWithAsManyCallsOutAsItMayHaveIsRefusedOneMore() {
        Calls calls = Calls.plain().out(organisation(2));
        admit(Calls.plain());
        admit(calls);
        admit(calls);
        CallRejected refused = rejected(TERMS, calls);
        assertThat(refused.reason()).isEqualTo(RefusalReason.CALLS_OUT_BUSY);
        assertThat(refused.trace().getLast().detail())
                .isEqualTo("The organisation has 2 concurrent outbound calls; 2 are allowed.");
        assertThat(admit(calls.of("org-2"))).isInstanceOf(Verdict.Admitted.class);
    }

    @Test
    void aTrunkTakesSoManyNewCallsOutASecond() {
        Calls calls = Calls.plain().out(trunkASecond(2));
        admit(calls);
        clock.advance(Duration.ofMillis(600));
        admit(calls);
        CallRejected refused = rejected(TERMS, calls);
        assertThat(refused.reason()).isEqualTo(RefusalReason.CALLS_OUT_RATE);
        assertThat(refused.status()).isEqualTo(480);
        assertThat(refused.retryAfterSeconds()).hasValue(1);
        assertThat(refused.trace().getLast().detail()).isEqualTo("The trunk has called out 2 times in the last second,"
                + " 2 are allowed; the oldest leaves the window in 1 s.");
        clock.advance(Duration.ofMillis(400));
        assertThat(admit(calls)).as("the first has left the window").isEqualTo(out(3, 2, 3, 3, 3, 3, 3, 3));
    }

    @Test
    void anOrganisationCallsOutSoOftenInAnHourAndIsToldWhenItMayAgain() {
        Calls calls = Calls.plain().out(organisationAnHour(2));
        admit(calls);
        clock.advance(Duration.ofMinutes(20));
        admit(calls.from("beef"));
        for (int attempt = 0; attempt < 3; attempt++) {
            CallRejected refused = rejected(TERMS, calls.from("cafe"));
            assertThat(refused.reason()).isEqualTo(RefusalReason.CALLS_OUT_RATE);
            assertThat(refused.retryAfterSeconds()).hasValue(2400);
            assertThat(refused.trace().getLast().detail()).isEqualTo("The organisation has called out 2 times in the last"
                    + " hour, 2 are allowed; the oldest leaves the window in 2400 s.");
        }
        clock.advance(Duration.ofMinutes(40));
        assertThat(admit(calls.from("cafe"))).isInstanceOf(Verdict.Admitted.class);
    }

    @Test
    void whoeverIsCalledIsCalledSoOftenAndNoMore() {
        Calls calls = Calls.plain().rate(1, 3600, RateScope.NUMBER).out(NO_LIMITS);
        admit(calls);
        CallRejected refused = rejected(TERMS, calls);
        assertThat(refused.reason()).isEqualTo(RefusalReason.CALLER_RATE);
        assertThat(refused.trace().getLast().detail()).isEqualTo("The called number was called by this number 1 time in the"
                + " last hour, 1 is allowed; the oldest leaves the window in 3600 s.");
        assertThat(admit(calls.from("beef"))).isInstanceOf(Verdict.Admitted.class);
    }

    @Test
    void anEmergencyCallIsCountedAndNeverRefused() {
        Calls calls = Calls.plain().rate(1, 3600, RateScope.NUMBER).numberLimit(1).organisationLimit(1).pool("gpu-1", 1);
        admit(calls.out(NO_LIMITS));
        var full = new Terms(1, 1);
        assertThat(admit(full, calls.out(emergency()).routed())).isEqualTo(out(2, 2, 2, 2, 2, 2, 2, 2, 2));
        assertThat(admit(full, calls.out(emergency()).routed())).isEqualTo(out(3, 3, 3, 3, 3, 3, 3, 3, 3));
        assertThat(rejected(TERMS, calls.from("beef").out(organisationAnHour(3))).reason()).as("it counts for others")
                .isEqualTo(RefusalReason.CALLS_OUT_RATE);
    }

    @Test
    void aCallOutThatWasRefusedAfterItWasLetInIsGivenBackToEachWindow() {
        Calls calls = Calls.plain().rate(1, 60, RateScope.NUMBER).out(
                new OutgoingLimits(NONE, OptionalInt.of(1), NONE, OptionalInt.of(1), false));
        CallRouted first = calls.routed();
        admit(first);
        done(ledger.free(first.callId(), Rate.GIVEN_BACK));
        CallRouted second = calls.routed();
        assertThat(admit(second)).isEqualTo(out(1, 1, 1, 1, 1, 1, 1, 1));
        free(second.callId());
        assertThat(reason(calls.from("beef"))).as("a call that came about counts").isEqualTo(RefusalReason.CALLS_OUT_RATE);
    }

    @Test
    void aRepeatedRouteGetsTheSameAnswerAndIsCountedOnce() {
        Calls calls = Calls.plain().out(new OutgoingLimits(
                OptionalInt.of(1), OptionalInt.of(1), OptionalInt.of(1), OptionalInt.of(1), false));
        CallRouted first = calls.routed();
        Verdict verdict = admit(first);
        clock.advance(Duration.ofSeconds(2));
        assertThat(admit(first)).isEqualTo(verdict);
        CallRouted second = calls.from("beef").routed();
        Verdict refused = admit(second);
        assertThat(refused).isInstanceOf(Verdict.DialledTooOften.class);
        done(ledger.free(first.callId(), Rate.GIVEN_BACK));
        assertThat(admit(second)).isEqualTo(refused);
    }

    @Test
    void leasesOfCallsOutRunOutAndAreHeldByHeartbeats() {
        Calls calls = Calls.plain().out(trunk(1));
        CallRouted first = calls.routed();
        admit(first);
        clock.advance(Duration.ofSeconds(20));
        assertThat(renew(calls.heartbeat(first.callId(), 0), BOTH)).isEqualTo(Renewal.RENEWED);
        clock.advance(Duration.ofSeconds(20));
        assertThat(reason(calls)).isEqualTo(RefusalReason.CALLS_OUT_BUSY);
        clock.advance(Duration.ofSeconds(10));
        assertThat(admit(calls)).isInstanceOf(Verdict.Admitted.class);
    }

    @Test
    void aWipedRedisCountsCallsOutAgainByTheirHeartbeatsAlone() {
        for (Calls calls : List.of(Calls.plain().out(trunk(1)), Calls.plain().out(new OutgoingLimits(NONE, NONE, OptionalInt.of(1), NONE, false)))) {
            redis.flushall();
            CallRouted first = calls.routed();
            admit(first);
            redis.flushall();
            assertThat(renew(calls.heartbeat(first.callId(), 1), BOTH)).isEqualTo(Renewal.REBUILT);
            assertThat(reason(calls)).isEqualTo(RefusalReason.CALLS_OUT_BUSY);
            assertThat(reason(calls.to("+3225550101"))).as("of another number, too").isEqualTo(RefusalReason.CALLS_OUT_BUSY);
            assertThat(admit(Calls.plain())).as("of a call in there is one").isEqualTo(admitted(1, 2, 2, 2));
            done(ledger.keep(first.callId(), CallCard.of(first), clock.instant()));
            assertThat(free(first.callId())).isTrue();
            assertThat(admit(calls)).isInstanceOf(Verdict.Admitted.class);
        }
    }

    @Test
    void aWipedRedisCountsCallsOutAgainByHeartbeatAndCard() {
        Calls calls = Calls.plain().out(trunk(1));
        CallRouted first = calls.routed();
        admit(first);
        redis.flushall();
        assertThat(renew(calls.olderHeartbeat(first.callId(), 1), BOTH)).isEqualTo(Renewal.REBUILT);
        for (int twice = 0; twice < 2; twice++) {
            done(ledger.keep(first.callId(), CallCard.of(first), clock.instant()));
        }
        assertThat(reason(calls)).isEqualTo(RefusalReason.CALLS_OUT_BUSY);
        clock.advance(Duration.ofSeconds(20));
        assertThat(renew(calls.olderHeartbeat(first.callId(), 2), BOTH)).isEqualTo(Renewal.RENEWED);
        clock.advance(Duration.ofSeconds(20));
        assertThat(reason(calls)).as("renewed with the others").isEqualTo(RefusalReason.CALLS_OUT_BUSY);
        assertThat(free(first.callId())).isTrue();
        assertThat(redis.keys("*:calls:*")).isEmpty();
    }

    @Test
    void theCardOfACallThatIsOverBringsNothingBack() {
        CallRouted first = Calls.plain().out(NO_LIMITS).routed();
        admit(first);
        free(first.callId());
        done(ledger.keep(first.callId(), CallCard.of(first), clock.instant()));
        assertThat(redis.keys("*:calls:*")).isEmpty();
    }

    @Test
    void aLegThatFellSilentIsToldWithItsDirectionAndItsParent() throws Exception {
        CallRouted leg = Calls.plain().out(NO_LIMITS).routed();
        admit(leg);
        clock.advance(LEASE.multipliedBy(2));
        assertThat(ledger.lapsed(LEASE, LEASE)).singleElement().satisfies(lost ->
                assertThat(lost.summary()).hasValueSatisfying(call -> {
                    assertThat(call.direction()).isEqualTo(CallDirection.OUTBOUND);
                    assertThat(call.parent()).contains(Calls.PARENT);
                    assertThat(call.trunk()).isEqualTo(leg.invite().trunk());
                }));
    }

    @Test
    void aCardWrittenBeforeThereWereCallsOutIsThatOfACallThatCameIn() throws Exception {
        CallRouted call = Calls.plain().routed();
        admit(call);
        String key = "{trunkline}:call:" + call.callId();
        assertThat(redis.hget(key, "card")).doesNotContain("direction").doesNotContain("parent");
        clock.advance(LEASE.multipliedBy(2));
        assertThat(ledger.lapsed(LEASE, LEASE)).singleElement().satisfies(lost ->
                assertThat(lost.summary()).hasValueSatisfying(told -> {
                    assertThat(told.direction()).isEqualTo(CallDirection.INBOUND);
                    assertThat(told.parent()).isEmpty();
                }));
    }

    @Test
    void nothingOfACallOutIsKeptForEver() {
        admit(Calls.plain().out(NO_LIMITS));
        admit(Calls.plain().out(trunk(0)));
        assertThat(redis.keys("*")).isNotEmpty().allSatisfy(key -> assertThat(redis.pttl(key)).isPositive());
    }

    @Test
    void twoLimitersNeverExceedALimitOfCallsOutTogether() throws Exception {
        Calls calls = Calls.plain().out(
                new OutgoingLimits(OptionalInt.of(37), NONE, OptionalInt.of(20), OptionalInt.of(12), false));
        var second = new RedisLink(server.address(), Duration.ofSeconds(5)).start();
        try (second; var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            awaitConnected(second);
            var other = new CallLedger(second, LedgerKeys.SUITE, new LedgerTime.OfRedis(), LEASE);
            var own = new CallLedger(link, LedgerKeys.SUITE, new LedgerTime.OfRedis(), LEASE);
            List<Callable<Verdict>> tasks = new ArrayList<>();
            for (int call = 0; call < 400; call++) {
                CallLedger one = call % 2 == 0 ? own : other;
                Applicant applicant = applicant(calls.from("called-" + call).of("org-" + call % 4));
                tasks.add(() -> done(one.admit(applicant)));
            }
            int let = 0;
            for (Future<Verdict> verdict : threads.invokeAll(tasks)) {
                if (verdict.get() instanceof Verdict.Admitted(Tally tally)) {
                    let++;
                    assertThat(tally.rates().getLast()).as("of its organisation in the hour").isBetween(1, 12);
                    assertThat(tally.atOnce().get(2)).as("of the trunk").isBetween(1, 37);
                }
            }
            assertThat(let).isEqualTo(37);
        }
    }
}
