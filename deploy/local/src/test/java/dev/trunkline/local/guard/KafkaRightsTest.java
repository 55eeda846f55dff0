package dev.trunkline.local.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trunkline.events.Topics;
import dev.trunkline.local.guard.KafkaRights.Right;
import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.Test;

class KafkaRightsTest {
    private static final String TABLE = """
            # A page

            | user | resource | name | operations |
            |---|---|---|---|
            | `sip-edge` | topic | `call-events` | Read, Write |
            | `sip-edge` | group | `sip-edge` | Read |

            And another table:

            | setting | |
            |---|---|
            | `X` | y |
            """;

    @Test
    void eachRowIsARight() throws Exception {
        assertThat(KafkaRights.parse(TABLE).all()).containsExactly(
                new Right("sip-edge", ResourceType.TOPIC, "call-events", List.of(AclOperation.READ, AclOperation.WRITE)),
                new Right("sip-edge", ResourceType.GROUP, "sip-edge", List.of(AclOperation.READ)));
    }

    @Test
    void eachOperationIsAnAclOfItsOwn() throws Exception {
        assertThat(KafkaRights.parse(TABLE).bindings()).hasSize(3)
                .allSatisfy(acl -> assertThat(acl.entry().principal()).isEqualTo("User:sip-edge"));
    }

    @Test
    void aRowThatIsNotUnderstoodIsNamed() {
        assertThatThrownBy(() -> KafkaRights.parse(TABLE.replace("Read, Write", "Read and write")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("Read and write");
        assertThatThrownBy(() -> KafkaRights.parse("# nothing")).isInstanceOf(IOException.class).hasMessageContaining("no table");
    }

    @Test
    void eachTopicOfTheSuiteIsReadBySomebodyAndWrittenBySomebody() throws Exception {
        KafkaRights rights = KafkaRights.of(Path.of("../.."));
        List<String> topics = new ArrayList<>();
        for (Field field : Topics.class.getFields()) {
            topics.add((String) field.get(null));
        }
        assertThat(topics).hasSizeGreaterThan(5).allSatisfy(topic -> {
            assertThat(mayOn(rights, topic)).as(topic).contains(AclOperation.READ, AclOperation.WRITE);
        });
    }

    @Test
    void noRightStandsTwiceInThePage() throws Exception {
        assertThat(KafkaRights.of(Path.of("../..")).bindings()).doesNotHaveDuplicates();
    }

    private static List<AclOperation> mayOn(KafkaRights rights, String topic) {
        return rights.all().stream()
                .filter(right -> right.resource() == ResourceType.TOPIC && right.name().equals(topic))
                .flatMap(right -> right.operations().stream())
                .toList();
    }

    @Test
    void thePageNamesEachServiceAndTheOperatorWhoOnlyReads() throws Exception {
        KafkaRights rights = KafkaRights.of(Path.of("../.."));
        assertThat(rights.users()).containsExactly(
                "sip-edge", "call-router", "rate-limiter", "media-relay", "agent-dispatcher", "console", "livekit-sip-api", KafkaGuard.OPERATOR);
        assertThat(rights.all()).filteredOn(right -> right.user().equals(KafkaGuard.OPERATOR)).isNotEmpty()
                .allSatisfy(right -> assertThat(right.operations()).containsExactly(AclOperation.READ));
    }
}
