package dev.trunkline.limiter.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.events.AdmissionCount;
import dev.trunkline.events.CallRejected;
import dev.trunkline.events.CallRouted;
import dev.trunkline.events.RateScope;
import dev.trunkline.events.RefusalReason;
import dev.trunkline.limiter.Calls;
import dev.trunkline.limiter.admission.Terms;
import dev.trunkline.limiter.admission.Verdict;
import dev.trunkline.limiter.ledger.CallLedger.Rate;
import java.time.Duration;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** {@code admit.lua}: the sliding window of a caller. */
class CallerRateTest extends LedgerOnRedis {

    @Test
    void theEleventhCallInAnHourIsTooMany() throws Exception {
        for (int call = 1; call <= 10; call++) {
            assertThat(admit(Calls.plain())).isEqualTo(admitted(call, call, call, call));
        }
        CallRejected eleventh = rejected(TERMS, Calls.plain());
        assertThat(eleventh.reason()).isEqualTo(RefusalReason.CALLER_RATE);
        assertThat(eleventh.retryAfterSeconds()).hasValue(3600);
    }

    @Test
    void theWindowSlides() throws Exception {
        Calls calls = Calls.plain().rate(2, 60, RateScope.NUMBER);
        admit(calls);
        clock.advance(Duration.ofSeconds(40));
        admit(calls);
        assertThat(retryAfter(calls)).hasValue(20);

        clock.advance(Duration.ofSeconds(19));
        assertThat(retryAfter(calls)).hasValue(1);
        clock.advance(Duration.ofSeconds(1));
        assertThat(admit(calls)).isInstanceOf(Verdict.Admitted.class);
        assertThat(retryAfter(calls)).hasValue(40);
    }

    @Test
    void aLimitThatWasLoweredNamesTheTimeWhenThereIsRoom() throws Exception {
        Calls calls = Calls.plain().rate(3, 60, RateScope.NUMBER);
        for (int call = 0; call < 3; call++) {
            admit(calls);
            clock.advance(Duration.ofSeconds(10));
        }
        assertThat(retryAfter(calls.rate(1, 60, RateScope.NUMBER))).hasValue(50);
    }

    @Test
    void refusedCallsDoNotCountTowardsTheRate() throws Exception {
        Calls calls = Calls.plain().rate(2, 60, RateScope.NUMBER).numberLimit(1);
        CallRouted first = calls.routed();
        admit(first);
        for (int call = 0; call < 5; call++) {
            assertThat(reason(calls)).isEqualTo(RefusalReason.NUMBER_BUSY);
        }
        free(first.callId());
        assertThat(admit(calls)).isEqualTo(admitted(2, 1, 1, 1));
    }

    @Test
    void endedCallsStillCountTowardsTheRate() throws Exception {
        Calls calls = Calls.plain().rate(1, 60, RateScope.NUMBER);
        CallRouted first = calls.routed();
        admit(first);
        free(first.callId());
        assertThat(reason(calls)).isEqualTo(RefusalReason.CALLER_RATE);
    }

