package dev.trunkline.limiter.admission;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.events.AdmissionCount;
import dev.trunkline.events.CallAdmitted;
import dev.trunkline.events.CallRejected;
import dev.trunkline.events.CallRouted;
import dev.trunkline.events.Envelope.Owners;
import dev.trunkline.events.RateScope;
import dev.trunkline.events.RefusalReason;
import dev.trunkline.limiter.Calls;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnnouncementTest {
    private static final Tally TALLY = new Tally(7, List.of(2, 3, 4, 50));
    private static final List<AdmissionCount> COUNTS = List.of(
            new AdmissionCount("caller-rate", 7, OptionalInt.of(10)),
            new AdmissionCount("number", 2, OptionalInt.of(2)),
            new AdmissionCount("organisation", 3, OptionalInt.of(3)),
            new AdmissionCount("agent-pool", 4, OptionalInt.of(4)),
            new AdmissionCount("suite", 50, OptionalInt.of(50)));
    private static final Calls CALLS = Calls.plain().numberLimit(2).organisationLimit(3).pool("gpu-1", 4);

    private final Announcement announcement = new Announcement(30);
    private final Terms terms = new Terms(50, 2);
    private final CallRouted routed = CALLS.routed();

    private CallRejected refusal(CallRouted call, Verdict verdict) {
        return (CallRejected) announcement.of(call, terms.applicant(call, Owners.NONE), verdict).orElseThrow();
    }

    private static String lastStep(CallRejected rejected) {
        return rejected.trace().getLast().detail();
    }

    @Test
    void admittedCarriesCountsBesideLimitsAndTheRoute() {
        var event = announcement.of(routed, terms.applicant(routed, Owners.NONE), new Verdict.Admitted(TALLY));
        assertThat(event).contains(new CallAdmitted(routed.callId(), routed, COUNTS, 30));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "0 | NUMBER_BUSY       | The number has 2 concurrent calls; 2 are allowed.",
        "1 | ORGANISATION_BUSY | The organisation has 3 concurrent calls; 3 are allowed.",
        "2 | AGENTS_BUSY       | The agent pool gpu-1 has 4 concurrent calls; 4 are allowed.",
        "3 | SUITE_FULL        | The suite has 50 concurrent calls; 50 are allowed."
    })
    void aRefusalEndsTheTraceWithWhatWasCounted(int seat, RefusalReason reason, String sentence) {
        CallRejected rejected = refusal(routed, new Verdict.Full(TALLY, seat));
        assertThat(rejected.reason()).isEqualTo(reason);
        assertThat(rejected.status()).isEqualTo(reason.status());
        assertThat(rejected.by()).isEqualTo("rate-limiter");
        assertThat(rejected.organisation()).contains(routed.organisation());
        assertThat(rejected.trace()).startsWith(routed.trace().getFirst());
        assertThat(rejected.trace().getLast().step()).isEqualTo(reason.code());
        assertThat(lastStep(rejected)).isEqualTo(sentence);
        assertThat(rejected.counts()).isEqualTo(COUNTS);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "NUMBER       | 10 | 3600 | 10 | this number 10 times in the last hour, 10 are allowed; the oldest leaves the window in 312 s.",
        "ORGANISATION | 1  | 60   | 1  | this organisation 1 time in the last minute, 1 is allowed; the oldest leaves the window in 312 s.",
        "NUMBER       | 2  | 7200 | 5  | this number 5 times in the last 2 hours, 2 are allowed; there is room again in 312 s.",
        "NUMBER       | 2  | 90   | 2  | this number 2 times in the last 90 s, 2 are allowed; the oldest leaves the window in 312 s.",
        "NUMBER       | 2  | 600  | 2  | this number 2 times in the last 10 minutes, 2 are allowed; the oldest leaves the window in 312 s."
    })
    void theRateSaysWhenTheWindowLetsTheCallerInAgain(
            RateScope scope, int limit, int window, int count, String sentence) {
        CallRouted call = CALLS.rate(limit, window, scope).routed();
        var verdict = new Verdict.TooOften(new Tally(count, List.of(0, 0, 0, 0)), Duration.ofSeconds(312));
        CallRejected rejected = refusal(call, verdict);
        assertThat(rejected.reason()).isEqualTo(RefusalReason.CALLER_RATE);
        assertThat(rejected.retryAfterSeconds()).hasValue(312);
        assertThat(lastStep(rejected)).isEqualTo("The caller has called " + sentence);
    }

    @ParameterizedTest
    @CsvSource({"1,1", "999,1", "1000,1", "1001,2", "3600000,3600", "0,1"})
    void waitingIsRoundedUpToWholeSeconds(long millis, int seconds) {
        CallRejected rejected = refusal(routed, new Verdict.TooOften(TALLY, Duration.ofMillis(millis)));
        assertThat(rejected.retryAfterSeconds()).hasValue(seconds);
    }

    @Test
    void anAnonymousGroupIsNamedAsSuchAndHasItsOwnLimit() {
        CallRouted call = CALLS.anonymous("t1").routed();
        var verdict = new Verdict.TooOften(new Tally(20, List.of(0, 0, 0, 0)), Duration.ofSeconds(5));
        CallRejected rejected = refusal(call, verdict);
        assertThat(lastStep(rejected)).startsWith("Anonymous callers of this trunk have called this number 20 times")
                .contains("20 are allowed");
        assertThat(rejected.counts()).startsWith(new AdmissionCount("caller-rate", 20, OptionalInt.of(20)));
    }

    @Test
    void uncountedCallsSaySo() {
        assertThat(announcement.uncountedAdmitted(routed).counts()).isEmpty();
        CallRejected refused = announcement.uncountedRefused(routed);
        assertThat(refused.reason()).isEqualTo(RefusalReason.LIMITER_UNAVAILABLE);
        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.retryAfterSeconds()).hasValue(5);
        assertThat(refused.counts()).isEmpty();
    }

    @Test
    void nothingIsSaidOfACallThatIsOver() {
        assertThat(announcement.of(routed, terms.applicant(routed, Owners.NONE), new Verdict.Over())).isEmpty();
    }
}
