package dev.trunkline.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;

/**
 * Objects as files in a folder, which may be a shared one. A file is written under another name, and renamed once it is complete and on
 * disk.
 */
public final class FileStore implements ObjectStore {
    /** Prefix of the names of incomplete files; no key begins with it. */
    private static final String UNFINISHED = "_";

    private final Path root;

    /** @param root is created with the first object */
    public FileStore(Path root) {
        this.root = root.toAbsolutePath().normalize();
    }

    @Override
    public void put(String key, Path file) throws IOException {
        Path to = root.resolve(ObjectStore.checked(key));
        Files.createDirectories(to.getParent());
        Path beside = to.resolveSibling(UNFINISHED + UUID.randomUUID());
        try {
            Files.copy(file, beside);
            try (FileChannel written = FileChannel.open(beside, StandardOpenOption.WRITE)) {
                written.force(true);
            }
            Files.move(beside, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(beside);
        }
    }

    @Override
    public Optional<InputStream> get(String key) throws IOException {
        try {
            return Optional.of(Files.newInputStream(root.resolve(ObjectStore.checked(key))));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    @Override
    public List<String> list(String prefix, int most) throws IOException {
        int slash = prefix.lastIndexOf('/');
        Path from = slash < 0 ? root : root.resolve(ObjectStore.checked(prefix.substring(0, slash)));
        if (!Files.isDirectory(from)) {
            return List.of();
        }
        var found = new TreeSet<String>();
        Files.walkFileTree(from, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                String key = root.relativize(file).toString().replace(file.getFileSystem().getSeparator(), "/");
                if (key.startsWith(prefix) && !file.getFileName().toString().startsWith(UNFINISHED)) {
                    found.add(key);
                    if (found.size() > most) {
                        found.removeLast();
                    }
                }
                return FileVisitResult.CONTINUE;
            }

            /** Somebody may remove objects meanwhile. */
            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
                if (failure instanceof NoSuchFileException) {
                    return FileVisitResult.CONTINUE;
                }
                throw failure;
            }
        });
        return List.copyOf(found);
    }

    @Override
    public boolean delete(String key) throws IOException {
        return Files.deleteIfExists(root.resolve(ObjectStore.checked(key)));
    }

    @Override
    public void close() {
        // Nothing is kept open.
    }
}
