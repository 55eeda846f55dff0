package dev.trunkline.sip.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ReadmeTest {

    @Test
    void theReadmeHasEachLimitWithItsValue() throws Exception {
        String readme = Files.readString(Path.of("README.md"));
        for (Field limit : MessageLimits.class.getFields()) {
            assertThat(Modifier.isStatic(limit.getModifiers())).isTrue();
            assertThat(readme).contains("| `" + limit.getName() + "` | " + limit.getInt(null) + " ");
        }
    }
}
