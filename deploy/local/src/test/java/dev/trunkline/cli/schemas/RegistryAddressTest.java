package dev.trunkline.cli.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trunkline.cli.UsageException;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RegistryAddressTest {
    private static final String URL = "https://registry.example:8081";

    @ParameterizedTest
    @CsvSource({
        "http://127.0.0.1:8081, http://127.0.0.1:8081/",
        "http://[::1]:8080/apis/ccompat/v7, http://[::1]:8080/apis/ccompat/v7/",
        "HTTPS://registry.example/x/, HTTPS://registry.example/x/"
    })
    void theBaseEndsInASlash(String url, String base) {
        assertThat(RegistryAddress.of(url, Map.of()).base().toString()).isEqualTo(base);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "registry", "127.0.0.1:8081", "ftp://registry/", "http:///subjects", "http://a b/", "http://a/#x", "http://a/?x=1"})
    void whatIsNoAddress(String url) {
        assertThatThrownBy(() -> RegistryAddress.of(url, Map.of())).isInstanceOf(UsageException.class).hasMessageContaining("URL must be an address");
    }

    @Test
    void credentialsAreInTheEnvironmentAlone() {
        assertThat(RegistryAddress.of(URL, Map.of()).authorization()).isEmpty();
        assertThat(RegistryAddress.of(URL, Map.of(RegistryAddress.TOKEN, "t0ken")).authorization()).isEqualTo(Optional.of("Bearer t0ken"));
        RegistryAddress basic =
                RegistryAddress.of(URL, Map.of(RegistryAddress.USER, "Aladdin", RegistryAddress.PASSWORD, "open sesame"));
        // The example of RFC 7617, section 2.
        assertThat(basic.authorization()).contains("Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==");
        assertThat(basic).hasToString(URL + "/");
        assertThatThrownBy(() -> RegistryAddress.of("http://a:b@registry", Map.of())).hasMessageContaining("set TRUNKLINE_REGISTRY_USER");
    }

    @Test
    void anEnvironmentThatContradictsItselfIsRefused() {
        assertThatThrownBy(() -> RegistryAddress.of(URL, Map.of(RegistryAddress.USER, "a"))).hasMessageContaining("must be set together");
        assertThatThrownBy(() -> RegistryAddress.of(URL, Map.of(
                        RegistryAddress.USER, "a", RegistryAddress.PASSWORD, "b", RegistryAddress.TOKEN, "c")))
                .hasMessageContaining("set either TRUNKLINE_REGISTRY_TOKEN or");
    }
}
