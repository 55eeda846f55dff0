package dev.trunkline.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trunkline.local.KafkaNodes.Node;
import java.util.List;
import org.junit.jupiter.api.Test;

class KafkaNodesTest {
    private static final KafkaNodes THREE = new KafkaNodes(List.of(
            new Node("198.51.100.1", 9092, 9192), new Node("198.51.100.2", 9093, 9193), new Node("198.51.100.3", 9094, 9194)));

    @Test
    void eachOfThreeNodesFindsTheOthersAndOneMayBeLost() {
        assertThat(THREE.properties(2))
                .containsEntry("node.id", "2")
                .containsEntry("listeners", "BROKER://198.51.100.2:9093,CONTROLLER://198.51.100.2:9193")
                .containsEntry("advertised.listeners", "BROKER://198.51.100.2:9093")
                .containsEntry("controller.quorum.voters", "1@198.51.100.1:9192,2@198.51.100.2:9193,3@198.51.100.3:9194")
                .containsEntry("offsets.topic.replication.factor", "3")
                .containsEntry("min.insync.replicas", "2")
                .doesNotContainKey("offsets.topic.num.partitions");
        assertThat(THREE.copies()).isEqualTo((short) 3);
        assertThat(THREE.bootstrapServers()).isEqualTo("198.51.100.1:9092,198.51.100.2:9093,198.51.100.3:9094");
    }

    @Test
    void aNodeAloneHasTheOnlyCopy() {
        assertThat(KafkaNodes.alone(9092, 9192).properties(1))
                .containsEntry("controller.quorum.voters", "1@127.0.0.1:9192")
                .containsEntry("offsets.topic.replication.factor", "1")
                .containsEntry("min.insync.replicas", "1")
                .containsEntry("offsets.topic.num.partitions", "1");
    }

    @Test
    void moreThanThreeNodesShareTheCopies() {
        List<Node> five = List.of(
                new Node("a", 1, 11), new Node("b", 2, 12), new Node("c", 3, 13), new Node("d", 4, 14), new Node("e", 5, 15));
        assertThat(new KafkaNodes(five).copies()).isEqualTo((short) 3);
        assertThat(new KafkaNodes(five).copiesInSync()).isEqualTo(2);
    }

    @Test
    void theirTextIsReadAgainAndGivesAllNodesTheSameClusterId() {
        assertThat(KafkaNodes.parse(THREE.toString())).isEqualTo(THREE);
        assertThat(KafkaNodes.parse(THREE.toString()).clusterId()).isEqualTo(THREE.clusterId());
        assertThatThrownBy(() -> KafkaNodes.parse("localhost:9092")).hasMessageContaining("write host:port:controllerPort");
    }
}
