package dev.trunkline.router.routing;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShownUrlTest {

    @ParameterizedTest
    @CsvSource({
        "https://shop.example/voice, https://shop.example/voice",
        "HTTPS://Shop.Example:8443/Voice, https://shop.example:8443/Voice",
        "https://ann:pw@shop.example/voice?key=s3cret&b, https://shop.example/voice?key=…&b=…",
        "https://shop.example?key=a%26b, https://shop.example?key=…",
        "https://shop.example/voice#part, https://shop.example/voice",
        "mailto:ann@shop.example, mailto://",
        "/voice, :///voice"
    })
    void showsNoSecrets(URI url, String shown) {
        assertThat(ShownUrl.of(url)).isEqualTo(shown);
    }
}
