package dev.trunkline.local.aot;

import dev.trunkline.local.OwnerOnly;
import dev.trunkline.local.Progress;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Makes AOT caches. A suite on its own loopback ports and in its own folder takes some calls; each of its JVMs records at exit which
 * classes it loaded and which methods ran often; and a cache is made from each recording.
 *
 * <pre>
 *   ./trunkline run -> {@link TrainedSuite}, a process of its own -> the parts of a suite   (-XX:AOTMode=record)
 *                   -> one JVM per part, as many at a time as there are processors          (-XX:AOTMode=create)
 * </pre>
 */
final class TrainingRun implements AotCaches.Trainer {
    /** Variables with these prefixes are settings of the suite that is started afterwards. */
    private static final List<String> NOT_HANDED_ON = List.of("TRUNKLINE_", "QUARKUS_", "LIVEKIT_");
    /** On a busy machine, a user who waits for the suite would rather have it without caches. */
    private static final Duration LONGEST = Duration.ofMinutes(5);
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(4);

    private final Path root;
    private final Progress progress;

    /** @param root of the checkout */
    TrainingRun(Path root, Progress progress) {
        this.root = root;
        this.progress = progress;
    }

    /** Runs the training. An interrupt ends everything that it started. */
    @Override
    public Map<Jvm, Path> run(Path training, List<Jvm> jvms) throws IOException, InterruptedException {
        Folders.delete(training);
        OwnerOnly.ownFolder(training);
        trainSuite(training);
        return new Assembly(training, progress).of(jvms);
    }

    private void trainSuite(Path folder) throws IOException, InterruptedException {
        Jvm launcher = Jvm.launcher(TrainedSuite.class.getName());
        List<String> flags = new ArrayList<>(new AotUse.Recorded(folder).flags(Jvm.LAUNCHER));
        // Messages about classes that the JVM skips while recording are of no interest.
        flags.add("-Xlog:disable");
        flags.add("-Dtrunkline.root=" + root);
        flags.add("-Djava.util.logging.config.file=" + root.resolve("deploy/local/logging.properties"));
        ProcessBuilder builder = new ProcessBuilder(OwnerOnly.command(launcher.command(flags, folder.toString())));
        builder.environment().keySet().removeIf(name -> NOT_HANDED_ON.stream().anyMatch(name::startsWith));
        Process process = builder.redirectErrorStream(true).start();
        List<String> said = new ArrayList<>();
        Thread reader = Thread.ofVirtual().name("training-output").start(() -> read(process, said));
        try {
            if (!process.waitFor(LONGEST.toSeconds(), TimeUnit.SECONDS)) {
                stop(process);
                throw new IOException("it did not finish within " + LONGEST.toMinutes() + " minutes");
            }
            reader.join();
        } catch (InterruptedException e) {
            stop(process);
            throw e;
        }
        if (process.exitValue() != 0) {
            throw new IOException(said.isEmpty() ? "it ended with exit code " + process.exitValue() : said.getLast());
        }
    }

    private void read(Process process, List<String> said) {
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith(TrainedSuite.TOLD)) {
                    said.add(line.substring(TrainedSuite.TOLD.length()));
                    progress.say("  " + said.getLast());
                }
            }
        } catch (IOException e) {
            progress.say("the output of the training run cannot be read: " + e.getMessage());
        }
    }

    /** Kills the parts, which have nothing to lose. The process exits by itself when its input ends, and stops the stores. */
    private static void stop(Process process) {
        String java = ProcessHandle.current().info().command().orElse("java");
        process.descendants()
                .filter(part -> part.info().command().filter(java::equals).isPresent())
                .forEach(ProcessHandle::destroyForcibly);
        List<ProcessHandle> left = process.descendants().toList();
        try {
            process.getOutputStream().close();
            process.onExit().completeOnTimeout(process, STOP_PATIENCE.toMillis(), TimeUnit.MILLISECONDS).join();
        } catch (IOException e) {
            // It does not react: it is killed.
        } finally {
            left.forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }
}
