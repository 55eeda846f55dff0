package dev.trunkline.system.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ReadsTest {
    @Test
    void onlyTheReadsOfCallEventsCount() {
        assertThat(Reads.sum("""
                # TYPE kafka_consumer_fetch_manager_records_consumed_total counter
                kafka_consumer_fetch_manager_records_consumed_total{client_id="media-relay-1-tail",topic="call-events"} 7.0
                kafka_consumer_fetch_manager_records_consumed_total{client_id="media-relay-1",topic="call-events"} 5.0
                kafka_consumer_fetch_manager_records_consumed_total{client_id="media-relay-1-relays",topic="relays"} 90.0
                kafka_consumer_fetch_manager_bytes_consumed_total{client_id="media-relay-1",topic="call-events"} 4000.0
                """)).isEqualTo(12);
    }

    @Test
    void theReadsOfAnEventAreThoseSinceACount() {
        var before = new Reads.Counts(100, Map.of("sip-edge", 90.0, "media-relay", 210.0));
        var after = new Reads.Counts(300, Map.of("sip-edge", 290.0, "media-relay", 610.0));
        assertThat(after.since(before)).containsEntry("sip-edge", 1.0).containsEntry("media-relay", 2.0);
    }
}
