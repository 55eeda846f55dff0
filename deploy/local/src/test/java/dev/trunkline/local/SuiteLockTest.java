package dev.trunkline.local;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SuiteLockTest {
    @TempDir
    Path state;

    @Test
    void aSecondStartSaysThatOneRuns() throws Exception {
        try (SuiteLock ignored = SuiteLock.take(state)) {
            assertThatThrownBy(() -> SuiteLock.take(state))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("already runs")
                    .hasMessageContaining(Long.toString(ProcessHandle.current().pid()));
        }
        SuiteLock.take(state).close();
    }
}
