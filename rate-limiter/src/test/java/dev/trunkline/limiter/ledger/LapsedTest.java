package dev.trunkline.limiter.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.events.CallRouted;
import dev.trunkline.limiter.Calls;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** {@code lapsed.lua} and {@code answered.lua}: calls whose end nobody published. */
class LapsedTest extends LedgerOnRedis {

    @Test
    void silentCallsAreClaimedOnceTheGraceIsOver() throws Exception {
        CallRouted first = Calls.plain().routed();
        admit(first);
        clock.advance(Duration.ofSeconds(4));
        done(ledger.answered(first.callId(), clock.instant()));
        clock.advance(Duration.ofSeconds(6));
        renew(Calls.plain().heartbeat(first.callId(), 0), BOTH);

        clock.advance(LEASE.multipliedBy(2).minusSeconds(1));
        assertThat(ledger.lapsed(LEASE, LEASE)).isEmpty();
        clock.advance(Duration.ofSeconds(1));
        assertThat(ledger.lapsed(LEASE, LEASE)).singleElement().satisfies(lost -> {
            assertThat(lost.callId()).isEqualTo(first.callId());
            assertThat(lost.owners()).isEqualTo(BOTH);
            assertThat(lost.duration()).isEqualTo(Duration.ofSeconds(6));
            assertThat(lost.media()).contains(Calls.MEDIA);
        });
        assertThat(ledger.lapsed(LEASE, LEASE)).as("claimed").isEmpty();
        clock.advance(LEASE);
        assertThat(ledger.lapsed(LEASE, LEASE)).as("the claim was not fulfilled").hasSize(1);
        free(first.callId());
        clock.advance(LEASE);
        assertThat(ledger.lapsed(LEASE, LEASE)).isEmpty();
    }

    @Test
    void aCallThatIsHeardOfAgainIsNotLost() throws Exception {
        CallRouted first = Calls.plain().routed();
        admit(first);
        clock.advance(LEASE.multipliedBy(2));
        renew(Calls.plain().heartbeat(first.callId(), 0), BOTH);
        assertThat(ledger.lapsed(LEASE, LEASE)).isEmpty();
    }

    @Test
    void aLeaseOfAClockThatWasSetBackBeginsAnew() throws Exception {
        admit(Calls.plain().routed());
        clock.advance(Duration.ofHours(-1));
        assertThat(ledger.lapsed(LEASE, LEASE)).isEmpty();
        clock.advance(LEASE.multipliedBy(2));
        assertThat(ledger.lapsed(LEASE, LEASE)).hasSize(1);
    }
}