    @Test
    void aNumberWithItsOwnRateHasItsOwnWindow() throws Exception {
        Calls number = Calls.plain().rate(1, 60, RateScope.NUMBER);
        admit(number);
        assertThat(admit(number.to("+3225550199"))).isInstanceOf(Verdict.Admitted.class);
        assertThat(admit(number.rate(1, 60, RateScope.ORGANISATION))).isInstanceOf(Verdict.Admitted.class);
        assertThat(reason(number.to("+3225550188").rate(1, 60, RateScope.ORGANISATION)))
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
    void theCallersOwnRateIsNamedFirst() throws Exception {
        Calls calls = Calls.plain().rate(1, 60, RateScope.NUMBER).numberLimit(1).organisationLimit(1);
        admit(calls);
        assertThat(reason(calls)).isEqualTo(RefusalReason.CALLER_RATE);
        assertThat(reason(calls.from("beef"))).isEqualTo(RefusalReason.NUMBER_BUSY);
        assertThat(reason(calls.from("beef").to("+1"))).isEqualTo(RefusalReason.ORGANISATION_BUSY);
    }

    @Test
    void redisKnowsNoCallerByNumber() throws Exception {
        admit(Calls.plain().from("a1b2c3"));
        assertThat(redis.keys("*caller*")).containsExactly("{trunkline}:caller:number:+3225550100:a1b2c3");
    }

    @Test
    void redissOwnClockDoesAsWell() throws Exception {
        var byRedis = new CallLedger(link, LedgerKeys.SUITE, new LedgerTime.OfRedis(), LEASE);
        Calls calls = Calls.plain().rate(1, 3600, RateScope.NUMBER);
        done(byRedis.admit(applicant(calls)));
        assertThat(done(byRedis.admit(applicant(calls)))).isInstanceOfSatisfying(Verdict.TooOften.class, refused ->
                assertThat(refused.roomIn()).isBetween(Duration.ofMinutes(50), Duration.ofHours(1)));
    }

    @Test
    void aCallThatIsRefusedAfterItWasLetInIsGivenBack() throws Exception {
        Calls calls = Calls.plain().rate(1, 60, RateScope.NUMBER);
        CallRouted first = calls.routed();
        admit(first);
        done(ledger.free(first.callId(), Rate.GIVEN_BACK));
        assertThat(admit(calls)).isEqualTo(admitted(1, 1, 1, 1));
    }

    @Test
    void refusedAttemptsDoNotKeepTheWindowClosed() throws Exception {
        Calls calls = Calls.plain().rate(1, 60, RateScope.NUMBER);
        admit(calls);
        for (int attempt = 0; attempt < 59; attempt++) {
            clock.advance(Duration.ofSeconds(1));
            assertThat(retryAfter(calls)).hasValue(59 - attempt);
        }
        clock.advance(Duration.ofSeconds(1));
        assertThat(admit(calls)).isEqualTo(admitted(1, 1, 1, 1));
    }

    @Test
    void aRepeatedAdmissionIsCountedOnceInTheWindow() throws Exception {
        Calls calls = Calls.plain().rate(2, 60, RateScope.NUMBER);
        CallRouted first = calls.routed();
        admit(first);
        admit(first);
        assertThat(admit(calls)).isEqualTo(admitted(2, 2, 2, 2));
    }

    @Test
    void aRaisedRateCountsAtOnceAndALoweredOneToo() throws Exception {
        Calls calls = Calls.plain();
        admit(calls);
        admit(calls);
        assertThat(reason(calls.rate(2, 3600, RateScope.NUMBER))).isEqualTo(RefusalReason.CALLER_RATE);
        assertThat(admit(calls.rate(3, 3600, RateScope.NUMBER))).isEqualTo(admitted(3, 3, 3, 3));
    }

    @Test
    void anonymousCallersOfATrunkShareOneWindow() throws Exception {
        Calls calls = Calls.plain().rate(2, 3600, RateScope.NUMBER).anonymous("trunk-1");
        admit(calls);
        clock.advance(Duration.ofSeconds(3000));
        admit(calls);
        CallRejected refused = rejected(TERMS, calls);
        assertThat(refused.reason()).isEqualTo(RefusalReason.CALLER_RATE);
        assertThat(refused.trace().getLast().detail()).isEqualTo("Anonymous callers of this trunk have called this"
                + " number 2 times in the last hour, 2 are allowed; the oldest leaves the window in 600 s.");
        assertThat(admit(calls.anonymous("trunk-2"))).isInstanceOf(Verdict.Admitted.class);
        assertThat(admit(calls.from("beef"))).isInstanceOf(Verdict.Admitted.class);
    }

    @Test
    void anAnonymousGroupMayCountAsSeveralCallers() throws Exception {
        Calls calls = Calls.plain().rate(2, 3600, RateScope.NUMBER).anonymous("trunk-1");
        var terms = new Terms(100, 3);
        for (int call = 0; call < 6; call++) {
            assertThat(admit(terms, calls.routed())).isInstanceOf(Verdict.Admitted.class);
        }
        assertThat(rejected(terms, calls).counts()).contains(
                new AdmissionCount("caller-rate", 6, OptionalInt.of(6)));
    }

    @Test
    void whatRedisCountedBeforeItsClockWasSetBackIsPast() throws Exception {
        Calls calls = Calls.plain().rate(2, 60, RateScope.NUMBER);
        admit(calls);
        admit(calls);
        clock.advance(Duration.ofSeconds(-30));
        assertThat(reason(calls)).as("a replica that took over may be behind").isEqualTo(RefusalReason.CALLER_RATE);
        clock.advance(Duration.ofHours(-1));
        assertThat(admit(calls)).isInstanceOf(Verdict.Admitted.class);
    }
}
