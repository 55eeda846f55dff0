package dev.trunkline.limiter.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.events.CallId;
import dev.trunkline.events.CallRouted;
import dev.trunkline.limiter.Calls;
import dev.trunkline.limiter.admission.CallCard;
import dev.trunkline.limiter.ledger.CallLedger.Standing;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** {@code standing.lua}, {@code held.lua}, {@code card.lua} and {@code note.lua}: what the topic of live calls is compared with. */
class StandingTest extends LedgerOnRedis {
    private static final int MOST = 100;

    @Test
    void eachCallStandsAsItsSlotDoes() throws Exception {
        CallRouted lapsed = Calls.plain().routed();
        admit(lapsed);
        clock.advance(LEASE);
        CallRouted held = Calls.plain().routed();
        CallRouted over = Calls.plain().routed();
        CallRouted refused = Calls.plain().numberLimit(1).routed();
        admit(held);
        admit(over);
        free(over.callId());
        admit(refused);
        CallId unknown = new CallId(UUID.randomUUID());

        assertThat(ledger.standings(
                        List.of(held.callId(), lapsed.callId(), over.callId(), refused.callId(), unknown), Duration.ZERO))
                .isEqualTo(Map.of(
                        held.callId(), Standing.HELD, lapsed.callId(), Standing.LAPSED, over.callId(), Standing.OVER,
                        refused.callId(), Standing.OVER, unknown, Standing.UNKNOWN));
        assertThat(ledger.held(Duration.ZERO, MOST)).containsExactly(held.callId());
        assertThat(ledger.standings(List.of(lapsed.callId()), Duration.ofMillis(1)))
                .as("its limiter was deaf").containsValue(Standing.HELD);
        assertThat(ledger.held(Duration.ofMillis(1), MOST)).hasSize(2);
        assertThat(ledger.standings(List.of(), Duration.ZERO)).isEmpty();
    }

    @Test
    void whatIsKeptOfACallNamesTheCallerByPseudonymAloneAndIsSmall() {
        CallRouted routed = Calls.plain().pool("gpu-1", 4).routed();
        admit(routed);
        String key = LedgerKeys.SUITE.call(routed.callId());
        assertThat(redis.hget(key, "card"))
                .contains("f00d", "room-1", "gpu-1")
                .doesNotContain("v1.sealed", "127.0.0.1", "sip-call-id", "v=0");
        assertThat(redis.memoryUsage(key)).isLessThan(1_500);
        assertThat(done(ledger.live(routed.callId(), Optional.empty())))
                .contains(CallCard.of(routed).live(routed.callId(), clock.instant()));
        free(routed.callId());
        assertThat(redis.hgetall(key)).containsOnlyKeys("state");
        assertThat(done(ledger.live(routed.callId(), Optional.of(CallCard.of(routed).live(routed.callId(), clock.instant())))))
                .as("a call that holds no slot").isEmpty();
    }

    @Test
    void theFirstAnswerAndTheLastAgentAreNotedWhileTheCallHoldsItsSlot() {
        CallRouted routed = Calls.plain().routed();
        admit(routed);
        String key = LedgerKeys.SUITE.call(routed.callId());
        done(ledger.answered(routed.callId(), clock.instant()));
        done(ledger.answered(routed.callId(), clock.instant().plusSeconds(1)));
        done(ledger.joined(routed.callId(), "first"));
        done(ledger.joined(routed.callId(), "second"));
        assertThat(redis.hmget(key, "answered", "agent").stream().map(field -> field.getValue()))
                .containsExactly(Long.toString(clock.millis()), "second");
        free(routed.callId());
        done(ledger.joined(routed.callId(), "late"));
        assertThat(redis.hgetall(key)).containsOnlyKeys("state");
    }
}
