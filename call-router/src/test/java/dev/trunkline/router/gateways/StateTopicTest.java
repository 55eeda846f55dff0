package dev.trunkline.router.gateways;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trunkline.events.GatewayState;
import dev.trunkline.events.OutboundTrunkState;
import dev.trunkline.events.TrunkRef;
import dev.trunkline.events.codec.EventJson;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

class StateTopicTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final OutboundTrunkState STATE = new OutboundTrunkState("edge-1", new TrunkRef("t1", "carrier"),
            List.of(new GatewayState("sip.carrier.example", false, OptionalInt.of(408), OptionalInt.empty(), NOW)), Optional.empty(), NOW);

    private final StateTable table = new StateTable();

    private void hear(String key, byte[] value) {
        StateTopic.hear(table, new ConsumerRecord<>("outbound-states", 0, 0, key, value));
    }

    @Test
    void theLastWordOfEachEdgeIsKeptUntilItIsTakenBack() throws Exception {
        hear("t1/edge-1", EventJson.MAPPER.writeValueAsBytes(STATE));
        hear("t1/edge-1", EventJson.MAPPER.writeValueAsBytes(STATE));
        assertThat(table.all()).containsExactly(STATE);
        hear("t1/edge-1", null);
        assertThat(table.all()).isEmpty();
    }

    @Test
    void whatNoEdgeWritesIsRefusedAndChangesNothing() {
        for (String value : List.of("", "null", "7", "{}", "[]", "x".repeat(StateTopic.LONGEST_VALUE + 1))) {
            assertThatThrownBy(() -> hear("t1/edge-1", value.getBytes(StandardCharsets.UTF_8)))
                    .as(value).isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> hear(null, new byte[0])).isInstanceOf(IllegalArgumentException.class);
        assertThat(table.all()).isEmpty();
    }

    @Test
    void whoHasNotSaidSoForAWhileIsStale() {
        assertThat(GatewaysPage.Standing.of(STATE, NOW.plusSeconds(89)).stale()).isFalse();
        assertThat(GatewaysPage.Standing.of(STATE, NOW.plusSeconds(91)).stale()).isTrue();
        assertThat(GatewaysPage.Standing.of(STATE, NOW).gateways()).singleElement().satisfies(gateway -> {
            assertThat(gateway.up()).isFalse();
            assertThat(gateway.pingMillis()).isEmpty();
        });
    }
}
