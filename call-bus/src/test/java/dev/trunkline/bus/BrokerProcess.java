package dev.trunkline.bus;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A broker in a process of its own, which a test can freeze as a host does that swaps, or a hypervisor that pauses it. */
final class BrokerProcess implements AutoCloseable {
    private static final String READY = "broker at ";
    private final Process process;
    private final KafkaAddress address;

    private BrokerProcess(Process process, KafkaAddress address) {
        this.process = process;
        this.address = address;
    }

    public static void main(String[] args) throws Exception {
        TestBroker broker = TestBroker.start(Path.of(args[0]));
        System.out.println(READY + broker.address().bootstrapServers());
        Thread.currentThread().join();
    }

    static BrokerProcess start(Path folder) throws IOException {
        Process process = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-cp", System.getProperty("java.class.path"),
                        "-Xmx256m", "-XX:TieredStopAtLevel=1",
                        "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
                        BrokerProcess.class.getName(), folder.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        BufferedReader output = process.inputReader();
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            if (line.startsWith(READY)) {
                Thread.ofVirtual().start(() -> output.lines().forEach(ignored -> {}));
                return new BrokerProcess(process, KafkaAddress.of(line.substring(READY.length())));
            }
        }
        throw new IOException("the broker's process ended before it was ready");
    }

    KafkaAddress address() {
        return address;
    }

    /** Stops the process without ending it: its sockets stay open and nothing responds. */
    void freeze() throws Exception {
        signal("-STOP");
    }

    void thaw() throws Exception {
        signal("-CONT");
    }

    private void signal(String name) throws Exception {
        int status = new ProcessBuilder("kill", name, Long.toString(process.pid())).start().waitFor();
        if (status != 0) {
            throw new IOException("kill " + name + " said " + status);
        }
    }

    @Override
    public void close() throws Exception {
        process.destroyForcibly().waitFor(20, TimeUnit.SECONDS);
    }
}
