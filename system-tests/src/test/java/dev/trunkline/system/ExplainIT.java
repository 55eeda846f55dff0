package dev.trunkline.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.events.EndReason;
import dev.trunkline.events.RefusalReason;
import dev.trunkline.phone.Call;
import dev.trunkline.phone.CallRequest;
import dev.trunkline.phone.CallResult;
import dev.trunkline.phone.Phone;
import dev.trunkline.system.support.CallLog;
import dev.trunkline.system.support.Script;
import dev.trunkline.system.support.SuiteExtension;
import dev.trunkline.system.support.SuiteUnderTest;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The commands by which an operator learns what would happen to a call, or what happened to one. */
@ExtendWith(SuiteExtension.class)
class ExplainIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String CALLER = "+32470820001";
    private static final String RULED_OUT = "+3225551640";

    private final SuiteUnderTest suite;

    ExplainIT(SuiteUnderTest suite) {
        this.suite = suite;
    }

    @Test
    void aCallThatNoRuleTakesIsExplainedByEachRuleAndItsField() throws Exception {
        suite.apply("""
                organisations:
                  - name: bakery
                    numbers:
                      - {phone_number: "%s"}
                  - name: cinema
                    numbers:
                      - {phone_number: "+3225551641"}
                rules:
                  - {name: films, trunks: [demo], organisation: cinema, type: callee}
                  - {name: counter, trunks: [demo], organisation: bakery, numbers: ["+3225551642", "+32255517*"], type: callee}
                  - {name: bakery-by-store, trunks: [demo], organisation: bakery, type: named, header: X-Bakery}
                """.formatted(RULED_OUT));

        Script.Ended explained = suite.script("explain", "--from", CALLER, "--to", "025551640", "--trunk", "demo");
        assertThat(explained.exitCode()).as(explained.output()).isEqualTo(1);
        assertThat(explained.output())
                .contains("The call would be refused with 404 no-rule")
                .contains("025551640 was dialled and read as " + RULED_OUT)
                .contains("Rule films was skipped by its organisation: it is for numbers of organisation cinema, and "
                        + RULED_OUT + " belongs to bakery.")
                .contains("Rule counter was skipped by its numbers (+3225551642, +32255517*): " + RULED_OUT + " is not in it.")
                .contains("Rule bakery-by-store was skipped by its header: the call has no header X-Bakery.")
                .contains("Rule demo-at-once was skipped by its ")
                .contains("write one for " + RULED_OUT);

        try (Phone phone = suite.phone()) {
            Call call = phone.dial(CallRequest.to("025551640").from(CALLER));
            assertThat(call.awaitFinal(PATIENCE)).isInstanceOf(CallResult.Refused.class);
            suite.events().of(call).assertRejected(RefusalReason.NO_RULE);
            Script.Ended traced = suite.script("trace", call.callId());
            assertThat(traced.output()).contains("404 no-rule", "Rule counter was skipped by its numbers");
        }
    }

    @Test
    void aCallThatWouldBeTakenIsExplainedToo() throws Exception {
        Script.Ended explained = suite.script("explain", "--from", CALLER, "--to", Numbers.IMMEDIATE, "--trunk", "demo");
        assertThat(explained.exitCode()).as(explained.output()).isZero();
        assertThat(explained.output()).contains("The call would be taken.", "demo-at-once", "1000 at once to the number");
    }

    @Test
    void aCallIsTracedAcrossTheServicesByOurIdAndByTheSipCallId() throws Exception {
        try (Phone phone = suite.phone()) {
            Call call = phone.dial(CallRequest.to(Numbers.IMMEDIATE).from(CALLER));
            call.awaitAnswer(PATIENCE);
            assertThat(call.hangUp().toCompletableFuture().join().status()).isEqualTo(200);
            CallLog log = suite.events().of(call);
            log.assertEnded(EndReason.CALLER_HUNG_UP);
            for (String id : new String[] {log.callId(), call.callId()}) {
                Script.Ended traced = suite.script("trace", id);
                assertThat(traced.exitCode()).as(traced.output()).isZero();
                assertThat(traced.output())
                        .contains(log.callId(), call.callId())
                        .contains("sip-edge", "call-router", "rate-limiter", "media-relay")
                        .contains("rule demo-at-once of demo", "admitted:", "answered with 200 (immediate)")
                        .containsPattern("ended, caller-hung-up")
                        .doesNotContain(CALLER.substring(1));
            }
        }
    }

    @Test
    void aCallThatIsNotThereIsSaidToBeNone() throws Exception {
        Script.Ended traced = suite.script("trace", "no-such-call@127.0.0.1");
        assertThat(traced.exitCode()).isEqualTo(1);
        assertThat(traced.output()).contains("No call has the id or the SIP Call-ID no-such-call@127.0.0.1");
    }
}
