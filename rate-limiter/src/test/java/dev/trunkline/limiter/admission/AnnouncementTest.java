package dev.trunkline.limiter.admission;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.events.AdmissionCount;
import dev.trunkline.events.CallAdmitted;
import dev.trunkline.events.CallEvent;
import dev.trunkline.events.CallRejected;
import dev.trunkline.events.CallRouted;
import dev.trunkline.events.RateScope;
import dev.trunkline.events.RefusalReason;
import dev.trunkline.limiter.Calls;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnnouncementTest {
    private static final Tally TALLY = new Tally(7, 2, 3, 40);
    private final Announcement announcement = new Announcement(50, 30);

    @Test
    void admittedCarriesCountsBesideLimitsAndTheRoute() {
        CallRouted routed = Calls.plain().numberLimit(2).routed();
        CallEvent event = announcement.of(routed, new Verdict.Admitted(TALLY)).orElseThrow();

        assertThat(event).isInstanceOfSatisfying(CallAdmitted.class, admitted -> {
            assertThat(admitted.route()).isEqualTo(routed);
            assertThat(admitted.leaseSeconds()).isEqualTo(30);
            assertThat(admitted.counts()).containsExactly(
                    new AdmissionCount("caller-rate", 7, OptionalInt.of(10)),
                    new AdmissionCount("number", 2, OptionalInt.of(2)),
                    new AdmissionCount("organisation", 3, OptionalInt.empty()),
                    new AdmissionCount("suite", 40, OptionalInt.of(50)));
        });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "CALLER_RATE       | This caller had 7 calls to this organisation in the last 60 s; 10 are allowed.",
        "NUMBER_BUSY       | The number has 2 calls; 2 at once are allowed.",
        "ORGANISATION_BUSY | The organisation has 3 calls; 3 at once are allowed.",
        "SUITE_FULL        | The suite has 40 calls; 50 at once are allowed."
    })
    void aRefusalEndsTheTraceWithWhatWasCounted(RefusalReason reason, String sentence) {
        CallRouted routed = Calls.plain()
                .rate(10, 60, RateScope.ORGANISATION)
                .numberLimit(2)
                .organisationLimit(3)
                .routed();
        CallRejected rejected = (CallRejected) announcement
                .of(routed, new Verdict.Refused(reason, OptionalInt.empty(), TALLY))
                .orElseThrow();

        assertThat(rejected.status()).isEqualTo(reason.status());
        assertThat(rejected.by()).isEqualTo("rate-limiter");
        assertThat(rejected.organisation()).contains(routed.organisation());
        assertThat(rejected.trace()).startsWith(routed.trace().getFirst());
        assertThat(rejected.trace().getLast().step()).isEqualTo(reason.code());
        assertThat(rejected.trace().getLast().detail()).isEqualTo(sentence);
    }

    @Test
    void theLedgersTimeBeatsTheReasonsOwn() {
        var verdict = new Verdict.Refused(RefusalReason.CALLER_RATE, OptionalInt.of(1234), TALLY);
        CallRejected rejected =
                (CallRejected) announcement.of(Calls.plain().routed(), verdict).orElseThrow();
        assertThat(rejected.retryAfterSeconds()).hasValue(1234);
    }

    @Test
    void uncountedCallsSaySo() {
        CallRouted routed = Calls.plain().routed();
        assertThat(announcement.uncountedAdmitted(routed).counts()).isEmpty();
        CallRejected refused = announcement.uncountedRefused(routed);
        assertThat(refused.reason()).isEqualTo(RefusalReason.LIMITER_UNAVAILABLE);
        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.retryAfterSeconds()).hasValue(5);
    }

    @Test
    void nothingIsSaidOfACallThatIsOver() {
        assertThat(announcement.of(Calls.plain().routed(), new Verdict.Over())).isEmpty();
    }
}
