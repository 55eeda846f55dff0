package dev.trunkline.relay.room;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AttributeHeadersTest {
    private static final AttributeHeaders HEADERS = new AttributeHeaders(Map.of("outcome", "X-Outcome", "sip.callID", "X-Call"));

    private static String outcome(String value) {
        return HEADERS.of(Map.of("outcome", value)).get("X-Outcome");
    }

    @Test
    void attributesThatAreThereBecomeHeaders() {
        assertThat(HEADERS.of(Map.of("outcome", "sold", "sip.callID", "SCL_1", "other", "x")))
                .isEqualTo(Map.of("X-Outcome", "sold", "X-Call", "SCL_1"));
        assertThat(HEADERS.of(Map.of("other", "x"))).isEmpty();
        assertThat(HEADERS.of(Map.of())).isEmpty();
    }

    @Test
    void nothingIsMadeWhereNothingIsWanted() {
        assertThat(new AttributeHeaders(Map.of()).isEmpty()).isTrue();
        assertThat(new AttributeHeaders(Map.of()).of(Map.of("outcome", "sold"))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "sold\\nto Anna        | sold to Anna",
        "sold\\r\\nVia: evil    | sold  Via: evil",
        "\\n sold \\t           | sold",
        "a\u0001b              | a b",
        "a\u0085b              | a b",
        "a\u2028b              | a b",
        "verkauft für 5 €       | verkauft für 5 €",
        "{\"a\": \"b\"}          | {\"a\": \"b\"}",
    })
    void aValueIsOneLine(String written, String header) {
        assertThat(outcome(written.translateEscapes())).isEqualTo(header);
    }

    @ParameterizedTest
    @CsvSource({"''", "' '", "'\\n\\n'"})
    void anEmptyValueIsNoHeader(String written) {
        assertThat(HEADERS.of(Map.of("outcome", written.translateEscapes()))).isEmpty();
    }

    @Test
    void aLongValueIsCutBetweenCharacters() {
        assertThat(outcome("a".repeat(5_000))).hasSize(AttributeHeaders.MOST_VALUE);
        String euros = outcome("€".repeat(5_000));
        assertThat(euros.getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(AttributeHeaders.MOST_VALUE);
        assertThat(euros).isEqualTo("€".repeat(AttributeHeaders.MOST_VALUE / 3));
    }

    @Test
    void allTogetherHaveALimitAndTheFirstAreKept() {
        Map<String, String> mapping = new HashMap<>();
        Map<String, String> attributes = new HashMap<>();
        for (int i = 0; i < 10; i++) {
            mapping.put("a" + i, "X-" + i);
            attributes.put("a" + i, "v".repeat(900));
        }
        assertThat(new AttributeHeaders(mapping).of(attributes)).containsOnlyKeys("X-0", "X-1", "X-2");
    }

    @Test
    void ofTwoForOneHeaderTheFirstThatIsThereCounts() {
        var headers = new AttributeHeaders(Map.of("a", "X-Same", "b", "x-same"));
        assertThat(headers.of(Map.of("a", "1", "b", "2"))).isEqualTo(Map.of("X-Same", "1"));
        assertThat(headers.of(Map.of("b", "2"))).isEqualTo(Map.of("x-same", "2"));
    }
}
