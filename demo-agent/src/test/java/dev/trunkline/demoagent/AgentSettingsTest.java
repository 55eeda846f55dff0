package dev.trunkline.demoagent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AgentSettingsTest {
    private static final Map<String, String> LEAST = Map.of("LIVEKIT_API_SECRET", "secret");

    private static AgentSettings with(String name, String value) {
        Map<String, String> environment = new HashMap<>(LEAST);
        environment.put(name, value);
        return AgentSettings.from(environment);
    }

    @Test
    void oneVariableIsEnough() {
        AgentSettings settings = AgentSettings.from(LEAST);
        assertThat(settings.worker().livekit()).hasToString("ws://127.0.0.1:7880");
        assertThat(settings.worker().agentName()).isEqualTo("demo");
        assertThat(settings.worker().key()).isEqualTo("devkey");
        assertThat(settings.mostJobs()).isEqualTo(200);
        assertThat(settings.drain()).isEqualTo(Duration.ofSeconds(3));
        assertThat(settings.httpPort()).isEmpty();
    }

    @Test
    void aServerOnLoopbackIsReachedFromLoopback() {
        assertThat(AgentSettings.from(LEAST).bind()).hasValueSatisfying(
                address -> assertThat(address.isLoopbackAddress()).isTrue());
        assertThat(with("LIVEKIT_URL", "wss://192.0.2.1").bind()).isEmpty();
        assertThat(with("TRUNKLINE_BIND", "127.0.0.2").bind()).hasValueSatisfying(
                address -> assertThat(address.getHostAddress()).isEqualTo("127.0.0.2"));
    }

    @Test
    void withoutASecretItSaysSo() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AgentSettings.from(Map.of()))
                .withMessageContaining("LIVEKIT_API_SECRET is not set");
    }

    @ParameterizedTest
    @CsvSource({
        "LIVEKIT_URL, ftp://x", "LIVEKIT_URL, nonsense", "LIVEKIT_URL, ws:// bad", "AGENT_MAX_JOBS, 0",
        "AGENT_MAX_JOBS, many", "AGENT_HTTP_PORT, 65536", "AGENT_DRAIN_SECONDS, -1", "AGENT_MEDIA_LOOPS, 65",
        "TRUNKLINE_BIND, no.such.host.invalid"
    })
    void whatMakesNoSenseIsNamed(String name, String value) {
        assertThatIllegalArgumentException().isThrownBy(() -> with(name, value)).withMessageContaining(name);
    }

    @Test
    void secretsStayOutOfText() {
        assertThat(AgentSettings.from(LEAST).toString()).doesNotContain("secret");
    }
}
