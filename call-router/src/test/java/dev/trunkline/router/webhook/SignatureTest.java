package dev.trunkline.router.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SignatureTest {

    /** Expected values by {@code printf '%s' SECONDS.BODY | openssl dgst -sha256 -hmac SECRET}. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', value = {
        "1764000000 | {\"call_sid\":\"x\"}      | whsec-of-demo | 3fb499586fa1d325057dc48aab1f406e915234e02cff92158b5599a8a38f5957",
        "1764000000 | {\"caller_name\":\"Zoé\"} | clé           | be30fd4124bd4f1c6e1c3de010196d53e3fbec3821bc6f041d9cd9b45b8fce81",
        "0          | ~~                        | k             | 6b4a4b8b3c40f1e8f53a3d36682e5f99f7ad2ac1df1c93dfe336f329167641e7"
    })
    void isWhatAnybodyCanCompute(long seconds, String body, String secret, String hex) {
        assertThat(Signature.of(body.getBytes(StandardCharsets.UTF_8), Instant.ofEpochSecond(seconds, 999), secret))
                .isEqualTo("t=" + seconds + ",v1=" + hex);
    }
}
