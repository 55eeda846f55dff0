package dev.trunkline.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LiveKitBinaryTest {
    @TempDir
    Path folder;

    @Test
    void takesTheOneOnThePathFirst() throws Exception {
        Path installed = executable("bin/livekit-server");
        executable("home/.cache/trunkline/livekit-server-" + LiveKitBinary.VERSION + "/server");
        assertThat(find(Map.of("PATH", folder.resolve("bin").toString()))).isEqualTo(installed);
    }

    @Test
    void thenTheOneThatWasBuiltBefore() throws Exception {
        Path built = executable("home/.cache/trunkline/livekit-server-" + LiveKitBinary.VERSION + "/server");
        assertThat(find(Map.of("PATH", "/nowhere"))).isEqualTo(built);
    }

    @Test
    void thenBuildsOneAndSaysWhereTheLogIsIfThatFails() throws Exception {
        Path go = executable("bin/go");
        Files.writeString(go, "#!/bin/sh\necho no network; exit 7\n");
        assertThatThrownBy(() -> find(Map.of("PATH", folder.resolve("bin") + ":/usr/bin:/bin")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("exit 7")
                .hasMessageContaining("build.log");
    }

    @Test
    void whatGoFetchesIsComparedWithItsChecksumDatabase() throws Exception {
        Path go = executable("bin/go");
        Files.writeString(go, "#!/bin/sh\necho \"[$GOSUMDB] [$GONOSUMDB] [$GOPRIVATE] [$GOINSECURE] [$GOFLAGS]\"; exit 7\n");
        assertThatThrownBy(() -> find(Map.of("PATH", folder.resolve("bin") + ":/usr/bin:/bin"))).isInstanceOf(IOException.class);
        Path built = folder.resolve("home/.cache/trunkline/livekit-server-" + LiveKitBinary.VERSION);
        assertThat(built.resolve("build.log")).content()
                .contains("[sum.golang.org] [none.invalid] [none.invalid] [none.invalid] [-buildvcs=false]");
    }

    private Path find(Map<String, String> environment) throws IOException {
        return LiveKitBinary.find(environment, folder.resolve("home"), line -> {});
    }

    private Path executable(String name) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
    }
}
