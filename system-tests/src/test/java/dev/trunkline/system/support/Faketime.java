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
 * Preloads libfaketime (Debian package {@code libfaketime}) into a process: a file sets that process's time of day, and no other clock
 * changes. Monotonic time is unaffected, as when the kernel's clock is set.
 */
public final class Faketime {
    private static final Path LIBRARIES = Path.of("/usr/lib");
    private static final String LIBRARY = "faketime/libfaketimeMT.so.1";
    /** Time within which a process adopts the file's setting; this is how often the file is read. */
    public static final Duration TAKEN_UP = Duration.ofSeconds(1);

    private Faketime() {}

    /** Returns the library, and installs it if it is missing. */
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
     * Returns the environment variables that a process needs.
     *
     * @param file that sets its clock
     * @param logs folder for the log of an installation
     * @throws IOException that says what to install by hand
     */
    public static Map<String, String> environment(Path file, Path logs) throws IOException, InterruptedException {
        return Map.of(
                "LD_PRELOAD", prepare(logs).toString(),
                "FAKETIME_TIMESTAMP_FILE", file.toString(),
                "FAKETIME_CACHE_DURATION", Long.toString(TAKEN_UP.toSeconds()),
                "FAKETIME_DONT_FAKE_MONOTONIC", "1",
                // With the fix on, the JVM's waits, which use the monotonic clock, would end at once.
                "FAKETIME_FORCE_MONOTONIC_FIX", "0",
                // File times are shared with other processes.
                "NO_FAKE_STAT", "1");
    }

    /** Sets the clock atomically for concurrent readers. @param ahead of the machine's clock; negative if behind it */
    public static void set(Path file, Duration ahead) throws IOException {
        Path next = file.resolveSibling(file.getFileName() + ".next");
        Files.writeString(next, "%+d%n".formatted(ahead.toSeconds()));
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
