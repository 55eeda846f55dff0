package dev.trunkline.checks;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The chart as Helm renders it. */
final class Chart {
    static final String RELEASE = "trunkline";
    /** The values files of sites, by how many calls they are for. */
    static final List<String> SITES = List.of("50", "1000", "10000");

    /** The site whose LiveKit is the chart's own: what is optional is not there. */
    static final String WITHOUT_OPTIONAL = "50";

    private Chart() {}

    /** The manifests for a site, as text. */
    static Path render(String site, String... more) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Tools.helm().toString(), "template", RELEASE, Repository.CHART.toString(), "--namespace", "calls",
                "--kube-version", Schemas.KUBERNETES, "--values", Repository.CHART.resolve("sites/" + site + ".yaml").toString()));
        command.addAll(List.of(more));
        String text = Tools.run(command).orFail("helm template of " + site).text().lines()
                // Files that stand elsewhere in the repository, and are the chart's too.
                .filter(line -> !line.startsWith("walk.go"))
                .collect(Collectors.joining("\n"));
        Path file = Files.createTempFile(Repository.target("charts"), site + "-", ".yaml");
        return Files.writeString(file, text);
    }

    static List<JsonNode> manifests(String site, String... more) throws IOException, InterruptedException {
        return Repository.documents(Files.readString(render(site, more)));
    }

    static Stream<JsonNode> of(List<JsonNode> manifests, String... kinds) {
        return manifests.stream().filter(one -> List.of(kinds).contains(one.path("kind").asText()));
    }

    /** The pods' templates: of ours and of the stores. */
    static List<JsonNode> workloads(List<JsonNode> manifests) {
        return of(manifests, "Deployment", "StatefulSet").toList();
    }

    static String service(JsonNode manifest) {
        return manifest.path("metadata").path("labels").path("app.kubernetes.io/name").asText();
    }

    static JsonNode pod(JsonNode workload) {
        return workload.path("spec").path("template").path("spec");
    }

    /** Names in the environment of the pod's container. */
    static List<String> variables(JsonNode pod) {
        List<String> names = new ArrayList<>();
        pod.path("containers").get(0).path("env").forEach(variable -> names.add(variable.path("name").asText()));
        return names;
    }
}
