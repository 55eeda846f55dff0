package dev.trunkline.backends;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A new folder for what a server writes, until that is closed. */
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
            // Something of it is still being written by a process that ends. It is in the folder for what nobody needs.
            return;
        }
    }
}
