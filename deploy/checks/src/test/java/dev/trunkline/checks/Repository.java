package dev.trunkline.checks;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The files of this repository, independent of the folder in which the test runs. */
final class Repository {
    static final Path ROOT = root();
    static final Path CHART = ROOT.resolve("deploy/helm/trunkline");
    private static final YAMLMapper YAML = new YAMLMapper();

    private Repository() {}

    private static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("trunkline")) || !Files.exists(folder.resolve("mvnw"))) {
            folder = folder.getParent();
        }
        return folder;
    }

    static Path target(String name) throws IOException {
        return Files.createDirectories(ROOT.resolve("deploy/checks/target").resolve(name));
    }

    static JsonNode yaml(Path file) throws IOException {
        return YAML.readTree(file.toFile());
    }

    /** Each document of a file of several; empty ones left out. */
    static List<JsonNode> documents(String text) throws JsonProcessingException, IOException {
        List<JsonNode> documents = new ArrayList<>();
        try (var parser = YAML.createParser(text)) {
            var all = YAML.readValues(parser, JsonNode.class);
            while (all.hasNextValue()) {
                JsonNode next = all.nextValue();
                if (next != null && next.isObject()) {
                    documents.add(next);
                }
            }
        }
        return documents;
    }

    /** Each service, and what {@code files/services.yaml} of the chart says of it: the one list that all artefacts follow. */
    static Map<String, JsonNode> services() throws IOException {
        Map<String, JsonNode> services = new TreeMap<>();
        yaml(CHART.resolve("files/services.yaml")).properties().forEach(entry -> services.put(entry.getKey(), entry.getValue()));
        return services;
    }

    /** Whether a service runs only where somebody has switched it on. */
    static boolean optional(String service) {
        try {
            return services().get(service).path("optional").asBoolean();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String read(String path) throws IOException {
        return Files.readString(ROOT.resolve(path));
    }
}
