package dev.trunkline.router.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The settings of an OpenID provider that are required before the router starts. */
class ProviderSettingsTest {
    private static final Map<String, String> WHOLE = Map.of(
            "trunkline.auth.issuer", "https://login.example", "trunkline.auth.jwks-url", "https://login.example/keys",
            "trunkline.auth.audience", "trunkline");

    private static AuthSettings without(String missing) {
        var properties = new HashMap<>(WHOLE);
        properties.remove("trunkline.auth." + missing);
        return settings(properties);
    }

    private static AuthSettings settings(Map<String, String> properties) {
        return new SmallRyeConfigBuilder()
                .withMapping(AuthSettings.class)
                .withConverter(Duration.class, 100, new DurationConverter())
                .withSources(new PropertiesConfigSource(properties, "test", 100))
                .build()
                .getConfigMapping(AuthSettings.class);
    }

    @Test
    void aProviderIsTrustedForItsAudience() {
        assertThat(AuthBeans.provider(settings(WHOLE))).hasValueSatisfying(
                issuer -> assertThat(issuer.audience()).isEqualTo("trunkline"));
        assertThat(AuthBeans.provider(settings(Map.of()))).as("no provider at all").isEmpty();
    }

    @Test
    void aProviderWithoutAnAudienceKeepsTheRouterFromStarting() {
        assertThatThrownBy(() -> new AuthBeans().check(null, without("audience")))
                .hasMessageContaining("TRUNKLINE_AUTH_AUDIENCE").hasMessageContaining("aud of this suite");
        var blank = new HashMap<>(WHOLE);
        blank.put("trunkline.auth.audience", " ");
        assertThatThrownBy(() -> AuthBeans.provider(settings(blank))).hasMessageContaining("TRUNKLINE_AUTH_AUDIENCE");
    }

    @Test
    void halfAProviderKeepsTheRouterFromStarting() {
        assertThatThrownBy(() -> AuthBeans.provider(without("issuer"))).hasMessageContaining("go together");
        assertThatThrownBy(() -> AuthBeans.provider(without("jwks-url"))).hasMessageContaining("go together");
    }
}
