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

/** A SIPp process (Debian package {@code sip-tester}) that loads the edge until it is told to stop. */
final class SippRun implements AutoCloseable {
    /** Time for the exchanges still under way after the last has begun. */
    private static final Duration DRAIN = Duration.ofSeconds(10);
    /** SIPp ends by itself after this time, even if this process dies. */
    private static final int MOST_SECONDS = 60;
    /** High enough not to limit the rate: the number under way is limited instead. */
    private static final int RATE = 100_000;

    private final Path folder;
    private final Process process;

    private SippRun(Path folder, Process process) {
        this.folder = folder;
        this.process = process;
    }

    /**
     * Starts SIPp.
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

    /** Waits for this time, or until SIPp has begun as many exchanges as it may. */
    void await(Duration time) throws InterruptedException {
        process.waitFor(time.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Stops new exchanges, waits for those under way, and reads SIPp's counts. */
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
