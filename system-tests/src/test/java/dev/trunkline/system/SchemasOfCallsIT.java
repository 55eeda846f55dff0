package dev.trunkline.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.events.Topics;
import dev.trunkline.phone.AudioSource;
import dev.trunkline.phone.Call;
import dev.trunkline.phone.CallRequest;
import dev.trunkline.phone.Phone;
import dev.trunkline.system.support.AnalyticsPrograms;
import dev.trunkline.system.support.Apicurio;
import dev.trunkline.system.support.Await;
import dev.trunkline.system.support.Poison;
import dev.trunkline.system.support.Script;
import dev.trunkline.system.support.SuiteExtension;
import dev.trunkline.system.support.SuiteUnderTest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A consumer holds the events of a call against the schemas that it reads from a registry, as {@code docs/analytics.md} shows. */
@Tag("long")
@ExtendWith(SuiteExtension.class)
class SchemasOfCallsIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String EVERY = "dev.trunkline.";
    private static final String ENDED = "dev.trunkline.call.ended.v1";
    private static final List<String> OF_EACH_CALL = List.of(
            "dev.trunkline.call.invite.received.v1", "dev.trunkline.call.routed.v1", "dev.trunkline.call.admitted.v1",
            "dev.trunkline.call.media.ready.v1", "dev.trunkline.call.agent.joined.v1", "dev.trunkline.call.answered.v1", ENDED);

    private final SuiteUnderTest suite;

    SchemasOfCallsIT(SuiteUnderTest suite) {
        this.suite = suite;
    }

    @Test
    void theEventsOfACallFit() throws Exception {
        try (Apicurio registry = Apicurio.start()) {
            Script.Ended registered = suite.script("schemas", "register", registry.url());
            assertThat(registered.exitCode()).as(registered.output()).isZero();
            AnalyticsPrograms programs = AnalyticsPrograms.on(suite.suite().backends().kafka());
            // Other tests put records on the topic that nobody can read.
            List<Map<String, String>> before = programs.python("validate.py", registry.url());
            call();
            Await.until("the last event of the call is read", PATIENCE,
                    () -> sum(programs.python("validate.py", registry.url()), ENDED, "events") > sum(before, ENDED, "events"));
            List<Map<String, String>> after = programs.python("validate.py", registry.url());
            assertThat(OF_EACH_CALL).allSatisfy(type -> assertThat(sum(after, type, "events")).isGreaterThan(sum(before, type, "events")));
            assertThat(sum(after, EVERY, "unfit")).isEqualTo(sum(before, EVERY, "unfit"));
            assertThat(sum(after, EVERY, "unknown")).isEqualTo(sum(before, EVERY, "unknown"));

            Poison.empty(suite.suite().backends().kafka(), Topics.EVENTS, ENDED);
            assertThat(sum(programs.python("validate.py", registry.url()), ENDED, "unfit")).isEqualTo(sum(before, ENDED, "unfit") + 1);
        }
    }

    private static int sum(List<Map<String, String>> rows, String type, String column) {
        return rows.stream().filter(row -> row.get("type").startsWith(type)).mapToInt(row -> Integer.parseInt(row.get(column))).sum();
    }

    private void call() throws Exception {
        try (Phone phone = suite.phone()) {
            Call call = phone.dial(CallRequest.to(Numbers.ON_AGENT).from("+32470600003").saying(AudioSource.tone(700)));
            call.awaitAnswer(PATIENCE);
            call.hangUp().toCompletableFuture().join();
        }
    }
}
