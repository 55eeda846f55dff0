package dev.trunkline.local.aot;

import dev.trunkline.local.OwnerOnly;
import dev.trunkline.local.Progress;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Makes AOT caches: a suite on loopback ports of its own, in a folder of its own, takes some calls, each of its JVMs writes down at
 * its end what it loaded and what ran often, and of each such record a cache is made.
 *
 * <pre>
 *   ./trunkline run -> {@link TrainedSuite}, a process of its own -> the parts of a suite   (-XX:AOTMode=record)
 *                   -> as many at a time as there are processors, a JVM a part              (-XX:AOTMode=create)
 * </pre>
 */
final class TrainingRun {
    /** What the suite is told by variables belongs to the one that is started afterwards. */
    private static final List<String> NOT_HANDED_ON = List.of("TRUNKLINE_", "QUARKUS_", "LIVEKIT_");
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(4);

    private final Path root;
    private final Path folder;
    private final Progress progress;

    /** @param folder for the data, logs and records of the run */
    TrainingRun(Path root, Path folder, Progress progress) {
        this.root = root;
        this.folder = folder;
        this.progress = progress;
    }

    /**
     * Runs it. An interrupt ends all that was started.
     *
     * @return the cache of each part that has one, in the folder
     * @throws IOException that says why the suite took no calls
     */
    Map<Jvm, Path> run(List<Jvm> jvms) throws IOException, InterruptedException {
        delete(folder);
        OwnerOnly.ownFolder(folder);
        trainSuite();
        return assemble(jvms);
    }

    private void trainSuite() throws IOException, InterruptedException {
        Jvm launcher = Jvm.launcher(TrainedSuite.class.getName());
        List<String> flags = new ArrayList<>(records().flags(Jvm.LAUNCHER));
        flags.add("-Dtrunkline.root=" + root);
        flags.add("-Djava.util.logging.config.file=" + root.resolve("deploy/local/logging.properties"));
        ProcessBuilder builder = new ProcessBuilder(OwnerOnly.command(launcher.command(flags, folder.toString())));
        builder.environment().keySet().removeIf(name -> NOT_HANDED_ON.stream().anyMatch(name::startsWith));
        Process process = builder.redirectErrorStream(true).start();
        List<String> said = new ArrayList<>();
        Thread reader = Thread.ofVirtual().name("training-output").start(() -> read(process, said));
        try {
            process.waitFor();
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
                said.add(line);
                progress.say("  " + line);
            }
        } catch (IOException e) {
            progress.say("what the training run says cannot be read: " + e.getMessage());
        }
    }

    /** Its parts have nothing to lose; it goes by itself when its input ends, and takes the stores with it. */
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
            // It does not listen: it is killed.
        } finally {
            left.forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    private AotUse.Recorded records() {
        return new AotUse.Recorded(folder);
    }

    private Map<Jvm, Path> assemble(List<Jvm> jvms) throws InterruptedException {
        Map<Jvm, Path> made = new LinkedHashMap<>();
        try (ExecutorService executor = Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors())) {
            Map<Jvm, Future<Path>> running = new LinkedHashMap<>();
            jvms.forEach(jvm -> running.put(jvm, executor.submit(making(jvm))));
            for (Map.Entry<Jvm, Future<Path>> one : running.entrySet()) {
                try {
                    made.put(one.getKey(), one.getValue().get());
                } catch (ExecutionException e) {
                    progress.say("  no cache of " + one.getKey().part() + ": " + e.getCause().getMessage());
                } catch (InterruptedException e) {
                    executor.shutdownNow();
                    throw e;
                }
            }
        }
        return made;
    }

    private Callable<Path> making(Jvm jvm) {
        return () -> {
            Path record = records().record(jvm.part());
            if (!Files.exists(record)) {
                throw new IOException("it recorded nothing");
            }
            long begin = System.nanoTime();
            Path cache = folder.resolve(jvm.part() + ".aot");
            Path log = folder.resolve(jvm.part() + "-create.log");
            Process process = new ProcessBuilder(OwnerOnly.command(jvm.command(List.of(
                            "-XX:AOTMode=create", "-XX:AOTConfiguration=" + record, "-XX:AOTCache=" + cache))))
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            try {
                if (process.waitFor() != 0 || !Files.exists(cache)) {
                    throw new IOException("the JVM made none: "
                            + Files.readAllLines(log).stream().reduce((first, last) -> last).orElse("it does not say why"));
                }
            } finally {
                process.destroyForcibly();
            }
            Files.delete(record);
            progress.say("  cache of %s: %d MB, made in %.1f s"
                    .formatted(jvm.part(), Files.size(cache) >> 20, (System.nanoTime() - begin) / 1e9));
            return cache;
        };
    }

    /** Deletes a folder with all that is in it, if it is there. */
    static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.deleteIfExists(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failure) {
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, IOException failure) throws IOException {
                Files.deleteIfExists(directory);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
