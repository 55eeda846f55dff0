package dev.trunkline.local.aot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trunkline.local.SuiteSettings.SettingException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AotSettingTest {

    @Test
    void cachesAreMadeAndUsedUnlessTheyAreSwitchedOff() {
        assertThat(AotSetting.isOn(Map.of())).isTrue();
        assertThat(AotSetting.isOn(Map.of("TRUNKLINE_AOT", "on"))).isTrue();
        assertThat(AotSetting.isOn(Map.of("TRUNKLINE_AOT", "off"))).isFalse();
    }

    @Test
    void anythingElseIsRefusedWithWhatToWrite() {
        assertThatThrownBy(() -> AotSetting.isOn(Map.of("TRUNKLINE_AOT", "no")))
                .isInstanceOf(SettingException.class)
                .hasMessageContaining("TRUNKLINE_AOT is \"no\"")
                .hasMessageContaining("off");
    }
}
