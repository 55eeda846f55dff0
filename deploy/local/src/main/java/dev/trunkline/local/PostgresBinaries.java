package dev.trunkline.local;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/**
 * The programs of Postgres, unpacked once from their jar into a folder of this user. A folder with a known name in {@code /tmp}
 * would be unsafe, because another user could put other programs there first.
 */
final class PostgresBinaries {
    private static final Map<String, String> MACHINES = Map.of("amd64", "x86_64", "aarch64", "arm_64");

    private final Path folder;

    private PostgresBinaries(Path folder) {
        this.folder = folder;
    }

    /** @throws IOException that says what is missing for this type of machine */
    static PostgresBinaries find() throws IOException {
        return find(Path.of(System.getProperty("user.home"), ".cache/trunkline"));
    }

    static PostgresBinaries find(Path cache) throws IOException {
        String machine = System.getProperty("os.arch");
        String archive = "/postgres-linux-" + MACHINES.getOrDefault(machine, machine) + ".txz";
        Path folder = cache.resolve("postgres-" + digest(archive));
        if (!Files.isDirectory(folder)) {
            OwnerOnly.folder(cache);
            Path unpacked = Files.createTempDirectory(cache, "postgres-");
            unpack(archive, unpacked);
            try {
                Files.move(unpacked, folder, StandardCopyOption.ATOMIC_MOVE);
            } catch (FileAlreadyExistsException | DirectoryNotEmptyException e) {
                // Another process was faster and unpacked the same programs.
                return new PostgresBinaries(folder);
            }
        }
        return new PostgresBinaries(folder);
    }

    Path program(String name) {
        return folder.resolve("bin").resolve(name);
    }

    private static InputStream open(String archive) throws IOException {
        InputStream in = PostgresBinaries.class.getResourceAsStream(archive);
        if (in == null) {
            throw new IOException("the jars contain no Postgres for this machine (" + archive + ")");
        }
        return in;
    }

    private static String digest(String archive) throws IOException {
        try (var in = new DigestInputStream(open(archive), MessageDigest.getInstance("SHA-256"))) {
            in.transferTo(java.io.OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(in.getMessageDigest().digest(), 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void unpack(String archive, Path to) throws IOException {
        try (var tar = new TarArchiveInputStream(new XZInputStream(new BufferedInputStream(open(archive))))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                Path target = to.resolve(entry.getName()).normalize();
                if (!target.startsWith(to)) {
                    throw new IOException(archive + " has an entry that points outside the archive: " + entry.getName());
                }
                if (entry.isDirectory()) {
                    OwnerOnly.folder(target);
                } else if (entry.isSymbolicLink()) {
                    OwnerOnly.folder(target.getParent());
                    Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
                } else {
                    OwnerOnly.folder(target.getParent());
                    String mode = (entry.getMode() & 0100) == 0 ? "rw-------" : "rwx------";
                    Files.createFile(target, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(mode)));
                    try (var out = Files.newOutputStream(target)) {
                        tar.transferTo(out);
                    }
                }
            }
        }
    }
}
