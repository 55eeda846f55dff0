package dev.trunkline.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.phone.AudioSource;
import dev.trunkline.phone.Call;
import dev.trunkline.phone.CallRequest;
import dev.trunkline.phone.CallResult;
import dev.trunkline.phone.Phone;
import dev.trunkline.system.support.AnalyticsPrograms;
import dev.trunkline.system.support.Await;
import dev.trunkline.system.support.SuiteExtension;
import dev.trunkline.system.support.SuiteUnderTest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The programs of the page for analytics consumers, on calls of the whole suite: they count exactly the calls that were placed. */
@ExtendWith(SuiteExtension.class)
class AnalyticsPageIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration TALK = Duration.ofSeconds(2);
    private static final String ORGANISATION = "counted";
    private static final String ON = "+3225551690";
    private static final String OFF = "+3225551691";
    /** Header that requests a call that no statistic counts; the demo's trunk is allowed to use it. */
    private static final String TRIAL = "X-Trunkline-Trial";

    private final SuiteUnderTest suite;

    AnalyticsPageIT(SuiteUnderTest suite) {
        this.suite = suite;
    }

    @Test
    void answeredUnansweredRefusedAndTrialCallsAreCountedFromTheirLastEventsAlone() throws Exception {
        suite.apply("""
                organisations:
                  - name: %1$s
                    caller_rate: {calls: 1000, window_seconds: 3600}
                    numbers:
                      - {phone_number: "%2$s", max_concurrent_calls: 5}
                      - {phone_number: "%3$s", active: false}
                rules:
                  - name: %1$s
                    organisation: %1$s
                    trunks: [demo]
                    type: individual
                    room_prefix: %1$s
                    agents: [{name: demo, metadata: {scenario: echo}}]
                """.formatted(ORGANISATION, ON, OFF));
        try (Phone phone = suite.phone()) {
            talk(phone, CallRequest.to(ON));
            talk(phone, CallRequest.to(ON));
            talk(phone, CallRequest.to(ON).header(TRIAL, "1"));
            refused(phone, CallRequest.to(OFF));
            refused(phone, CallRequest.to(OFF).header(TRIAL, "1"));
        }
        AnalyticsPrograms programs = AnalyticsPrograms.on(suite.suite().backends().kafka());

        Await.until("two answered calls and a refused one are counted", PATIENCE, () -> days(programs.python("calls_per_day.py")).equals("2 0 1"));
        assertThat(days(programs.java("CallsPerDay.java"))).isEqualTo("2 0 1");
        assertThat(ours(programs.python("refusals.py"))).singleElement().satisfies(row ->
                assertThat(row.values()).containsExactly(ORGANISATION, "number-inactive", "480", "1"));
        assertThat(ours(programs.python("durations.py"))).singleElement().satisfies(row -> {
            assertThat(row).containsEntry("answered", "2");
            assertThat(Double.parseDouble(row.get("median_talk_seconds"))).isGreaterThanOrEqualTo(TALK.toSeconds());
            assertThat(Double.parseDouble(row.get("talk_seconds")))
                    .isGreaterThanOrEqualTo(Double.parseDouble(row.get("longest_talk_seconds")));
            assertThat(Double.parseDouble(row.get("median_setup_seconds"))).isPositive();
        });
    }

    private static void talk(Phone phone, CallRequest request) throws Exception {
        Call call = phone.dial(request.from("+32470690001").saying(AudioSource.tone(700)));
        call.awaitAnswer(PATIENCE);
        // This does not wait for anything: it is the duration of the call.
        Thread.sleep(TALK);
        call.hangUp().toCompletableFuture().join();
    }

    private static void refused(Phone phone, CallRequest request) {
        assertThat(phone.dial(request.from("+32470690001")).awaitFinal(PATIENCE))
                .isInstanceOfSatisfying(CallResult.Refused.class, answer -> assertThat(answer.status()).isEqualTo(480));
    }

    /** Returns the counts of our answered, unanswered and refused calls of today, or of both days around midnight. */
    private static String days(List<Map<String, String>> rows) {
        return List.of("answered", "unanswered", "refused").stream()
                .map(column -> ours(rows).stream().mapToInt(row -> Integer.parseInt(row.get(column))).sum())
                .map(String::valueOf)
                .reduce((one, other) -> one + " " + other)
                .orElseThrow();
    }

    private static List<Map<String, String>> ours(List<Map<String, String>> rows) {
        return rows.stream().filter(row -> row.get("organisation").equals(ORGANISATION)).toList();
    }
}
