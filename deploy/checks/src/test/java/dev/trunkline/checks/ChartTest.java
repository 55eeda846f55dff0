package dev.trunkline.checks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ChartTest {
    @Test
    void helm_finds_nothing_wrong_and_the_values_of_each_site_fit_the_schema() throws Exception {
        for (String site : Chart.SITES) {
            Tools.run(List.of(Tools.helm().toString(), "lint", "--strict", "--quiet", Repository.CHART.toString(),
                            "--values", Repository.CHART.resolve("sites/" + site + ".yaml").toString()))
                    .orFail("helm lint of the site of " + site);
        }
    }

    @Test
    void every_manifest_of_each_site_fits_its_schema_and_no_field_is_unknown() throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Tools.kubeconform().toString(), "-strict", "-summary",
                "-skip", String.join(",", Schemas.WITHOUT),
                "-schema-location", Schemas.folder() + "/{{.ResourceKind}}{{.KindSuffix}}.json"));
        for (String site : Chart.SITES) {
            command.add(Chart.render(site).toString());
        }
        command.add(loadBalanced().toString());
        command.add(Chart.render("50", "--set", "kafka.strimzi.enabled=false,kafka.bootstrap=kafka:9092,redis.server.enabled=false,"
                + "secrets.existingSecret=mine,sip.network.mode=pod,rtp.network.mode=pod").toString());
        String said = Tools.run(command).orFail("kubeconform").text();
        assertThat(said).contains("Invalid: 0, Errors: 0").doesNotContain("Valid: 0,");
    }

    @Test
    void a_field_that_nobody_knows_is_found() throws Exception {
        String text = Files.readString(Chart.render("50"));
        Path wrong = Files.createTempFile(Repository.target("charts"), "wrong", ".yaml");
        Files.writeString(wrong, text.replace("terminationGracePeriodSeconds:", "terminationGraceSeconds:"));
        assertThat(Tools.run(List.of(Tools.kubeconform().toString(), "-strict", "-skip", String.join(",", Schemas.WITHOUT),
                        "-schema-location", Schemas.folder() + "/{{.ResourceKind}}{{.KindSuffix}}.json", wrong.toString()))
                .exitCode()).isNotZero();
    }

    @Test
    void a_value_that_there_is_not_is_refused() throws Exception {
        for (String wrong : List.of("suiteCall=7", "services.sip-edge.replica=2", "rtp.firstPort=abc", "sip.network.mode=bridge")) {
            Tools.Output said = Tools.run(List.of(Tools.helm().toString(), "template", Chart.RELEASE, Repository.CHART.toString(),
                    "--kube-version", Schemas.KUBERNETES, "--values", Repository.CHART.resolve("sites/50.yaml").toString(), "--set", wrong));
            assertThat(said.exitCode()).as(wrong).isNotZero();
            assertThat(said.text()).as(wrong).contains("schema");
        }
    }

    @Test
    void every_value_is_described_where_it_stands() throws Exception {
        List<String> bare = new ArrayList<>();
        String before = "";
        for (String line : Files.readAllLines(Repository.CHART.resolve("values.yaml"))) {
            boolean begins = line.matches("[a-zA-Z][a-zA-Z0-9-]*:.*");
            if (begins && line.endsWith(":") && before.isBlank() || before.strip().startsWith("#")) {
                before = line;
                continue;
            }
            if (begins && !line.endsWith(":")) {
                bare.add(line);
            }
            before = line;
        }
        assertThat(bare).as("values at the top without a line above them").isEmpty();
    }

    @Test
    void the_schema_has_every_value_and_no_other() throws Exception {
        Set<String> values = new HashSet<>();
        paths(Repository.yaml(Repository.CHART.resolve("values.yaml")), "", values);
        Set<String> schema = new HashSet<>();
        properties(new com.fasterxml.jackson.databind.json.JsonMapper().readTree(Repository.CHART.resolve("values.schema.json").toFile()), "", schema);
        assertThat(schema).containsAll(values.stream().filter(path -> !free(path)).toList());
    }

    /** Below these anything may stand. */
    private static boolean free(String path) {
        return path.matches("services\\..*|.*(resources|Resources|labels|annotations|addresses|nodeSelector|config|store|issuer)\\..*");
    }

    private static void paths(JsonNode node, String path, Set<String> found) {
        node.properties().forEach(entry -> {
            found.add(path + entry.getKey());
            paths(entry.getValue(), path + entry.getKey() + ".", found);
        });
    }

    private static void properties(JsonNode schema, String path, Set<String> found) {
        schema.path("properties").properties().forEach(entry -> {
            found.add(path + entry.getKey());
            properties(entry.getValue(), path + entry.getKey() + ".", found);
        });
    }

    /** Edges and relays behind load balancers of their own. */
    static Path loadBalanced() throws IOException, InterruptedException {
        Path values = Files.createTempFile(Repository.target("charts"), "load-balanced", ".yml");
        Files.writeString(values, """
                sip:
                  transports: [udp, tcp, tls]
                  tls: {secret: mine}
                  network:
                    mode: loadBalancer
                    addresses: {trunkline-sip-edge-0: 203.0.113.1, trunkline-sip-edge-1: 203.0.113.2}
                rtp:
                  firstPort: 10000
                  lastPort: 10099
                  network:
                    mode: loadBalancer
                    addresses: {trunkline-media-relay-0: 203.0.113.3, trunkline-media-relay-1: 203.0.113.4}
                """);
        return Chart.render("50", "--values", values.toString());
    }
}
