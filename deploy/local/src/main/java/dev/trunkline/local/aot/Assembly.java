package dev.trunkline.local.aot;

import dev.trunkline.local.OwnerOnly;
import dev.trunkline.local.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Makes a cache from each JVM's recording, as many at a time as there are processors. */
final class Assembly {
    private static final Duration LONGEST = Duration.ofMinutes(3);

    private final Path folder;
    private final Progress progress;

    /** @param folder of the recordings, and of the caches */
    Assembly(Path folder, Progress progress) {
        this.folder = folder;
        this.progress = progress;
    }

    /** @return the caches that could be made, by JVM; for the others, the progress says why */
    Map<Jvm, Path> of(List<Jvm> jvms) throws InterruptedException {
        Map<Jvm, Path> made = new LinkedHashMap<>();
        try (ExecutorService executor = Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors())) {
            Map<Jvm, Future<Path>> running = new LinkedHashMap<>();
            jvms.forEach(jvm -> running.put(jvm, executor.submit(making(jvm))));
            for (Map.Entry<Jvm, Future<Path>> one : running.entrySet()) {
                try {
                    made.put(one.getKey(), one.getValue().get());
                } catch (ExecutionException e) {
                    progress.say("  no cache for " + one.getKey().part() + ": " + e.getCause().getMessage());
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
            Path record = new AotUse.Recorded(folder).record(jvm.part());
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
                if (!process.waitFor(LONGEST.toSeconds(), TimeUnit.SECONDS)) {
                    throw new IOException("the JVM did not finish within " + LONGEST.toMinutes() + " minutes");
                }
                if (process.exitValue() != 0 || !Files.exists(cache)) {
                    throw new IOException("the JVM created none: "
                            + Files.readAllLines(log).stream().reduce((first, last) -> last).orElse("it does not say why"));
                }
            } finally {
                process.destroyForcibly();
            }
            Files.delete(record);
            progress.say("  cache for %s: %d MB, created in %.1f s"
                    .formatted(jvm.part(), Files.size(cache) >> 20, (System.nanoTime() - begin) / 1e9));
            return cache;
        };
    }
}
