package dev.trunkline.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class JvmProbeTest {

    /** Keeps 20 MB. For each line that it reads, it allocates 50 more on a separate thread and reports that. */
    static final class Allocator {
        static byte[] kept;

        public static void main(String[] args) throws Exception {
            kept = new byte[20 << 20];
            Thread loop = new Thread(() -> {
                try (BufferedReader in = new BufferedReader(new InputStreamReader(System.in))) {
                    System.out.println("ready");
                    while (in.readLine() != null) {
                        for (int i = 0; i < 50; i++) {
                            byte[] more = new byte[1 << 20];
                            more[i] = 1;
                            kept[i] = more[i];
                        }
                        System.out.println("done");
                    }
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }, "media-loop-0");
            loop.start();
            loop.join();
        }
    }

    @Test
    void whatAnotherJvmAllocatesAndKeepsIsSeenToTheByte() throws Exception {
        Process process = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin/java").toString(), "-Xmx128m", "-XX:+UseSerialGC", "-cp",
                System.getProperty("java.class.path"), Allocator.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader out = process.inputReader(); var in = process.outputWriter(); JvmProbe probe = attached(process, out)) {
            long before = probe.allocatedBy("media-loop-");
            long all = probe.allocated();
            in.write("go\n");
            in.flush();
            assertThat(out.readLine()).isEqualTo("done");

            assertThat(probe.allocatedBy("media-loop-") - before).isBetween(50L << 20, (50L << 20) + 200_000);
            assertThat(probe.allocated() - all).isGreaterThanOrEqualTo(50L << 20);
            assertThat(probe.allocatedBy("no-such-")).isZero();
            assertThat(probe.liveHeap()).isBetween(20L << 20, 60L << 20);
            assertThat(probe.sum("java.lang:type=Runtime", "Pid")).isEqualTo(process.pid());
            assertThat(probe.sum("kafka.consumer:type=none,client-id=*", "records-consumed-total")).isZero();
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    private static JvmProbe attached(Process process, BufferedReader out) throws IOException {
        assertThat(out.readLine()).isEqualTo("ready");
        return JvmProbe.attach(process.pid());
    }

    @Test
    void aProcessThatIsNoJvmIsRefused() throws Exception {
        Process sleep = new ProcessBuilder("sleep", "60").start();
        try {
            assertThatThrownBy(() -> JvmProbe.attach(sleep.pid())).isInstanceOf(IOException.class);
        } finally {
            sleep.destroyForcibly().waitFor();
        }
    }
}
