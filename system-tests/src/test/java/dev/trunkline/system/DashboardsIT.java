package dev.trunkline.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.trunkline.phone.AudioSource;
import dev.trunkline.phone.Call;
import dev.trunkline.phone.CallRequest;
import dev.trunkline.phone.Phone;
import dev.trunkline.system.support.Await;
import dev.trunkline.system.support.Prometheus;
import dev.trunkline.system.support.SuiteExtension;
import dev.trunkline.system.support.SuiteUnderTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A Prometheus scrapes the suite, as an operator's would: no dashboard panel is empty, and no alert fires while all is well. */
@ExtendWith(SuiteExtension.class)
class DashboardsIT {
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    private final SuiteUnderTest suite;

    DashboardsIT(SuiteUnderTest suite) {
        this.suite = suite;
    }

    @Test
    void everyPanelHasDataWhileACallIsUp() throws Exception {
        List<String> panels = panels();
        try (Prometheus prometheus = Prometheus.start(suite); Phone phone = suite.phone()) {
            Call call = phone.dial(CallRequest.to(Numbers.IMMEDIATE).from("+32470114001").saying(AudioSource.tone(700)));
            call.awaitAnswer(PATIENCE);
            // Panels fill once a service is scraped; a rate needs two scrapes, and jitter needs the call's first heartbeat, after 3 s.
            Await.until(
                    () -> "data for these panels: " + empty(prometheus, panels),
                    PATIENCE,
                    () -> empty(prometheus, panels).isEmpty());
            assertThat(prometheus.alerts("TrunklineServiceDown")).isFalse();
            assertThat(prometheus.alerts("TrunklineNoRelay")).isFalse();
            assertThat(prometheus.alerts("TrunklineRedisDown")).isFalse();
            assertThat(prometheus.alerts("TrunklineLiveKitDown")).isFalse();
            call.hangUp().toCompletableFuture().join();
        }
    }

    private static List<String> empty(Prometheus prometheus, List<String> panels) {
        return panels.stream().filter(panel -> prometheus.result(panel).isEmpty()).toList();
    }

    private List<String> panels() throws IOException {
        List<String> panels = new ArrayList<>();
        try (var files = Files.newDirectoryStream(suite.root().resolve("deploy/observability/dashboards"), "*.json")) {
            for (Path file : files) {
                new JsonMapper().readTree(file.toFile()).path("panels").findValuesAsText("expr")
                        .forEach(query -> panels.add(query.replace("$__rate_interval", "30s")));
            }
        }
        return panels;
    }
}
