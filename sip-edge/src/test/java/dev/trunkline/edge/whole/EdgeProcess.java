package dev.trunkline.edge.whole;

import dev.trunkline.bus.KafkaAddress;
import java.io.BufferedReader;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** An edge in a separate process, which a test can kill. */
final class EdgeProcess implements AutoCloseable {
    private static final String READY = "the edge of this test is ready";

    private final Process process;

    private EdgeProcess(Process process) {
        this.process = process;
    }

    public static void main(String[] args) throws Exception {
        var edge = new RunningEdge(args[0], args[1], Integer.parseInt(args[2]), Map.of("trunkline.sip.t1", "0.1S", "trunkline.sip.deadline", "20S"));
        System.out.println(READY);
        Thread.currentThread().join();
        edge.close();
    }

    static EdgeProcess start(KafkaAddress kafka, String instance, int port) throws Exception {
        Process process = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-cp", System.getProperty("java.class.path"), "-XX:TieredStopAtLevel=1", "-Xmx256m",
                        "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
                        EdgeProcess.class.getName(), kafka.bootstrapServers(), instance, Integer.toString(port))
                .redirectErrorStream(true)
                .start();
        BufferedReader output = process.inputReader();
        String line = output.readLine();
        while (line != null && !line.contains(READY)) {
            line = output.readLine();
        }
        if (line == null) {
            throw new AssertionError("the edge's process ended before it was ready");
        }
        Thread.ofVirtual().start(() -> output.lines().forEach(unread -> {}));
        return new EdgeProcess(process);
    }

    /** Kills the process without any notification to others. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor(20, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
