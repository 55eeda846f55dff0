package dev.trunkline.limiter.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.events.CallRouted;
import dev.trunkline.events.RefusalReason;
import dev.trunkline.limiter.Calls;
import dev.trunkline.limiter.admission.Tally;
import dev.trunkline.limiter.admission.Verdict;
import dev.trunkline.limiter.ledger.CallLedger.Renewal;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** {@code renew.lua}: leases and heartbeats. */
class RenewTest extends LedgerOnRedis {

    @Test
    void leasesRunOutWithoutHeartbeats() throws Exception {
        Calls calls = Calls.plain().numberLimit(1).organisationLimit(1);
        admit(calls);
        clock.advance(LEASE.minusMillis(1));
        assertThat(reason(calls)).isEqualTo(RefusalReason.NUMBER_BUSY);
        clock.advance(Duration.ofMillis(1));
        assertThat(admit(calls)).isEqualTo(admitted(2, 1, 1, 1));
    }

    @Test
    void heartbeatsHoldTheSlot() throws Exception {
        Calls calls = Calls.plain().numberLimit(1);
        CallRouted first = calls.routed();
        admit(first);
        for (int beat = 0; beat < 12; beat++) {
            clock.advance(Duration.ofSeconds(10));
            assertThat(renew(calls.heartbeat(first.callId(), beat), BOTH)).isEqualTo(Renewal.RENEWED);
        }
        assertThat(reason(calls)).isEqualTo(RefusalReason.NUMBER_BUSY);
    }

    @Test
    void aWipedRedisIsRebuiltFromHeartbeats() throws Exception {
        Calls calls = Calls.plain().numberLimit(2);
        List<CallRouted> up = List.of(calls.routed(), calls.routed());
        for (CallRouted routed : up) {
            admit(routed);
        }
        redis.flushall();
        assertThat(renew(calls.heartbeat(up.get(0).callId(), 3), BOTH)).isEqualTo(Renewal.REBUILT);
        assertThat(renew(calls.heartbeat(up.get(1).callId(), 8), BOTH)).isEqualTo(Renewal.REBUILT);
        assertThat(renew(calls.heartbeat(up.get(1).callId(), 9), BOTH)).isEqualTo(Renewal.RENEWED);

        Verdict third = admit(calls);
        assertThat(third).isEqualTo(new Verdict.Full(new Tally(0, List.of(2, 2, 2)), 0));
        assertThat(free(up.get(0).callId())).isTrue();
        assertThat(admit(calls)).isEqualTo(admitted(1, 2, 2, 2));
    }

    @Test
    void aRebuiltCallIsNotJudgedAgain() throws Exception {
        CallRouted first = Calls.plain().routed();
        renew(Calls.plain().heartbeat(first.callId(), 0), BOTH);
        assertThat(admit(first)).isEqualTo(new Verdict.Over());
    }

    @Test
    void aLeaseThatRanOutComesBackWithAHeartbeat() throws Exception {
        CallRouted first = Calls.plain().routed();
        admit(first);
        clock.advance(LEASE.plusSeconds(5));
        assertThat(admit(Calls.plain())).isEqualTo(admitted(2, 1, 1, 1));
        renew(Calls.plain().heartbeat(first.callId(), 0), BOTH);
        assertThat(admit(Calls.plain())).isEqualTo(admitted(3, 3, 3, 3));
    }

    @Test
    void theSessionOfAPoolIsHeldAndRebuiltToo() throws Exception {
        Calls calls = Calls.plain().pool("gpu-1", 1);
        CallRouted first = calls.routed();
        admit(first);
        for (int beat = 0; beat < 4; beat++) {
            clock.advance(Duration.ofSeconds(10));
            renew(calls.heartbeat(first.callId(), beat), BOTH);
        }
        assertThat(reason(calls)).isEqualTo(RefusalReason.AGENTS_BUSY);
        redis.flushall();
        assertThat(renew(calls.heartbeat(first.callId(), 5), BOTH)).isEqualTo(Renewal.REBUILT);
        assertThat(reason(calls)).isEqualTo(RefusalReason.AGENTS_BUSY);
        free(first.callId());
        assertThat(redis.keys("*:calls:*")).isEmpty();
    }

    @Test
    void aHeartbeatThatNamesNoPoolRenewsThePoolOfTheAdmission() throws Exception {
        Calls calls = Calls.plain().pool("gpu-1", 1);
        CallRouted first = calls.routed();
        admit(first);
        clock.advance(Duration.ofSeconds(20));
        renew(Calls.plain().heartbeat(first.callId(), 0), BOTH);
        clock.advance(Duration.ofSeconds(20));
        assertThat(reason(calls)).isEqualTo(RefusalReason.AGENTS_BUSY);
    }
}
