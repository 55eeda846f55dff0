package dev.trunkline.checks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.trunkline.checks.DeclaredMetrics.Metric;
import dev.trunkline.events.EndReason;
import dev.trunkline.events.RefusalReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ObservabilityTest {
    private static final Path FOLDER = Repository.ROOT.resolve("deploy/observability");
    private static final Path ALERTS = FOLDER.resolve("alerts.yaml");

    @Test
    void every_rule_is_sound_and_fires_and_none_does_while_all_is_well() throws Exception {
        String promtool = Tools.debian("promtool", "prometheus").toString();
        Tools.run(List.of(promtool, "check", "rules", ALERTS.toString())).orFail("promtool check rules");
        Tools.run(List.of(promtool, "test", "rules", FOLDER.resolve("alerts.test.yaml").toString())).orFail("promtool test rules");
        Tools.run(List.of(promtool, "check", "config", FOLDER.resolve("prometheus.yaml").toString())).orFail("promtool check config");
    }

    @Test
    void every_alert_has_a_case_and_a_section_that_says_what_to_do() throws Exception {
        List<String> cases = Repository.yaml(FOLDER.resolve("alerts.test.yaml")).path("tests").findValuesAsText("name");
        String runbooks = Repository.read("docs/runbooks.md");
        List<String> sections = runbooks.lines().filter(line -> line.startsWith("## ")).map(line -> line.substring(3)).toList();
        Map<String, JsonNode> alerts = alerts();
        assertThat(sections).containsExactlyElementsOf(alerts.keySet());
        alerts.forEach((name, alert) -> {
            assertThat(cases).contains(name + " fires");
            assertThat(alert.at("/annotations/runbook").asText()).isEqualTo("docs/runbooks.md#" + name.toLowerCase(Locale.ROOT));
            assertThat(alert.at("/annotations/summary").asText()).as(name).isNotBlank();
            assertThat(alert.at("/labels/severity").asText()).isIn("page", "ticket");
        });
    }

    /** AlertsIT fails without one too, but belongs to the tests that take minutes. */
    @Test
    void every_alert_has_a_cause_in_the_test_with_a_running_suite() throws Exception {
        StringBuilder causes = new StringBuilder();
        try (var files = Files.newDirectoryStream(Repository.ROOT.resolve("system-tests/src/test/java/dev/trunkline/system/alerts"), "*Causes.java")) {
            for (Path file : files) {
                causes.append(Files.readString(file));
            }
        }
        alerts().keySet().forEach(name -> assertThat(causes.toString()).contains("\"" + name + "\""));
    }

    @Test
    void alerts_and_panels_ask_for_metrics_and_labels_that_the_services_have() throws Exception {
        Map<String, Metric> series = new LinkedHashMap<>();
        for (Metric metric : DeclaredMetrics.all()) {
            metric.series().forEach(name -> series.put(name, metric));
        }
        Pattern use = Pattern.compile("\\b(trunkline_[a-z_]+)(?:\\{([^}]*)})?");
        for (String query : queries()) {
            Matcher metric = use.matcher(query);
            while (metric.find()) {
                assertThat(series).as(query).containsKey(metric.group(1));
                Matcher label = Pattern.compile("([a-z_]+)\\s*=").matcher(metric.group(2) == null ? "" : metric.group(2));
                while (label.find()) {
                    assertThat(series.get(metric.group(1)).labels()).as(query).contains(label.group(1));
                }
            }
            // By which labels they are put together.
            Matcher by = Pattern.compile("by \\(([a-z_, ]+)\\) \\(+(?:rate|increase)?\\(?(trunkline_[a-z_]+)").matcher(query);
            while (by.find()) {
                Set<String> known = new TreeSet<>(series.get(by.group(2)).labels());
                known.addAll(List.of("service", "instance", "le", "quantile"));
                assertThat(known).as(query).containsAll(List.of(by.group(1).split(", ?")));
            }
        }
    }

    @Test
    void reasons_that_alerts_name_are_reasons() throws Exception {
        Set<String> codes = Stream.concat(Stream.of(RefusalReason.values()).map(RefusalReason::code), Stream.of(EndReason.values()).map(EndReason::code))
                .collect(Collectors.toSet());
        Matcher outcome = Pattern.compile("calls_over_total\\{outcome=~?\"([^\"]*)\"").matcher(Files.readString(ALERTS));
        int found = 0;
        while (outcome.find()) {
            found++;
            assertThat(codes).containsAll(List.of(outcome.group(1).split("\\|")));
        }
        assertThat(found).isPositive();
    }

    @Test
    void every_query_of_a_panel_is_one() throws Exception {
        StringBuilder rules = new StringBuilder("groups:\n  - name: panels\n    rules:\n");
        int number = 0;
        for (String query : panels()) {
            rules.append("      - {record: panel_%d, expr: '%s'}\n".formatted(number++, query.replace("$__rate_interval", "5m")));
        }
        Path file = Repository.target("prometheus").resolve("panels.yaml");
        Files.writeString(file, rules);
        Tools.run(List.of(Tools.debian("promtool", "prometheus").toString(), "check", "rules", file.toString())).orFail("promtool check rules of the panels");
    }

    private static Map<String, JsonNode> alerts() throws IOException {
        Map<String, JsonNode> alerts = new LinkedHashMap<>();
        Repository.yaml(ALERTS).at("/groups/0/rules").forEach(rule -> alerts.put(rule.path("alert").asText(), rule));
        return alerts;
    }

    private static List<String> queries() throws IOException {
        List<String> queries = new ArrayList<>(panels());
        alerts().values().forEach(alert -> queries.add(alert.path("expr").asText()));
        Repository.yaml(Repository.CHART.resolve("values.yaml")).path("services").findValuesAsText("query")
                .forEach(query -> queries.add(query.replace("{namespace=\"{{ .Release.Namespace }}\"}", "")));
        return queries;
    }

    /** The queries of all dashboards. */
    static List<String> panels() throws IOException {
        List<String> queries = new ArrayList<>();
        try (var files = Files.newDirectoryStream(FOLDER.resolve("dashboards"), "*.json")) {
            for (Path file : files) {
                queries.addAll(new JsonMapper().readTree(file.toFile()).path("panels").findValuesAsText("expr"));
            }
        }
        assertThat(queries).hasSizeGreaterThan(20);
        return queries;
    }
}
