package dev.trunkline.console.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trunkline.console.accounts.Accounts;
import dev.trunkline.console.accounts.Role;
import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SettingsCheckTest {
    private static List<Accounts.Wanted> accounts(Map<String, String> environment) {
        ConsoleSettings settings = new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .withConverter(Duration.class, 200, new DurationConverter())
                .withMapping(ConsoleSettings.class)
                .withValidateUnknown(false)
                .withSources(new EnvConfigSource(environment, 300))
                .build()
                .getConfigMapping(ConsoleSettings.class);
        return SettingsCheck.accounts(SettingsCheck.check(settings).console().accounts());
    }

    private static Map<String, String> account(String name, String role, String organisation, String password) {
        String prefix = "TRUNKLINE_CONSOLE_ACCOUNTS_" + name + "_";
        Map<String, String> environment = new HashMap<>(Map.of(prefix + "ROLE", role, prefix + "PASSWORD", password));
        if (!organisation.isEmpty()) {
            environment.put(prefix + "ORGANISATION", organisation);
        }
        return environment;
    }

    @Test
    void accountsAreReadFromTheEnvironment() {
        Map<String, String> environment = account("ADMIN", "admin", "", "twelve-letters");
        environment.putAll(account("DEMO", "tenant", "demo", "twelve-letters"));
        assertThat(accounts(environment)).containsExactly(
                new Accounts.Wanted("admin", Role.ADMIN, Optional.empty(), "twelve-letters"),
                new Accounts.Wanted("demo", Role.TENANT, Optional.of("demo"), "twelve-letters"));
    }

    @Test
    void whatCannotBeIsNamedAndNoPasswordIsRepeated() {
        assertThatThrownBy(() -> accounts(account("ANNA", "king", "", "twelve-letters"))).hasMessageContaining("anna.role is king");
        assertThatThrownBy(() -> accounts(account("ANNA", "desk", "", "twelve-letters"))).hasMessageContaining("anna.organisation is missing");
        assertThatThrownBy(() -> accounts(account("ANNA", "admin", "demo", "twelve-letters")))
                .hasMessageContaining("an admin belongs to no organisation");
        assertThatThrownBy(() -> accounts(account("ANNA", "admin", "", "short")))
                .hasMessageContaining("anna.password").hasMessageNotContaining("short");
        assertThatThrownBy(() -> accounts(Map.of("TRUNKLINE_CONSOLE_SESSION_IDLE", "1s"))).hasMessageContaining("session-idle");
    }
}
