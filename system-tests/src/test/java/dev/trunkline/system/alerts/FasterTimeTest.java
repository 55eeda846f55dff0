package dev.trunkline.system.alerts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class FasterTimeTest {
    private static final Path FOLDER = Path.of("..", "deploy", "observability");

    @Test
    void intervalsAreDividedAndNothingElseIs() {
        String rules = """
                      - alert: One
                        expr: sum(increase(calls_total{outcome="lost"}[5m])) > 60 or faults_total unless faults_total offset 15m
                        for: 30s
                      - alert: Two
                        expr: end_seconds - time() < 7 * 86400 and increase(failures_total[1h]) > 2
                """;
        assertThat(new FasterTime(15).of(rules)).isEqualTo("""
                      - alert: One
                        expr: sum(increase(calls_total{outcome="lost"}[20s])) > 60 or faults_total unless faults_total offset 60s
                        for: 2s
                      - alert: Two
                        expr: end_seconds - time() < 7 * 86400 and increase(failures_total[240s]) > 2
                """);
    }

    @Test
    void theShippedRulesAndConfigurationAreTheSameAgainWhenItIsUndone() throws IOException {
        String config = Files.readString(FOLDER.resolve("prometheus.yaml"));
        FasterTime faster = FasterTime.scrapingEachSecond(config);
        assertThat(faster.of(config)).contains("scrape_interval: 1s", "evaluation_interval: 1s");
        for (String file : new String[] {"alerts.yaml", "prometheus.yaml"}) {
            String shipped = Files.readString(FOLDER.resolve(file));
            String asSeconds = new FasterTime(1).of(shipped);
            assertThat(faster.of(shipped)).isNotEqualTo(asSeconds);
            assertThat(faster.undone(faster.of(shipped))).isEqualTo(asSeconds);
            assertThat(asSeconds.replaceAll("\\d+[smh]", "")).isEqualTo(shipped.replaceAll("\\d+[smh]", ""));
        }
    }

    @Test
    void whatWouldNotBeWholeSecondsIsRefused() {
        assertThatThrownBy(() -> new FasterTime(15).of("for: 20s")).hasMessageContaining("for: 20s");
    }
}
