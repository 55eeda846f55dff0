package dev.trunkline.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trunkline.local.SuiteSettings.SettingException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SuiteSettingsTest {
    private static SuiteSettings of(Map<String, String> environment) {
        return SuiteSettings.of(Path.of("root"), Path.of("state"), environment);
    }

    @Test
    void defaultsOpenLoopbackOnly() {
        SuiteSettings settings = of(Map.of());
        assertThat(settings.bind()).isEqualTo("127.0.0.1");
        assertThat(settings.sipPort()).isEqualTo(5060);
        assertThat(settings.rtpPorts()).isEqualTo("10000-20000");
        assertThat(settings.httpPort()).isEqualTo(7580);
        assertThat(settings.liveKitPort()).isEqualTo(7880);
        assertThat(settings.liveKitUrl()).isEmpty();
        assertThat(settings.liveKitKey()).as("is made").isEmpty();
        assertThat(settings.kafkaGuarded()).isFalse();
        assertThat(of(Map.of("TRUNKLINE_KAFKA_GUARDED", "on")).kafkaGuarded()).isTrue();
    }

    @Test
    void whatIsSaidOfSipIsForTheEdge() {
        Map<String, String> tls = Map.of("TRUNKLINE_SIP_TRANSPORTS", "udp,tls", "TRUNKLINE_SIP_TLS_PORT", "5071");
        assertThat(of(tls).sip()).isEqualTo(tls);
        assertThat(of(Map.of("TRUNKLINE_LIVEKIT_SIP", "on")).sip()).isEmpty();
    }

    @Test
    void liveKitsSipApiIsAnsweredOnlyIfItIsWantedAndKeepsItsPort() {
        assertThat(Services.names(of(Map.of()))).doesNotContain(Services.LIVEKIT_SIP);
        SuiteSettings wanted = of(Map.of("TRUNKLINE_LIVEKIT_SIP", "on", "TRUNKLINE_CONSOLE", "off"));
        assertThat(Services.names(wanted)).contains(Services.LIVEKIT_SIP).doesNotContain(Services.CONSOLE);
        assertThat(Services.httpPort(wanted, Services.LIVEKIT_SIP)).isEqualTo(7586);
    }

    @Test
    void liveKitHasARedisOnlyIfItIsGivenOne() {
        var without = new LiveKitServer.LiveKitSettings(7880, "key", "secret");
        assertThat(LiveKitServer.configuration(without)).doesNotContain("redis");
        var with = new LiveKitServer.LiveKitSettings(
                7880, "key", "secret", List.of(), Optional.of("redis://:a-password_of-redis@127.0.0.1:6379"));
        assertThat(LiveKitServer.configuration(with)).endsWith("""
                redis:
                  address: 127.0.0.1:6379
                  password: a-password_of-redis
                """);
    }

    @Test
    void aLiveKitServerThatRunsAlreadyIsTakenWithItsSecret() {
        String secret = "x".repeat(32);
        SuiteSettings settings = of(Map.of(
                "LIVEKIT_URL", "wss://livekit.example", "LIVEKIT_API_KEY", "key", "LIVEKIT_API_SECRET", secret));
        assertThat(settings.liveKitUrl()).contains(URI.create("wss://livekit.example"));
        assertThat(settings.liveKitKey()).contains("key");
        assertThat(settings.liveKitSecret()).contains(secret);
    }

    @ParameterizedTest
    @CsvSource({
        "TRUNKLINE_SIP_PORT, sip",
        "TRUNKLINE_SIP_PORT, 0",
        "TRUNKLINE_HTTP_PORT, 70000",
        "TRUNKLINE_RTP_PORTS, 10000",
        "TRUNKLINE_RTP_PORTS, 20000-10000",
        "TRUNKLINE_RTP_PORTS, 10000-99999",
        "TRUNKLINE_DRAIN, soon",
        "TRUNKLINE_DRAIN, PT-5S",
        "TRUNKLINE_STOP_WITHIN, at once",
        "TRUNKLINE_WARM_UP, long",
        "TRUNKLINE_LOG_MEGABYTES, 1",
        "TRUNKLINE_LOG_MEGABYTES, much",
        "TRUNKLINE_KAFKA_GUARDED, yes",
        "TRUNKLINE_CONSOLE, no",
        "TRUNKLINE_LIVEKIT_SIP, yes",
        "LIVEKIT_API_SECRET, short",
        "LIVEKIT_URL, livekit.example",
        "LIVEKIT_URL, ws://127.0.0.1:7880",
    })
    void whatCannotBeIsNamedInTheError(String name, String value) {
        assertThatThrownBy(() -> of(Map.of(name, value)))
                .isInstanceOf(SettingException.class)
                .hasMessageContaining(name)
                .hasMessageContaining("write");
    }

    @ParameterizedTest
    @CsvSource({"5s, PT5S", "90, PT1M30S", "2m, PT2M", "250ms, PT0.25S", "PT1H, PT1H", "0s, PT0S"})
    void theTimeOfADrainIsWrittenAsForTheServices(String text, java.time.Duration drain) {
        assertThat(of(Map.of("TRUNKLINE_DRAIN", text)).drain()).isEqualTo(drain);
    }

    @Test
    void blankMeansNotSet() {
        assertThat(of(Map.of("TRUNKLINE_SIP_PORT", "  ")).sipPort()).isEqualTo(5060);
    }
}
