package dev.trunkline.limiter.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.events.CallId;
import dev.trunkline.events.CallRouted;
import dev.trunkline.limiter.Calls;
import dev.trunkline.limiter.admission.Verdict;
import dev.trunkline.limiter.ledger.CallLedger.Renewal;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** {@code free.lua}: the end of a call. */
class FreeTest extends LedgerOnRedis {

    @Test
    void anEndFreesTheSlotAtOnceAndOnce() throws Exception {
        CallRouted first = Calls.plain().numberLimit(1).routed();
        admit(first);
        assertThat(free(first.callId())).isTrue();
        assertThat(free(first.callId())).isFalse();
        assertThat(admit(Calls.plain().numberLimit(1))).isEqualTo(admitted(2, 1, 1, 1));
    }

    @Test
    void whatComesAfterTheEndTakesNoSlot() throws Exception {
        CallRouted first = Calls.plain().routed();
        admit(first);
        free(first.callId());
        assertThat(renew(Calls.plain().heartbeat(first.callId(), 1), BOTH)).isEqualTo(Renewal.OVER);
        assertThat(admit(first)).isEqualTo(new Verdict.Over());
        assertThat(ledger.calls()).isZero();
    }

    @Test
    void theNoteOfAnEndExpires() throws Exception {
        CallId callId = new CallId(UUID.randomUUID());
        free(callId);
        assertThat(redis.pttl(LedgerKeys.SUITE.call(callId))).isBetween(1L, 60_000L);
    }

    @Test
    void anEndLeavesNothingInAnyPlace() throws Exception {
        CallRouted first = Calls.plain().pool("gpu-1", 3).routed();
        admit(first);
        assertThat(redis.keys("*:calls:*")).hasSize(4);
        free(first.callId());
        assertThat(redis.keys("*:calls:*")).isEmpty();
    }
}
