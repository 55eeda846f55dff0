package dev.trunkline.sip.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DigestFieldsTest {
    private static Map<String, String> read(String header) {
        return DigestFields.parse(header).orElseThrow().values();
    }

    @Test
    void readsTokensAndQuotedStrings() {
        assertThat(read("Digest username=\"anna\", realm=\"a \\\"b\\\" \\\\ c\",NC=00000001 ,qop = auth"))
                .isEqualTo(Map.of("username", "anna", "realm", "a \"b\" \\ c", "nc", "00000001", "qop", "auth"));
        assertThat(read("digest a=\"x,y=z\"")).isEqualTo(Map.of("a", "x,y=z"));
        assertThat(read("DIGEST\t a=\"\"")).isEqualTo(Map.of("a", ""));
    }

    @Test
    void takesANonceWithoutQuotes() {
        assertThat(read("Digest nonce=abc==,uri=sip:a@b:5060")).isEqualTo(Map.of("nonce", "abc==", "uri", "sip:a@b:5060"));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "", "Digest", "Digest ", "Basic a=b", "Digesta=b", "Digest a", "Digest =b", "Digest a=b c=d", "Digest a=b,",
        "Digest a=\"b", "Digest a=\"b\\", "Digest a=b, A=c", "Digest a=\"b\"c=\"d\"", "Digest ,a=b", "Digest a=b,,c=d",
    })
    void refusesWhatIsMalformed(String header) {
        assertThat(DigestFields.parse(header)).isEmpty();
    }

    @Test
    void refusesWhatIsTooLong() {
        assertThat(DigestFields.parse("Digest a=\"" + "x".repeat(5_000) + "\"")).isEmpty();
    }

    @Test
    void nothingThatComesMakesItFail() {
        var random = new Random(7);
        String letters = "Digest =,\"\\\t\r\nabc\u00e9\u0000;<>";
        for (int i = 0; i < 50_000; i++) {
            var header = new StringBuilder("Digest ");
            for (int length = random.nextInt(40); length > 0; length--) {
                header.append(letters.charAt(random.nextInt(letters.length())));
            }
            DigestFields.parse(header.toString()).ifPresent(fields -> assertThat(fields.values()).isNotEmpty());
        }
    }

    @Test
    void quotesWhatItReads() {
        String awkward = "a \"b\\c\", d=e";
        assertThat(read("Digest a=" + DigestFields.quoted(awkward))).isEqualTo(Map.of("a", awkward));
    }
}
