package dev.trunkline.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Finds files and folders that users other than their owner may read, write or enter. */
final class OpenFiles {
    private OpenFiles() {}

    /** Returns each file with its mode; the folder that JUnit created is not checked, but its contents are. */
    static List<String> below(Path folder) throws IOException {
        List<String> open = new ArrayList<>();
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.filter(path -> !path.equals(folder) && !Files.isSymbolicLink(path)).toList()) {
                try {
                    Set<PosixFilePermission> mode = Files.getPosixFilePermissions(path, LinkOption.NOFOLLOW_LINKS);
                    if (mode.stream().anyMatch(bit -> !bit.name().startsWith("OWNER_"))) {
                        open.add(PosixFilePermissions.toString(mode) + " " + path);
                    }
                } catch (NoSuchFileException e) {
                    // A component has removed it in the meantime.
                    continue;
                }
            }
        }
        return open;
    }
}
