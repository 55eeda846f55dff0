package dev.trunkline.system.support;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * libfaketime (Debian package {@code libfaketime}) before the C library of a process: what that process takes for the time of day is set
 * by a file, and nobody else's clock changes. Monotonic time is left alone, as the kernel leaves it when a clock is set.
 */
public final class Faketime {
    private static final Path LIBRARIES = Path.of("/usr/lib");
    private static final String LIBRARY = "faketime/libfaketimeMT.so.1";
    /** Within which a process takes up what the file says; it is read no more often. */
    public static final Duration TAKEN_UP = Duration.ofSeconds(1);

    private Faketime() {}

    /** The library, installed where it is missing. */
    static Path prepare(Path logs) throws IOException, InterruptedException {
        if (library().isEmpty()) {
            DebianPackage.install("libfaketime", logs);
        }
        return library().orElseThrow(() -> new IOException("libfaketime is not where its package puts it"));
    }

    private static Optional<Path> library() throws IOException {
        if (!Files.isDirectory(LIBRARIES)) {
            return Optional.empty();
        }
        try (Stream<Path> architectures = Files.list(LIBRARIES)) {
            return architectures.map(folder -> folder.resolve(LIBRARY)).filter(Files::isReadable).findFirst();
        }
    }

    /**
     * What a process has to have in its environment.
     *
     * @param file by which its clock is set
     * @param logs where the log of an installation goes
     * @throws IOException that says what to install by hand
     */
    public static Map<String, String> environment(Path file, Path logs) throws IOException, InterruptedException {
        return Map.of(
                "LD_PRELOAD", prepare(logs).toString(),
                "FAKETIME_TIMESTAMP_FILE", file.toString(),
                "FAKETIME_CACHE_DURATION", Long.toString(TAKEN_UP.toSeconds()),
                "FAKETIME_DONT_FAKE_MONOTONIC", "1",
                // With it the JVM's waits, which are by the monotonic clock, would end at once.
                "FAKETIME_FORCE_MONOTONIC_FIX", "0",
                // The times of files are everybody's.
                "NO_FAKE_STAT", "1");
    }

    /** Whoever reads meanwhile reads all of the old or all of the new. @param ahead of the machine's clock; negative for behind it */
    public static void set(Path file, Duration ahead) throws IOException {
        Path next = file.resolveSibling(file.getFileName() + ".next");
        Files.writeString(next, "%+d%n".formatted(ahead.toSeconds()));
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
