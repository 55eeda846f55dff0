package dev.trunkline.checks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.trunkline.bus.KafkaAddress;
import dev.trunkline.bus.TopicSetup;
import dev.trunkline.local.KafkaBroker;
import dev.trunkline.local.Ports;
import dev.trunkline.local.guard.KafkaRights;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.Test;

/** The users, permissions and topics that the chart requests from Strimzi are exactly those that the services need. */
class KafkaResourcesTest {
    @Test
    void each_service_has_the_rights_of_the_page_for_operators_and_no_others() throws Exception {
        Set<String> needed = KafkaRights.of(Repository.ROOT).all().stream()
                .map(right -> "%s %s %s %s".formatted(right.user(), right.resource(), right.name(), new TreeSet<>(right.operations())).toLowerCase())
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> given = new TreeSet<>();
        for (JsonNode user : Chart.of(Chart.manifests("50"), "KafkaUser").toList()) {
            if (name(user).equals("keda")) {
                continue;
            }
            for (JsonNode acl : user.at("/spec/authorization/acls")) {
                assertThat(acl.at("/resource/patternType").asText()).isEqualTo("literal");
                Set<String> operations = new TreeSet<>();
                acl.path("operations").forEach(operation -> operations.add(operation.asText()));
                given.add("%s %s %s %s".formatted(name(user), acl.at("/resource/type").asText(), acl.at("/resource/name").asText(), operations).toLowerCase());
            }
        }
        assertThat(given).isEqualTo(needed);
    }

    @Test
    void who_looks_at_lag_may_describe_and_nothing_else() throws Exception {
        JsonNode keda = Chart.of(Chart.manifests("1000"), "KafkaUser").filter(user -> name(user).equals("keda")).findFirst().orElseThrow();
        assertThat(keda.at("/spec/authorization/acls").findValuesAsText("operations")).isNotNull();
        keda.at("/spec/authorization/acls").forEach(acl -> assertThat(acl.path("operations").toString()).isEqualTo("[\"Describe\"]"));
    }

    @Test
    void the_topics_are_those_that_the_suite_makes_for_itself() throws Exception {
        int port = Ports.free();
        Map<String, Map<String, String>> made = new TreeMap<>();
        Map<String, Integer> partitions = new TreeMap<>();
        try (KafkaBroker broker = KafkaBroker.start(Files.createTempDirectory(Repository.target("kafka"), "topics"), port)) {
            KafkaAddress kafka = KafkaAddress.of("127.0.0.1:" + port);
            TopicSetup.ensure(kafka, 12, (short) 1);
            try (Admin admin = Admin.create(kafka.adminProperties("checks"))) {
                admin.describeTopics(admin.listTopics().names().get()).allTopicNames().get()
                        .forEach((topic, what) -> partitions.put(topic, what.partitions().size()));
                admin.describeConfigs(partitions.keySet().stream().map(topic -> new ConfigResource(ConfigResource.Type.TOPIC, topic)).toList())
                        .all()
                        .get()
                        .forEach((topic, config) -> made.put(topic.name(), config.entries().stream()
                                .filter(entry -> entry.source() == ConfigEntry.ConfigSource.DYNAMIC_TOPIC_CONFIG)
                                .collect(Collectors.toMap(ConfigEntry::name, ConfigEntry::value, (one, two) -> one, TreeMap::new))));
            }
        }
        Map<String, Map<String, String>> asked = new TreeMap<>();
        for (JsonNode topic : Chart.of(Chart.manifests("50"), "KafkaTopic").toList()) {
            Map<String, String> config = new TreeMap<>();
            topic.at("/spec/config").properties().forEach(entry -> config.put(entry.getKey(), entry.getValue().asText()));
            asked.put(name(topic), config);
            assertThat(topic.at("/spec/partitions").asInt()).as(name(topic)).isEqualTo(partitions.get(name(topic)));
            assertThat(topic.at("/metadata/annotations/helm.sh~1resource-policy").asText()).isEqualTo("keep");
        }
        assertThat(asked).isEqualTo(made);
    }

    @Test
    void resources_of_strimzi_have_only_the_fields_that_are_known_here() throws Exception {
        Map<String, List<String>> fields = Map.of(
                "KafkaUser", List.of("authentication", "authorization"),
                "KafkaTopic", List.of("partitions", "replicas", "config"),
                "KafkaNodePool", List.of("replicas", "roles", "storage", "resources"),
                "Kafka", List.of("kafka", "entityOperator"));
        for (JsonNode one : Chart.manifests("50")) {
            List<String> known = fields.get(one.path("kind").asText());
            if (known != null) {
                one.path("spec").fieldNames().forEachRemaining(field -> assertThat(known).as(name(one)).contains(field));
            }
        }
    }

    private static String name(JsonNode manifest) {
        return manifest.at("/metadata/name").asText();
    }
}
