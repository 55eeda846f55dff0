package dev.trunkline.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RedisKeysTest {
    private static Set<String> names(String answer) throws IOException {
        return RedisKeys.names(new BufferedReader(new StringReader(answer)));
    }

    @Test
    void readsTheNames() throws Exception {
        assertThat(names("*2\r\n$5\r\ncalls\r\n$6\r\ncaller\r\n")).containsExactlyInAnyOrder("calls", "caller");
        assertThat(names("*0\r\n")).isEmpty();
    }

    @Test
    void saysWhatRedisAnsweredInstead() {
        assertThatThrownBy(() -> names("-NOPERM no permission to run KEYS\r\n")).isInstanceOf(IOException.class).hasMessageContaining("NOPERM");
        assertThatThrownBy(() -> names("*2\r\n$5\r\ncalls\r\n")).isInstanceOf(IOException.class);
    }
}
