package dev.trunkline.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.events.Agent;
import dev.trunkline.events.CallRouted;
import dev.trunkline.events.EndReason;
import dev.trunkline.events.RefusalReason;
import dev.trunkline.phone.Call;
import dev.trunkline.phone.CallRequest;
import dev.trunkline.phone.CallResult;
import dev.trunkline.phone.Phone;
import dev.trunkline.system.support.Script;
import dev.trunkline.system.support.SuiteExtension;
import dev.trunkline.system.support.SuiteUnderTest;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Rule files written for LiveKit, applied by the script; then their numbers are called. */
@ExtendWith(SuiteExtension.class)
class LiveKitFilesIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String WRAPPED = "+3225551620";
    private static final String FLAT = "+3225551621";
    private static final String NAMED_CALLER = "+32470811111";
    private static final String OTHER_CALLER = "+32470811112";

    private final SuiteUnderTest suite;

    LiveKitFilesIT(SuiteUnderTest suite) {
        this.suite = suite;
    }

    @BeforeEach
    void numbers() throws Exception {
        suite.apply("""
                organisations:
                  - name: from-livekit
                    caller_rate: {calls: 1000, window_seconds: 3600}
                    numbers:
                      - {phone_number: "%s", max_concurrent_calls: 10}
                      - {phone_number: "%s", max_concurrent_calls: 10}
                """.formatted(WRAPPED, FLAT));
    }

    @Test
    void theWrappedFormRoutesByDialledNumberAndCaller() throws Exception {
        Script.Ended applied = apply("wrapped.json");
        assertThat(applied.exitCode()).as(applied.output()).isZero();
        assertThat(applied.output()).contains("livekit-wrapped").doesNotContain("deprecated");

        try (Phone phone = suite.phone()) {
            CallRouted routed = routed(phone, WRAPPED, NAMED_CALLER);
            assertThat(routed.rule().name()).isEqualTo("livekit-wrapped");
            assertThat(routed.room()).startsWith("lk-");
            assertThat(routed.agents()).containsExactly(new Agent("demo", "{\"scenario\": \"echo\"}"));

            Call another = phone.dial(CallRequest.to(WRAPPED).from(OTHER_CALLER));
            assertThat(another.awaitFinal(PATIENCE)).isInstanceOf(CallResult.Refused.class);
            suite.events().of(another).assertRejected(RefusalReason.CALLER_NOT_ALLOWED);
        }
    }

    @Test
    void theFlatFormsInboundNumbersAreTheDialledOnesAndAWarningSaysSo() throws Exception {
        Script.Ended applied = apply("flat.json");
        assertThat(applied.exitCode()).as(applied.output()).isZero();
        assertThat(applied.output()).contains("livekit-flat", "deprecated flat form", "DIALLED");

        try (Phone phone = suite.phone()) {
            CallRouted routed = routed(phone, FLAT, OTHER_CALLER);
            assertThat(routed.rule().name()).isEqualTo("livekit-flat");
            assertThat(routed.room()).isEqualTo("open-room");
        }
    }

    @Test
    void aRuleWithoutATrunkIsRefusedWithWhatToWrite() throws Exception {
        Script.Ended applied = suite.script("apply", "--livekit", file("trunkless.json"));
        assertThat(applied.exitCode()).as(applied.output()).isEqualTo(1);
        assertThat(applied.output()).contains("trunk_ids", "\"wildcard\": true", "--trunk NAME");
    }

    @Test
    void whoSaysWildcardIsNotToldToSayIt() throws Exception {
        Script.Ended applied = suite.script("apply", "--livekit", "--wildcard", "--dry-run", file("trunkless.json"));
        assertThat(applied.exitCode()).as(applied.output()).isZero();
        assertThat(applied.output()).contains("livekit-everybody").doesNotContain("\"wildcard\": true", "wildcard: true");
    }

    private Script.Ended apply(String file) throws Exception {
        Script.Ended tried = suite.script("apply", "--livekit", "--dry-run", "--trunk", "ST_9xK2mQ=demo", file(file));
        assertThat(tried.exitCode()).as(tried.output()).isZero();
        return suite.script("apply", "--livekit", "--trunk", "ST_9xK2mQ=demo", "--organisation", "from-livekit", file(file));
    }

    private String file(String name) {
        return suite.root().resolve("system-tests/src/test/resources/livekit").resolve(name).toString();
    }

    private CallRouted routed(Phone phone, String number, String caller) {
        Call call = phone.dial(CallRequest.to(number).from(caller));
        CallRouted routed = suite.events().of(call).await(CallRouted.class);
        call.awaitAnswer(PATIENCE);
        assertThat(call.hangUp().toCompletableFuture().join().status()).isEqualTo(200);
        suite.events().of(call).assertEnded(EndReason.CALLER_HUNG_UP);
        return routed;
    }
}
