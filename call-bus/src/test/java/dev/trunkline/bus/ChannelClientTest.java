package dev.trunkline.bus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.events.DtmfReceived;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;

/** The configuration of a channel's consumer. */
class ChannelClientTest {
    private static final Config OF_THE_CHANNEL = ConfigProvider.getConfig();
    private static final Map<String, String> SECURITY = Map.of(
            "security.protocol", "SASL_SSL",
            "ssl.truststore.type", "PEM",
            "ssl.truststore.certificates", "the authorities",
            "sasl.mechanism", "SCRAM-SHA-512",
            "sasl.jaas.config", "user and password");

    private final KafkaAddress kafka = new KafkaAddress("broker-1:9093,broker-2:9093", SECURITY);

    private Map<String, Object> client(Map<String, Object> settings) {
        try (var publisher = new CallEventPublisher(KafkaAddress.of("127.0.0.1:1"), "router-1")) {
            var channel = new CallEventChannel(
                    kafka, "call-router", "router-1", Set.of(DtmfReceived.class),
                    envelope -> CompletableFuture.completedFuture(null), publisher, ContainedFaults.logged(),
                    ChannelByHand.with(ChannelByHand.SETTINGS));
            return channel.client().customize("calls", OF_THE_CHANNEL, settings);
        }
    }

    @Test
    void theServicesAddressAndSecurityAreTheChannelsWhateverItsOwnSettingsSay() {
        Map<String, Object> client = client(Map.of("bootstrap.servers", "localhost:9092", "security.protocol", "PLAINTEXT"));
        assertThat(client).containsAllEntriesOf(SECURITY).containsEntry("bootstrap.servers", "broker-1:9093,broker-2:9093");
    }

    @Test
    void itIsTheGroupsMemberUnderTheInstancesName() {
        assertThat(client(Map.of("client.id", "kafka-consumer-calls", "group.id", "of nobody")))
                .containsEntry("client.id", "router-1-call-router")
                .containsEntry("group.id", "call-router")
                .containsEntry("group.instance.id", "router-1")
                .containsEntry("enable.auto.commit", "false");
    }

    @Test
    void eachMemberOfAGroupHasTheSameRulesWhoeverPollsForIt() {
        Map<String, Object> client = client(Map.of());
        GroupProperties.of(kafka, "call-router", "router-1")
                .forEach((name, value) -> assertThat(client).containsEntry((String) name, value));
    }

    /** The connector takes deserializers from its settings, and Kafka's client accepts the whole configuration. */
    @Test
    void whatTheConnectorSetStaysWhereThereIsNothingOfOurs() {
        Map<String, Object> client = client(Map.of(
                "key.deserializer", StringDeserializer.class.getName(),
                "value.deserializer", ByteArrayDeserializer.class.getName()));
        var accepted = new ConsumerConfig(client);
        assertThat(accepted.getClass(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG)).isEqualTo(ByteArrayDeserializer.class);
        assertThat(accepted.getList(ConsumerConfig.INTERCEPTOR_CLASSES_CONFIG)).containsExactly(PolledRecords.class.getName());
    }
}
