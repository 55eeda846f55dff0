package dev.trunkline.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwnerOnlyTest {
    @TempDir
    Path temporary;

    @Test
    void filesAndFoldersAreTheOwnersFromTheMomentTheyAreMade() throws Exception {
        Path folder = OwnerOnly.folder(temporary.resolve("a/b"));
        OwnerOnly.write(folder.resolve("written"), "text");
        OwnerOnly.appendTo(folder.resolve("log")).close();
        OwnerOnly.redirectTo(folder.resolve("output"));
        OwnerOnly.open(folder.resolve("lock"), StandardOpenOption.WRITE).close();

        assertThat(OpenFiles.below(temporary)).isEmpty();
        assertThat(Files.list(folder)).hasSize(4);
        assertThat(mode(folder)).isEqualTo("rwx------");
        assertThat(mode(folder.resolve("written"))).isEqualTo("rw-------");
    }

    @Test
    void aFileThatWasOpenIsReplacedByOneThatIsNot() throws Exception {
        Path file = open(temporary.resolve("file"), "rw-r--r--");
        Files.writeString(file, "old");
        try (var before = Files.newInputStream(file)) {
            OwnerOnly.write(file, "new");
            assertThat(before.readAllBytes()).as("who had the old one open does not see the new one").asString().isEqualTo("old");
        }
        assertThat(file).hasContent("new");
        assertThat(OpenFiles.below(temporary)).isEmpty();
    }

    @Test
    void whatAnEarlierVersionLeftOpenIsClosedAndKeepsItsContent() throws Exception {
        Path state = Files.createDirectory(temporary.resolve("state"), PosixFilePermissions.asFileAttribute(
                PosixFilePermissions.fromString("rwxr-xr-x")));
        Path folder = Files.createDirectories(state.resolve("data/livekit"));
        Files.writeString(open(folder.resolve("livekit.yaml"), "rw-r--r--"), "keys");
        open(state.resolve("program"), "rwxr-xr-x");
        open(state.resolve("read-only"), "r--r-----");
        Path elsewhere = open(temporary.resolve("elsewhere"), "rw-r--r--");
        Files.createSymbolicLink(state.resolve("link"), elsewhere);

        OwnerOnly.mend(OwnerOnly.ownFolder(state));

        assertThat(OpenFiles.below(state)).isEmpty();
        assertThat(mode(state)).isEqualTo("rwx------");
        assertThat(folder.resolve("livekit.yaml")).hasContent("keys");
        assertThat(mode(state.resolve("program"))).isEqualTo("rwx------");
        assertThat(mode(state.resolve("read-only"))).isEqualTo("r--------");
        assertThat(mode(elsewhere)).as("where a link leads is not ours").isEqualTo("rw-r--r--");
    }

    @Test
    void aFolderOfSomebodyElseIsRefused() {
        // Every machine has this folder, and root owns it; if root runs the test, it uses another user's folder.
        Path others = Path.of("root".equals(System.getProperty("user.name")) ? folderOfAnotherUser() : "/usr");
        assertThatThrownBy(() -> OwnerOnly.ownFolder(others))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("belongs to")
                .hasMessageContaining("TRUNKLINE_STATE");
    }

    private String folderOfAnotherUser() {
        try {
            Path folder = Files.createDirectory(temporary.resolve("another"));
            Files.setOwner(folder, folder.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody"));
            return folder.toString();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void whatAChildMakesIsTheOwnersAndItsPidIsTheProgramsOwn() throws Exception {
        Path log = temporary.resolve("child.log");
        var child = new ChildProcess(
                "child", List.of("/bin/sh", "-c", "cd '" + temporary + "'; echo $$; echo x > made; mkdir folder; exec sleep 60"),
                Map.of(), new LogFile(log, LogFile.DEFAULT_LIMITS), new ReadySign.None());
        child.start();
        try {
            while (!(Files.exists(temporary.resolve("folder")) && Files.exists(log) && Files.size(log) > 0) && child.isAlive()) {
                Thread.sleep(10);
            }
            assertThat(Files.readString(log).strip()).endsWith(" " + child.pid());
            assertThat(OpenFiles.below(temporary)).isEmpty();
        } finally {
            child.close();
        }
    }

    @Test
    void whereTheLauncherRunsAChildHasASessionOfItsOwnAndItsPidIsTheProgramsAllTheSame() throws Exception {
        System.setProperty(OwnerOnly.OWN_SESSION, "true");
        Process child;
        try {
            child = new ProcessBuilder(OwnerOnly.command(List.of("/bin/sh", "-c", "cut -d' ' -f6 /proc/$$/stat"))).start();
        } finally {
            System.clearProperty(OwnerOnly.OWN_SESSION);
        }
        assertThat(new String(child.getInputStream().readAllBytes()).strip()).isEqualTo(Long.toString(child.pid()));
    }

    private static Path open(Path file, String mode) throws IOException {
        Files.createFile(file);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
    }

    private static String mode(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
