package dev.trunkline.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Records the processes of a suite in a file. If the launcher is killed before it can end them, the next start ends
 * them.
 */
final class Leftovers {
    private final Path file;

    Leftovers(Path file) {
        this.file = file;
    }

    void remember(List<ProcessHandle> processes) throws IOException {
        List<String> lines = new ArrayList<>();
        for (ProcessHandle process : processes) {
            process.info().startInstant().ifPresent(start -> lines.add(process.pid() + " " + start + "\n"));
        }
        OwnerOnly.write(file, String.join("", lines));
    }

    /** Ends processes of an earlier start. A pid that now belongs to another process is left alone. */
    int end() throws IOException {
        if (!Files.exists(file)) {
            return 0;
        }
        int ended = 0;
        for (String line : Files.readAllLines(file)) {
            String[] parts = line.split(" ");
            Optional<ProcessHandle> process = ProcessHandle.of(Long.parseLong(parts[0]))
                    .filter(handle -> handle.info().startInstant().equals(Optional.of(Instant.parse(parts[1]))));
            if (process.isPresent()) {
                process.get().descendants().forEach(ProcessHandle::destroyForcibly);
                process.get().destroyForcibly();
                process.get().onExit().join();
                ended++;
            }
        }
        Files.delete(file);
        return ended;
    }
}
