package dev.trunkline.local;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Files and folders that other users of the machine can neither read nor change. They have their mode from the moment
 * they are created: if the mode were set afterwards, a process that opens the file in between would keep it open.
 */
public final class OwnerOnly {
    /** System property of the launcher. Tests do not set it, so ending a test also ends what it started. */
    static final String OWN_SESSION = "trunkline.own-session";

    private static final FileAttribute<?> FILE = attribute("rw-------");
    private static final FileAttribute<?> FOLDER = attribute("rwx------");
    private static final Set<PosixFilePermission> OWNERS = EnumSet.of(
            PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_EXECUTE);

    private OwnerOnly() {}

    private static FileAttribute<?> attribute(String mode) {
        return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(mode));
    }

    /** Creates a folder and its missing parents with mode 0700. */
    public static Path folder(Path folder) throws IOException {
        return Files.createDirectories(folder, FOLDER);
    }

    /**
     * Creates a folder in the same way, and checks that it belongs to this user.
     *
     * @throws IOException if it belongs to somebody else, who could replace its contents
     */
    public static Path ownFolder(Path folder) throws IOException {
        folder(folder);
        String user = System.getProperty("user.name");
        String owner = Files.getOwner(folder, LinkOption.NOFOLLOW_LINKS).getName();
        if (!owner.equals(user)) {
            throw new IOException(folder + " belongs to " + owner + " but this process runs as " + user
                    + ": set TRUNKLINE_STATE to a folder of your own");
        }
        return folder;
    }

    /** Closes to others what an earlier version left open in a folder; the folder itself first, so that nobody reaches the rest. */
    static void mend(Path folder) throws IOException {
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path path, BasicFileAttributes attributes) throws IOException {
                close(path);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path path, BasicFileAttributes attributes) throws IOException {
                if (!attributes.isSymbolicLink()) {
                    close(path);
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path path, IOException failure) throws IOException {
                if (failure instanceof NoSuchFileException) {
                    // A process of an earlier start has removed it meanwhile.
                    return FileVisitResult.CONTINUE;
                }
                throw failure;
            }
        });
    }

    private static void close(Path path) throws IOException {
        try {
            Set<PosixFilePermission> now = Files.getPosixFilePermissions(path, LinkOption.NOFOLLOW_LINKS);
            Set<PosixFilePermission> then = EnumSet.noneOf(PosixFilePermission.class);
            now.stream().filter(OWNERS::contains).forEach(then::add);
            if (!then.equals(now)) {
                Files.setPosixFilePermissions(path, then);
            }
        } catch (NoSuchFileException e) {
            // As in visitFileFailed.
            return;
        }
    }

    /** Writes a file with mode 0600. A concurrent reader sees all of the old or all of the new text. */
    public static void write(Path file, String text) throws IOException {
        Path next = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(next);
        try (FileChannel channel = FileChannel.open(
                next, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), FILE)) {
            Channels.newOutputStream(channel).write(text.getBytes(StandardCharsets.UTF_8));
        }
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Returns the file, and creates it with mode 0600 if it is missing. */
    public static Path file(Path file) throws IOException {
        open(file, StandardOpenOption.WRITE).close();
        return file;
    }

    /** Opens a file, and creates it with mode 0600 if it is missing. */
    static FileChannel open(Path file, StandardOpenOption... options) throws IOException {
        EnumSet<StandardOpenOption> all = EnumSet.of(StandardOpenOption.CREATE);
        all.addAll(List.of(options));
        return FileChannel.open(file, all, FILE);
    }

    /** Opens a log for appending, and creates it with mode 0600 if it is missing. */
    static OutputStream appendTo(Path log) throws IOException {
        return Channels.newOutputStream(open(log, StandardOpenOption.APPEND));
    }

    /** Redirects a child process's output to the log, which is created with mode 0600 if it is missing. */
    static ProcessBuilder.Redirect redirectTo(Path log) throws IOException {
        appendTo(log).close();
        return ProcessBuilder.Redirect.appendTo(log.toFile());
    }

    /**
     * Returns the command with a umask under which only the owner has access to the files that the program creates. The pid is the
     * program's. If {@link #OWN_SESSION} is set, the program is not in the terminal's foreground: Ctrl-C reaches only the launcher,
     * which stops the other parts in order.
     */
    public static List<String> command(List<String> command) {
        String session = Boolean.getBoolean(OWN_SESSION) ? "command -v setsid >/dev/null && exec setsid \"$@\"; " : "";
        List<String> masked = new ArrayList<>(List.of("/bin/sh", "-c", "umask 077; " + session + "exec \"$@\"", "sh"));
        masked.addAll(command);
        return masked;
    }
}
