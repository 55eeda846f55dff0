package dev.trunkline.rtc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {

    @ParameterizedTest
    @ValueSource(strings = {"host:7880", "ftp://host", "ws:///path", "/rtc", ""})
    void aWrongUrlIsExplained(String url) {
        assertThatThrownBy(() -> JoinRequest.of(URI.create(url), "token"))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("LiveKit URL");
    }

    @Test
    void secretsAreNotPrinted() {
        JoinRequest request = JoinRequest.of(URI.create("ws://host"), "secret-token")
                .withAttributes(Map.of("sip.phoneNumber", "+3225550100")).withLogLabel("call=1");
        assertThat(request.toString()).doesNotContain("secret").doesNotContain("3225550100").contains("call=1");
    }

    @Test
    void impossibleValuesAreRefused() {
        RtcSettings defaults = RtcSettings.defaults();
        assertThatThrownBy(() -> defaults.withLoops(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> defaults.withJoinTimeout(Duration.ZERO)).hasMessageContaining("joinTimeout");
        assertThatThrownBy(() -> defaults.withConsentTimeout(Duration.ofSeconds(31))).hasMessageContaining("7675");
        assertThatThrownBy(() -> new AudioPublication("x", List.of())).hasMessageContaining("codec");
        assertThatThrownBy(() -> JoinRequest.of(URI.create("ws://host"), " ")).hasMessageContaining("token");
    }

    @Test
    void codecsAreFoundByNameAndPayloadType() {
        for (AudioCodec codec : AudioCodec.values()) {
            assertThat(AudioCodec.ofPayloadType(codec.payloadType())).contains(codec);
            assertThat(AudioCodec.ofEncodingName(codec.name().toLowerCase())).contains(codec);
        }
        assertThat(AudioCodec.ofPayloadType(101)).isEmpty();
        assertThat(AudioCodec.ofEncodingName("telephone-event")).isEmpty();
        assertThat(AudioCodec.OPUS.mimeType()).isEqualTo("audio/opus");
    }
}
