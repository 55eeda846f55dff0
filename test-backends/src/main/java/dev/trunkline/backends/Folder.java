package dev.trunkline.backends;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A new folder for the files of a server; closing it deletes it. */
record Folder(Path path) implements AutoCloseable {
    Folder(String what) throws IOException {
        this(Files.createTempDirectory("trunkline-" + what));
    }

    @Override
    public void close() {
        try (Stream<Path> below = Files.walk(path)) {
            List<Path> deepestFirst = below.sorted(Comparator.reverseOrder()).toList();
            for (Path each : deepestFirst) {
                Files.deleteIfExists(each);
            }
        } catch (IOException | UncheckedIOException e) {
            // A process that is ending still writes files there. The folder is in the temporary directory, so it may stay.
            return;
        }
    }
}
