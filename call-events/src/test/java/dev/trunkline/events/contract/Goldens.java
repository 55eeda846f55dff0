package dev.trunkline.events.contract;

import com.fasterxml.jackson.databind.JsonNode;
import dev.trunkline.events.codec.EventJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** The example messages in {@code src/test/resources/golden}. */
final class Goldens {
    private static final Path FOLDER = Path.of("src/test/resources/golden");

    private Goldens() {}

    record Golden(String file, String text, JsonNode json) {
        JsonNode headers() {
            return json.path("headers");
        }

        JsonNode data() {
            return json.path("data");
        }

        String ceType() {
            return headers().path("ce_type").asText();
        }

        ConsumerRecord<String, byte[]> message() {
            return message(data());
        }

        /** Returns the same message with other data. */
        ConsumerRecord<String, byte[]> message(JsonNode data) {
            var message = new ConsumerRecord<>(
                    "call-events", 0, 0, headers().path("ce_subject").asText(),
                    data.toString().getBytes(StandardCharsets.UTF_8));
            headers().properties().forEach(header -> message.headers()
                    .add(header.getKey(), header.getValue().asText().getBytes(StandardCharsets.UTF_8)));
            return message;
        }

        @Override
        public String toString() {
            return file;
        }
    }

    static Stream<Golden> events() {
        return all().stream().filter(golden -> golden.file().startsWith("dev.trunkline."));
    }

    static Stream<Golden> trunks() {
        return all().stream().filter(golden -> golden.file().startsWith("trunk"));
    }

    static Golden relay() {
        return all().stream().filter(golden -> golden.file().equals("relay.json")).findFirst().orElseThrow();
    }

    static Golden liveCall() {
        return all().stream().filter(golden -> golden.file().equals("live-call.json")).findFirst().orElseThrow();
    }

    static Golden callMessage() {
        return named("call-message.json");
    }

    static Golden named(String file) {
        return all().stream().filter(golden -> golden.file().equals(file)).findFirst().orElseThrow();
    }

    static List<Golden> all() {
        return in(FOLDER);
    }

    static List<Golden> in(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().map(Goldens::read).toList();
        } catch (IOException e) {
            throw new AssertionError("the golden examples cannot be read", e);
        }
    }

    private static Golden read(Path file) {
        try {
            String text = Files.readString(file);
            return new Golden(file.getFileName().toString(), text, EventJson.MAPPER.readTree(text));
        } catch (IOException e) {
            throw new AssertionError(file + " cannot be read", e);
        }
    }
}
