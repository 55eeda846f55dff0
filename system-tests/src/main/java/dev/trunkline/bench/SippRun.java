package dev.trunkline.bench;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** One SIPp (Debian package {@code sip-tester}) that loads the edge until it is told to stop. */
final class SippRun implements AutoCloseable {
    /** For exchanges that are under way when no new ones are begun any more. */
    private static final Duration DRAIN = Duration.ofSeconds(10);
    /** SIPp ends by itself then, whatever becomes of us. */
    private static final int MOST_SECONDS = 60;
    /** As many a second as it can: what is under way is limited instead. */
    private static final int RATE = 100_000;

    private final Path folder;
    private final Process process;

    private SippRun(Path folder, Process process) {
        this.folder = folder;
        this.process = process;
    }

    /**
     * Starts it.
     *
     * @throws IOException that says what to install
     */
    static SippRun start(SipLoad load, InetSocketAddress edge) throws IOException {
        Path folder = Files.createTempDirectory("trunkline-bench-");
        String scenario = load.scenario() + ".xml";
        try (InputStream in = SippRun.class.getResourceAsStream("sipp/" + scenario)) {
            Files.copy(in, folder.resolve(scenario));
        }
        String address = edge.getAddress().getHostAddress();
        ProcessBuilder builder = new ProcessBuilder(
                "sipp", address + ":" + edge.getPort(),
                "-sf", scenario,
                "-s", load.number(),
                "-i", address,
                "-mi", address,
                "-m", Integer.toString(SipLoad.MOST_A_ROUND),
                "-l", Integer.toString(load.underWay()),
                "-r", Integer.toString(RATE),
                "-timeout", Integer.toString(MOST_SECONDS),
                "-nostdin",
                "-fd", "1",
                "-trace_stat", "-stf", "statistics.csv",
                "-trace_counts");
        builder.directory(folder.toFile()).redirectErrorStream(true).redirectOutput(folder.resolve("screen.log").toFile());
        try {
            return new SippRun(folder, builder.start());
        } catch (IOException e) {
            delete(folder);
            throw new IOException("SIPp is needed for this: install it with `apt-get install sip-tester`", e);
        }
    }

    /** Waits so long, or until it has begun as many as it may. */
    void await(Duration time) throws InterruptedException {
        process.waitFor(time.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Has it begin nothing new, waits for what is under way, and reads what it counted. */
    SippStatistics finish() throws IOException, InterruptedException {
        if (process.isAlive()) {
            new ProcessBuilder("kill", "-USR1", Long.toString(process.pid())).start().waitFor();
            if (!process.waitFor(DRAIN.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        }
        Path statistics = folder.resolve("statistics.csv");
        if (!Files.exists(statistics)) {
            throw new IOException("SIPp did not run: " + Files.readString(folder.resolve("screen.log")).strip());
        }
        Optional<Path> counts;
        try (Stream<Path> files = Files.list(folder)) {
            counts = files.filter(file -> file.toString().endsWith("_counts.csv")).findFirst();
        }
        return SippStatistics.of(lines(statistics), counts.isPresent() ? lines(counts.get()) : List.of());
    }

    private static List<String> lines(Path file) throws IOException {
        return Files.readAllLines(file, StandardCharsets.ISO_8859_1);
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    @Override
    public void close() throws IOException {
        try {
            process.destroyForcibly().waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        delete(folder);
    }
}
