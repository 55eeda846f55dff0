package dev.trunkline.local.aot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.local.SuiteSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TrainingPortsTest {

    @Test
    void aTrainingRunListensOnLoopbackAndOnNoPortThatASuiteTakesByItself() throws IOException {
        SuiteSettings usual = SuiteSettings.of(Path.of("."), Path.of("state"), java.util.Map.of());
        SuiteSettings training =
                SuiteSettings.of(Path.of("."), Path.of("state"), TrainingPorts.settings(new Random(7)));

        assertThat(training.bind()).isEqualTo("127.0.0.1");
        assertThat(training.sipPort()).isBetween(20_000, 32_000).isNotEqualTo(usual.sipPort());
        assertThat(training.httpPort()).isBetween(20_000, 32_000);
        assertThat(training.liveKitPort()).isBetween(20_000, 32_000);
        assertThat(training.drain()).isZero();
    }
}
