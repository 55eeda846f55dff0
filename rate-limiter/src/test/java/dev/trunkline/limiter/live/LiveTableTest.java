package dev.trunkline.limiter.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trunkline.events.CallId;
import dev.trunkline.events.Topics;
import dev.trunkline.limiter.Calls;
import dev.trunkline.limiter.admission.CallCard;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

class LiveTableTest {
    private final LiveTable table = new LiveTable();

    private static CallId id(long number) {
        return new CallId(new UUID(0, number));
    }

    private void hear(String key, String value) {
        LiveCalls.hear(table, new ConsumerRecord<>(Topics.LIVE_CALLS, 0, 0, key, value == null ? null : value.getBytes()));
    }

    @Test
    void aCallIsThereFromItsRecordToItsTombstone() {
        hear(id(1).toString(), "{}");
        assertThat(table.has(id(1))).isTrue();
        hear(id(1).toString(), null);
        assertThat(table.has(id(1))).isFalse();
        assertThat(table.calls()).isEmpty();
    }

    @Test
    void whatThisLimiterLetInStaysKnownWhenItHearsItselfSayIt() {
        var own = new LiveTable.Own(CallCard.of(Calls.plain().routed()), Instant.EPOCH);
        table.add(id(1), Optional.of(own));
        hear(id(1).toString(), "{}");
        assertThat(table.own(id(1))).contains(own);
        assertThat(table.own(id(2))).isEmpty();
    }

    @Test
    void aKeyThatIsNoCallIsRefusedAndChangesNothing() {
        assertThatThrownBy(() -> hear("no-call", "{}")).isInstanceOf(IllegalArgumentException.class);
        assertThat(table.size()).isZero();
    }

    @Test
    void itIsBounded() {
        for (int call = 0; call < LiveTable.MOST + 10; call++) {
            table.add(id(call), Optional.empty());
        }
        assertThat(table.size()).isEqualTo(LiveTable.MOST);
        table.remove(id(0));
        table.add(id(LiveTable.MOST + 1), Optional.empty());
        assertThat(table.has(id(LiveTable.MOST + 1))).as("there is room again").isTrue();
    }
}
