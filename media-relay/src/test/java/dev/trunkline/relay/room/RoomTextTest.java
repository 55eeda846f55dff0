package dev.trunkline.relay.room;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RoomTextTest {
    @ParameterizedTest
    @ValueSource(strings = {
        "\u0000", "\u001b", "\r", "\n", "\t", "\u007f", "\u0085", "\u009b", "\u200e", "\u202e", "\u2028", "\u2029", "\ud800", "\udc00",
        "\ue000", "\ufeff"
    })
    void whatCannotBePrintedIsReplaced(String character) {
        assertThat(RoomText.line("a" + character + "b", 100)).isEqualTo("a?b");
        assertThat(RoomText.identity("sip_" + character)).isEqualTo("sip_?");
    }

    @ParameterizedTest
    @ValueSource(strings = {"+32470123456", "Ann Dupré", "花子", "😀 smile", "a@b;c=\"d\"", ""})
    void whatCanBePrintedStays(String text) {
        assertThat(RoomText.line(text, 100)).isEqualTo(text);
    }

    @Test
    void aLongTextIsCutBetweenCharacters() {
        assertThat(RoomText.line("9".repeat(3_000), 128)).hasSize(128);
        assertThat(RoomText.line("é".repeat(10), 5)).isEqualTo("éé");
        assertThat(RoomText.line("😀".repeat(10), 9)).isEqualTo("😀😀");
    }

    @Test
    void anIdentityEndsAtNoCharacterThatLogsEndItAt() {
        assertThat(RoomText.identity("sip_0032 470-12 \"34\",56")).isEqualTo("sip_0032_470-12__34__56");
        assertThat(RoomText.identity("sip_+32470123456")).isEqualTo("sip_+32470123456");
    }

    @Test
    void ofTooManyAttributesTheSystemsOwnStay() {
        Map<String, String> headers = new HashMap<>();
        for (int i = 0; i < 500; i++) {
            headers.put("sip.h.x-%03d".formatted(i), "v".repeat(5_000));
        }
        headers.put("sip.callID", "forged");
        Map<String, String> kept = RoomText.attributes(headers, Map.of("sip.callID", "SCL_1", "sip.trunkID", "t1", "empty", ""));
        assertThat(kept).containsEntry("sip.callID", "SCL_1").containsEntry("sip.trunkID", "t1").doesNotContainKey("empty");
        assertThat(kept.get("sip.h.x-000")).hasSize(RoomText.MOST_VALUE);
        assertThat(kept.entrySet().stream()
                .mapToInt(entry -> (entry.getKey() + entry.getValue()).getBytes(StandardCharsets.UTF_8).length).sum())
                .isLessThanOrEqualTo(RoomText.MOST_ATTRIBUTES).isGreaterThan(RoomText.MOST_ATTRIBUTES / 2);
    }
}
