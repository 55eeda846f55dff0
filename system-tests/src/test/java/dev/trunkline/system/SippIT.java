package dev.trunkline.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.events.CallEnded;
import dev.trunkline.events.CallHeld;
import dev.trunkline.events.CallResumed;
import dev.trunkline.events.EndReason;
import dev.trunkline.events.MediaStats;
import dev.trunkline.system.support.CallLog;
import dev.trunkline.system.support.SuiteExtension;
import dev.trunkline.system.support.SuiteUnderTest;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** SIPp calls the suite. Its scenarios are in {@code src/test/resources/sipp}. */
@ExtendWith(SuiteExtension.class)
class SippIT {
    private static final int AT_ONCE = 20;
    /** The final statistics are those of the last heartbeat, at 10 s: 500 packets of 20 ms, minus the time of the setup. */
    private static final long MANY_PACKETS = 300;

    private final SuiteUnderTest suite;

    SippIT(SuiteUnderTest suite) {
        this.suite = suite;
    }

    @Test
    void aWholeCallWithSpeech() throws Exception {
        CallLog call = run("whole-call", Numbers.ON_AGENT, 1).getFirst();
        MediaStats media = call.assertEnded(EndReason.CALLER_HUNG_UP).media().orElseThrow();
        assertThat(media.packetsReceived()).isGreaterThan(MANY_PACKETS);
        assertThat(media.packetsSent()).isPositive();
    }

    @Test
    void twentyCallsAtOnce() throws Exception {
        List<CallLog> calls = run("whole-call", Numbers.ON_AGENT, AT_ONCE);
        assertThat(calls).hasSize(AT_ONCE);
        for (CallLog call : calls) {
            call.await(CallEnded.class);
        }
        calls.getLast().assertEnded(EndReason.CALLER_HUNG_UP);
        assertThat(calls).allSatisfy(call -> {
            assertThat(call.all(CallEnded.class)).hasSize(1);
            assertThat(call.all(CallEnded.class).getFirst().reason()).isEqualTo(EndReason.CALLER_HUNG_UP);
            assertThat(call.all(CallEnded.class).getFirst().media().orElseThrow().packetsReceived()).isGreaterThan(MANY_PACKETS);
        });
    }

    @Test
    void giveUpWhileItRings() throws Exception {
        CallLog call = run("cancel", Numbers.NOBODY_COMES, 1).getFirst();
        CallEnded ended = call.assertEnded(EndReason.CANCELLED);
        assertThat(ended.answered()).isFalse();
        assertThat(ended.durationMillis()).isZero();
    }

    @Test
    void holdIsAnsweredRecvonlyAndResumeSendrecv() throws Exception {
        CallLog call = run("hold", Numbers.IMMEDIATE, 1).getFirst();
        call.assertEnded(EndReason.CALLER_HUNG_UP);
        assertThat(call.story()).containsSubsequence(CallHeld.class, CallResumed.class, CallEnded.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"options", "unknown-method"})
    void aRequestOutsideACallIsAnswered(String scenario) throws Exception {
        suite.sipp().run(scenario, "ping", 1);
    }

    /** Runs a scenario and returns its calls. */
    private List<CallLog> run(String scenario, String number, int count) throws Exception {
        int before = suite.events().to(number).size();
        suite.sipp().toneFile(600);
        suite.sipp().run(scenario, number, count);
        List<CallLog> after = suite.events().to(number);
        return after.subList(before, after.size());
    }
}
