package dev.trunkline.local;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Finds the process that has a port, in Linux's {@code /proc}: among this user's processes, or among all if the user is root. */
final class PortHolder {
    private static final Path PROC = Path.of("/proc");
    /** The state LISTEN in {@code /proc/net/tcp}. In a connection the port is somebody else's. */
    private static final String LISTENS = "0A";

    private PortHolder() {}

    /** Returns a text such as {@code process 4711, python3 /srv/agent.py}; empty if nobody has the port, or on another system. */
    static Optional<String> of(NeededPort port) {
        try {
            Set<String> sockets = new HashSet<>();
            for (String table : List.of(port.table(), port.table() + "6")) {
                Path file = PROC.resolve("net").resolve(table);
                if (Files.isReadable(file)) {
                    sockets.addAll(sockets(Files.readAllLines(file, StandardCharsets.US_ASCII), port));
                }
            }
            return sockets.isEmpty() ? Optional.empty() : Optional.of(processes().filter(process -> holds(process, sockets))
                    .findFirst()
                    .map(process -> "process " + process.getFileName() + words(process))
                    .orElse("a process that this user may not inspect"));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /**
     * Returns the inodes of the sockets on the port, whatever their address: a socket on one address may block the port on all.
     *
     * @param table lines of {@code /proc/net/tcp} and its like: {@code 0: 0100007F:13C4 00000000:0000 0A … inode …}
     */
    static Set<String> sockets(List<String> table, NeededPort port) {
        Set<String> inodes = new HashSet<>();
        for (String line : table) {
            String[] fields = line.strip().split("\\s+");
            boolean socket = fields.length > 9 && fields[1].endsWith(":%04X".formatted(port.port()));
            if (socket && (port.transport() == NeededPort.Transport.UDP || fields[3].equals(LISTENS))) {
                inodes.add(fields[9]);
            }
        }
        return inodes;
    }

    private static Stream<Path> processes() throws IOException {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(PROC, "[0-9]*")) {
            Stream.Builder<Path> all = Stream.builder();
            entries.forEach(all::add);
            return all.build();
        }
    }

    private static boolean holds(Path process, Set<String> sockets) {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(process.resolve("fd"))) {
            for (Path file : files) {
                String target = target(file);
                if (target.startsWith("socket:[") && sockets.contains(target.substring(8, target.length() - 1))) {
                    return true;
                }
            }
        } catch (IOException e) {
            // The process has exited, or belongs to somebody else.
        }
        return false;
    }

    private static String target(Path file) {
        try {
            return Files.readSymbolicLink(file).toString();
        } catch (IOException e) {
            return "";
        }
    }

    private static String words(Path process) {
        try {
            String line = Files.readString(process.resolve("cmdline"), StandardCharsets.ISO_8859_1);
            return line.isEmpty() ? "" : ", " + ProgramName.of(List.of(line.split("\0")));
        } catch (IOException e) {
            return "";
        }
    }
}
