package dev.trunkline.checks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.checks.DeclaredMetrics.Metric;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** {@code docs/metrics.md} is generated from the code: {@code -Dmetrics.page=write} writes it. */
class MetricsPageTest {
    private static final Path PAGE = Repository.ROOT.resolve("docs/metrics.md");

    @Test
    void the_page_is_what_the_code_declares() throws Exception {
        String page = page(DeclaredMetrics.all());
        if ("write".equals(System.getProperty("metrics.page"))) {
            Files.writeString(PAGE, page);
        }
        assertThat(Files.readString(PAGE)).as("write it again by -Dmetrics.page=write").isEqualTo(page);
    }

    @Test
    void every_metric_says_what_it_is() throws Exception {
        assertThat(DeclaredMetrics.all()).allSatisfy(metric -> assertThat(metric.help()).as(metric.name()).isNotBlank());
    }

    @Test
    void each_service_declares_metrics_and_none_is_missed() throws Exception {
        List<Metric> all = DeclaredMetrics.all();
        for (String service : Repository.services().keySet()) {
            assertThat(all.stream().filter(metric -> metric.service().equals(service)).count()).as(service).isGreaterThan(2);
        }
        // Each name that stands in the code of a service is on the page, wherever it is declared.
        var literal = java.util.regex.Pattern.compile("\"(trunkline[._](?:edge|router|limiter|relay|dispatcher|console|sipapi)[._][a-z._]+)\"");
        for (String service : Repository.services().keySet()) {
            try (var files = Files.walk(Repository.ROOT.resolve(service + "/src/main/java"))) {
                for (Path file : files.filter(one -> one.toString().endsWith(".java")).toList()) {
                    var name = literal.matcher(Files.readString(file));
                    while (name.find()) {
                        // Settings begin with the same word, and are none of them metrics.
                        if (file.getFileName().toString().endsWith("Metrics.java")) {
                            String shown = name.group(1).replace('.', '_');
                            assertThat(all).as(name.group(1)).anyMatch(metric -> metric.name().startsWith(shown));
                        }
                    }
                }
            }
        }
    }

    private static String page(List<Metric> all) {
        StringBuilder page = new StringBuilder("""
                # Metrics
                Made from the code by `MetricsPageTest`; do not write here. Each service has its own at `/q/metrics`, in Prometheus' format.

                A timer has `_count`, `_sum` and `_max`; with a histogram `_bucket`, else the quantiles 0.5 and 0.99 where there are any. Beside these each service has
                what the JVM (`jvm_*`), HTTP (`http_server_requests_seconds`), the process (`process_*`, `system_*`) and Kafka's clients
                (`kafka_consumer_*`, `kafka_producer_*`: [call-bus](../call-bus/README.md#what-kafkas-clients-count)) count. No label has a number, a name of a caller or a secret.
                """);
        for (String service : all.stream().map(Metric::service).distinct().toList()) {
            page.append("\n## ").append(service).append("\n| metric | kind | labels | what |\n|---|---|---|---|\n");
            all.stream().filter(metric -> metric.service().equals(service)).forEach(metric -> page.append("| `%s` | %s | %s | %s |\n".formatted(
                    metric.name(),
                    metric.kind() + (metric.histogram() ? ", histogram" : ""),
                    metric.labels().stream().map(label -> "`" + label + "`").collect(Collectors.joining(", ")),
                    metric.help())));
        }
        return page.toString();
    }
}
