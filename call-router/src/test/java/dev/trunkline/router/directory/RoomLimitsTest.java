package dev.trunkline.router.directory;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;

class RoomLimitsTest {
    @Test
    void metadataIsCountedInOctets() {
        assertThat(RoomLimits.metadata("")).isEmpty();
        assertThat(RoomLimits.metadata("a".repeat(60_000))).isEmpty();
        assertThat(RoomLimits.metadata("a".repeat(60_001))).get().asString().startsWith("has 60,001 octets, and LiveKit accepts 60,000");
        assertThat(RoomLimits.metadata("é".repeat(30_001))).get().asString().contains("60,002 octets");
    }

    @Test
    void aConfigurationIsCountedAsCallsGetIt() {
        assertThat(RoomLimits.config(object())).isEmpty();
        assertThat(RoomLimits.config(object().put("a", "x".repeat(58_990)))).isEmpty();
        assertThat(RoomLimits.config(object().put("a", "x".repeat(59_000)))).get().asString().contains("59,008 octets");
        ObjectNode webhook = object();
        webhook.putObject("webhook").put("secret", "x".repeat(59_000));
        assertThat(RoomLimits.config(webhook)).as("which is the router's alone").isEmpty();
    }

    @Test
    void attributesHaveALimitEachAndTogether() {
        assertThat(RoomLimits.attributes(object().put("a", "x".repeat(1_024)))).isEmpty();
        assertThat(RoomLimits.attributes(object().put("till", "x".repeat(1_025)))).get().asString().contains("shorten till");
        assertThat(RoomLimits.attributes(object().put("k".repeat(129), "x"))).isPresent();
        ObjectNode many = object();
        for (int i = 0; i < 30; i++) {
            many.put("a" + i, "x".repeat(1_000));
        }
        assertThat(RoomLimits.attributes(many)).get().asString().contains("30,080 octets", "30,000 of attributes");
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }
}
