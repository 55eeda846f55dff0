package dev.trunkline.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LeftoversTest {
    @TempDir
    Path folder;

    @Test
    void endsWhatAnEarlierStartLeft() throws Exception {
        Process left = new ProcessBuilder("sleep", "600").start();
        Leftovers leftovers = new Leftovers(folder.resolve("processes"));
        leftovers.remember(List.of(left.toHandle()));

        assertThat(leftovers.end()).isEqualTo(1);
        assertThat(left.isAlive()).isFalse();
        assertThat(leftovers.end()).as("nothing is left the second time").isZero();
    }

    @Test
    void leavesAProcessAloneThatOnlyHasThePid() throws Exception {
        Process stranger = new ProcessBuilder("sleep", "600").start();
        Path file = folder.resolve("processes");
        Files.writeString(file, stranger.pid() + " 2001-01-01T00:00:00Z\n");

        assertThat(new Leftovers(file).end()).isZero();
        assertThat(stranger.isAlive()).isTrue();
        stranger.destroyForcibly();
    }
}
