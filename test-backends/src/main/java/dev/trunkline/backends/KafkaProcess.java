package dev.trunkline.backends;

import dev.trunkline.local.KafkaBroker;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A broker in a JVM of its own. */
final class KafkaProcess implements AutoCloseable {
    /** The beginning of the line that {@link KafkaBroker#main} prints when it is ready. */
    private static final String READY = "ready ";

    private final Process process;

    private KafkaProcess(Process process) {
        this.process = process;
    }

    static KafkaProcess start(Path folder, int port) throws IOException {
        Process process = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-cp", System.getProperty("java.class.path"), "-Xmx256m", "-XX:TieredStopAtLevel=1",
                        KafkaBroker.class.getName(), folder.toString(), Integer.toString(port))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        BufferedReader output = process.inputReader();
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            if (line.startsWith(READY)) {
                Thread.ofVirtual().start(() -> output.lines().forEach(ignored -> {}));
                return new KafkaProcess(process);
            }
        }
        throw new IOException("Kafka's process ended before it was ready on port " + port);
    }

    long pid() {
        return process.pid();
    }

    @Override
    public void close() throws Exception {
        process.destroy();
        if (!process.waitFor(20, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
    }
}
