package dev.trunkline.events.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import dev.trunkline.events.Envelope;
import dev.trunkline.events.RelayHeartbeat;
import dev.trunkline.events.Trunk;
import dev.trunkline.events.codec.CallEventCodec;
import dev.trunkline.events.codec.EventJson;
import dev.trunkline.events.contract.Goldens.Golden;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Readers and messages of every contract that was ever released: each folder of {@code contract/released} has the document and the golden
 * examples as they were, and never changes. Those readers still find in today's messages what they know, and what their senders left on the
 * topics can be read today.
 */
class ReleasedContractTest {
    private static final Path FOLDER = Path.of("src/test/resources/contract/released");
    private static final AsyncApi TODAY = AsyncApi.read();

    private record Release(String name, AsyncApi document, List<Golden> goldens) {
        static Release read(Path folder) {
            return new Release(
                    folder.getFileName().toString(), AsyncApi.read(folder.resolve("asyncapi.yaml")), Goldens.in(folder.resolve("golden")));
        }

        /** Returns a reader of that time. For this reader, an enum value that was added later is a separate value. */
        AsyncApi reader() {
            ObjectNode document = document().document().deepCopy();
            document.at("/components/schemas").forEach(schema -> ((ObjectNode) schema).remove("enum"));
            return new AsyncApi(document);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Release> releases() throws IOException {
        try (Stream<Path> folders = Files.list(FOLDER)) {
            return folders.sorted().map(Release::read).toList().stream();
        }
    }

    static Stream<Arguments> olderMessages() throws IOException {
        return releases().flatMap(release -> release.goldens().stream().map(golden -> Arguments.of(release, golden)));
    }

    static Stream<Arguments> todaysMessagesForOlderReaders() throws IOException {
        return releases().flatMap(release -> Goldens.all().stream()
                .filter(golden -> schemaOf(release.document(), golden).isPresent())
                .map(golden -> Arguments.of(release, golden)));
    }

    @ParameterizedTest
    @MethodSource("releases")
    void nothingThatWasGivenOutIsTakenAway(Release release) {
        assertThat(ContractLock.of(release.document()).brokenBy(ContractLock.of(TODAY))).isEmpty();
        release.document().messagesOfTopics().forEach((topic, messages) -> assertThat(TODAY.messagesOfTopics().get(topic))
                .as("messages of the topic %s", topic)
                .isNotNull()
                .containsAll(messages));
    }

    @ParameterizedTest
    @MethodSource("todaysMessagesForOlderReaders")
    void anOlderReaderFindsWhatItKnows(Release release, Golden golden) {
        AsyncApi reader = release.reader();
        boolean event = golden.json().has("headers");
        JsonNode data = event ? golden.data() : golden.json();

        assertThat(reader.faults(reader.schema(schemaOf(release.document(), golden).orElseThrow()), data)).isEmpty();
        if (event) {
            assertThat(reader.faults(reader.headersOf(golden.ceType()), golden.headers())).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("olderMessages")
    void anOlderMessageIsReadAndSaysWhatItSaid(Release release, Golden golden) throws Exception {
        if (golden.json().has("headers")) {
            Envelope envelope = CallEventCodec.decode(golden.message()).orElseThrow();
            JsonNode again = EventJson.MAPPER.readTree(CallEventCodec.encode(envelope).value());
            assertThat(again).isEqualTo(golden.data());
        } else {
            Class<?> type = golden.file().startsWith("trunk") ? Trunk.class : RelayHeartbeat.class;
            assertThat(EventJson.MAPPER.<JsonNode>valueToTree(EventJson.MAPPER.treeToValue(golden.json(), type)))
                    .isEqualTo(golden.json());
        }
    }

    /** Shows that the checks above are meaningful: an older reader does notice what it cannot read. */
    @Test
    void anOlderReaderMissesWhatItCountsOn() throws IOException {
        Release first = releases().findFirst().orElseThrow();
        Golden ended = first.goldens().stream().filter(golden -> golden.ceType().equals("dev.trunkline.call.ended.v1")).findFirst().orElseThrow();

        for (Map.Entry<String, String> change : Map.of("durationMillis", "\"1 s\"", "callId", "7", "media", "[]", "answered", "null").entrySet()) {
            ObjectNode data = ended.data().deepCopy();
            data.putRawValue(change.getKey(), new RawValue(change.getValue()));
            JsonNode changed = EventJson.MAPPER.readTree(data.toString());
            assertThat(first.reader().faults(first.reader().schema("CallEnded"), changed)).as(change.getKey()).isNotEmpty();
        }
    }

    /** Returns the name of an example's schema; empty if the document has none. */
    private static Optional<String> schemaOf(AsyncApi document, Golden golden) {
        if (golden.json().has("headers")) {
            return Optional.ofNullable(document.schemaOfType().get(golden.ceType()));
        }
        String name = switch (golden.file()) {
            case String file when file.startsWith("trunk") -> "Trunk";
            case String file when file.startsWith("outbound-trunk") -> "OutboundTrunk";
            case "outbound-state.json" -> "OutboundTrunkState";
            case "relay.json" -> "RelayHeartbeat";
            case "warm-rooms.json" -> "WarmRooms";
            case "call-message.json" -> "CallMessage";
            default -> "LiveCall";
        };
        return Optional.of(name).filter(document.schemas()::has);
    }
}
