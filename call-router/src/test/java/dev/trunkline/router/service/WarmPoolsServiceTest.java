package dev.trunkline.router.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.bus.KafkaAddress;
import dev.trunkline.bus.TopicTail;
import dev.trunkline.events.Agent;
import dev.trunkline.events.Topics;
import dev.trunkline.events.WarmRooms;
import dev.trunkline.events.codec.EventJson;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What dispatchers read about rules whose agents are to wait. */
@QuarkusTest
@QuarkusTestResource(RouterSurroundings.class)
class WarmPoolsServiceTest extends WholeService {
    private final Map<String, WarmRooms> said = new ConcurrentHashMap<>();
    private TopicTail dispatcher;

    @BeforeEach
    void listen() throws Exception {
        dispatcher = new TopicTail(
                KafkaAddress.of("127.0.0.1:" + RouterSurroundings.KAFKA_PORT), "dispatcher", List.of(Topics.WARM_POOLS), new TopicTail.From.Beginning(),
                this::hear).start();
        rule("");
    }

    @AfterEach
    void hangUp() throws Exception {
        rule("");
        dispatcher.close();
    }

    private void hear(ConsumerRecord<String, byte[]> message) {
        try {
            if (message.value() == null) {
                said.remove(message.key());
            } else {
                said.put(message.key(), EventJson.MAPPER.readValue(message.value(), WarmRooms.class));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void rule(String warm) throws Exception {
        whole("""
                organisations: [{name: bakery, numbers: [{phone_number: "+3225550711"}]}]
                trunks: [{name: pbx, addresses: [127.0.0.9]}]
                rules: [{name: orders, organisation: bakery, trunks: [pbx], type: individual, room_prefix: orders, metadata: m,
                         agents: [{name: clerk}]%s}]
                """.formatted(warm));
    }

    private Optional<WarmRooms> ofOrders() {
        return said.values().stream().filter(rooms -> rooms.rule().name().equals("orders")).findFirst();
    }

    @Test
    void theTopicSaysWhatTheRuleSaysAndChangesWithIt() throws Exception {
        rule(", warm: 2");
        Await.until(() -> ofOrders().filter(rooms -> rooms.count() == 2).isPresent());
        assertThat(ofOrders().orElseThrow()).satisfies(rooms -> {
            assertThat(rooms.prefix()).isEqualTo("orders");
            assertThat(rooms.agents()).containsExactly(new Agent("clerk", "m"));
            assertThat(said.get(rooms.rule().id())).isEqualTo(rooms);
        });

        rule(", warm: 5");
        Await.until(() -> ofOrders().filter(rooms -> rooms.count() == 5).isPresent());

        rule("");
        Await.until(() -> ofOrders().isEmpty());
    }
}
