package dev.trunkline.cli.directory;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A folder of files that were written for {@code lk sip}, as one list of requests. A rule without a name gets the name of its file, by
 * which it is found when the folder is registered again.
 *
 * @param requests of all files, in the order of the file names
 * @param places of each request: the file, and the place in it
 */
record RuleFolder(ArrayNode requests, List<String> places) {
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    private static final Pattern PLACE = Pattern.compile("\\[([0-9]{1,9})](?:\\.?(.*))?");
    private static final String SUFFIX = ".json";

    /** @throws IOException that names every file that cannot be read, and the place of the error */
    static RuleFolder read(Path folder, String written) throws IOException {
        List<Path> files;
        try (Stream<Path> list = Files.list(folder)) {
            files = list.filter(file -> file.getFileName().toString().endsWith(SUFFIX) && Files.isRegularFile(file)).sorted().toList();
        } catch (IOException e) {
            throw new IOException("there is no folder " + written, e);
        }
        if (files.isEmpty()) {
            throw new IOException("there is no file *.json in " + written);
        }
        var read = new RuleFolder(JsonNodeFactory.instance.arrayNode(), new ArrayList<>());
        List<String> faults = new ArrayList<>();
        for (Path file : files) {
            String name = file.getFileName().toString();
            try {
                JsonNode document = JSON.readTree(Files.readAllBytes(file));
                if (document.isMissingNode()) {
                    faults.add(name + ": is empty");
                }
                read.add(name, document);
            } catch (JsonProcessingException e) {
                // The parser's message quotes the file, which may contain a password.
                faults.add("%s: no JSON at line %d, column %d".formatted(name, e.getLocation().getLineNr(), e.getLocation().getColumnNr()));
            }
        }
        if (!faults.isEmpty()) {
            throw new IOException(String.join("\n", faults));
        }
        return read;
    }

    private void add(String file, JsonNode document) {
        JsonNode list = document.isArray() ? document : document.path("items");
        if (!list.isArray()) {
            add(file, document, file.substring(0, file.length() - SUFFIX.length()));
            return;
        }
        for (int i = 0; i < list.size(); i++) {
            add(file + " [" + i + "]", list.get(i), file.substring(0, file.length() - SUFFIX.length()) + "-" + (i + 1));
        }
    }

    private void add(String place, JsonNode request, String name) {
        requests.add(named(request, name));
        places.add(place);
    }

    private static JsonNode named(JsonNode request, String name) {
        ObjectNode body = Stream.of("dispatch_rule", "dispatchRule")
                .map(request::get)
                .filter(ObjectNode.class::isInstance)
                .map(ObjectNode.class::cast)
                .findFirst()
                .orElse(request instanceof ObjectNode flat && flat.has("rule") ? flat : JsonNodeFactory.instance.objectNode());
        if (body.path("name").asText("").isBlank()) {
            body.put("name", name);
        }
        return request;
    }

    /** Converts the router's path of a field to the file that contains the field. */
    String placed(String path) {
        Matcher place = PLACE.matcher(path);
        if (!place.matches() || Integer.parseInt(place.group(1)) >= places.size()) {
            return path;
        }
        String file = places.get(Integer.parseInt(place.group(1)));
        return place.group(2) == null || place.group(2).isEmpty() ? file : file + ": " + place.group(2);
    }

    /** Returns the router's report with files in place of paths. */
    JsonNode placed(JsonNode report) {
        Stream.of("faults", "warnings").flatMap(list -> report.path(list).valueStream())
                .filter(ObjectNode.class::isInstance)
                .map(ObjectNode.class::cast)
                .forEach(fault -> fault.put("path", placed(fault.path("path").asText())));
        return report;
    }
}
