package dev.trunkline.local.aot;

import dev.trunkline.local.SuiteSettings.SettingException;
import java.util.Map;

/** {@code TRUNKLINE_AOT}: {@code on}, which is the default, or {@code off}. */
public final class AotSetting {
    private AotSetting() {}

    /** @throws SettingException for any other value; the message says what to write */
    public static boolean isOn(Map<String, String> environment) {
        String text = environment.getOrDefault("TRUNKLINE_AOT", "on").strip();
        return switch (text) {
            case "on", "" -> true;
            case "off" -> false;
            default -> throw new SettingException("TRUNKLINE_AOT is \"" + text + "\": write on, or off to start without AOT caches");
        };
    }
}
