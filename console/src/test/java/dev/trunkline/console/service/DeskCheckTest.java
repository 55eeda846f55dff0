package dev.trunkline.console.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trunkline.console.desk.BrowserLiveKit;
import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Environment settings, read through application.properties. */
class DeskCheckTest {
    private static final Map<String, String> WHOLE =
            Map.of("LIVEKIT_URL", "ws://127.0.0.1:7880", "LIVEKIT_API_KEY", "key", "LIVEKIT_API_SECRET", "the-secret");

    private static Optional<BrowserLiveKit> liveKit(Map<String, String> environment) throws IOException {
        return DeskCheck.liveKit(new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .withConverter(Duration.class, 200, new DurationConverter())
                .withMapping(ConsoleSettings.class)
                .withValidateUnknown(false)
                .withSources(
                        new PropertiesConfigSource(Path.of("src/main/resources/application.properties").toUri().toURL(), 250),
                        new EnvConfigSource(environment, 300))
                .build()
                .getConfigMapping(ConsoleSettings.class));
    }

    private static Map<String, String> with(String name, String value) {
        Map<String, String> environment = new HashMap<>(WHOLE);
        environment.put(name, value);
        return environment;
    }

    @Test
    void thereIsADeskWhereLiveKitIsKnown() throws Exception {
        assertThat(liveKit(WHOLE)).map(BrowserLiveKit::url).contains(URI.create("ws://127.0.0.1:7880"));
        assertThat(liveKit(with("TRUNKLINE_CONSOLE_LIVEKIT_URL", "https://livekit.example"))).map(BrowserLiveKit::url)
                .contains(URI.create("wss://livekit.example"));
        assertThat(liveKit(with("TRUNKLINE_CONSOLE_LIVEKIT_URL", ""))).map(BrowserLiveKit::url).contains(URI.create("ws://127.0.0.1:7880"));
    }

    @Test
    void thereIsNoneWhereSomethingIsMissing() throws Exception {
        assertThat(liveKit(Map.of())).isEmpty();
        for (String name : WHOLE.keySet()) {
            assertThat(liveKit(with(name, ""))).as(name).isEmpty();
        }
    }

    @Test
    void anAddressThatIsNoneIsNamed() {
        assertThatThrownBy(() -> liveKit(with("LIVEKIT_URL", "livekit.example")))
                .hasMessageContaining("livekit.example").hasMessageNotContaining("the-secret");
    }
}
