package dev.trunkline.router.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trunkline.events.CallId;
import dev.trunkline.events.LiveCall;
import dev.trunkline.events.Topics;
import dev.trunkline.events.codec.EventJson;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LiveTopicTest {
    private final LiveCallTable table = new LiveCallTable();
    private final LiveCall call = Live.call(1);

    private void hear(String key, byte[] value) {
        LiveTopic.hear(table, new ConsumerRecord<>(Topics.LIVE_CALLS, 0, 0, key, value));
    }

    private void hearCall() throws Exception {
        hear(call.callId().toString(), EventJson.MAPPER.writeValueAsBytes(call));
    }

    @Test
    void aCallIsThereFromItsRecordToItsTombstone() throws Exception {
        hearCall();
        assertThat(table.all()).containsExactly(call);
        hearCall();
        assertThat(table.all()).as("said again").containsExactly(call);
        hear(call.callId().toString(), null);
        assertThat(table.all()).isEmpty();
        hear(call.callId().toString(), null);
        assertThat(table.size()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "[]", "{}", "{\"callId\": \"00000000-0000-0000-0000-000000000001\"}", "not json"})
    void whatNoLimiterWritesIsRefusedInWordsThatDoNotRepeatItAndTakesItsCallAway(String value) throws Exception {
        hearCall();
        assertThatThrownBy(() -> hear(call.callId().toString(), value.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("json");
        assertThat(table.all()).isEmpty();
    }

    @Test
    void aCallUnderAnothersKeyIsRefused() throws Exception {
        byte[] value = EventJson.MAPPER.writeValueAsBytes(call);
        assertThatThrownBy(() -> hear(Live.id(2).toString(), value)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> hear("no-id", value)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> hear(null, value)).isInstanceOf(IllegalArgumentException.class);
        assertThat(table.all()).isEmpty();
    }

    @Test
    void whatIsTooLongIsNotParsed() {
        assertThatThrownBy(() -> hear(call.callId().toString(), new byte[LiveTopic.LONGEST_VALUE + 1]))
                .hasMessageContaining("octets");
    }

    @Test
    void theTableIsBoundedAndSaysThatItLeftACallOut() {
        for (int number = 0; number < LiveCallTable.MOST; number++) {
            table.put(Live.call(number));
        }
        assertThat(table.overflowed()).isFalse();
        table.put(Live.call(1));
        assertThat(table.overflowed()).as("a call that it has").isFalse();
        table.put(Live.call(LiveCallTable.MOST));
        assertThat(table.size()).isEqualTo(LiveCallTable.MOST);
        assertThat(table.overflowed()).isTrue();
        table.remove(new CallId(new UUID(0, 0)));
        assertThat(table.overflowed()).as("nobody knows which are missing").isTrue();
    }
}
