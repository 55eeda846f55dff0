package dev.trunkline.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretsTest {
    @TempDir
    Path folder;

    @Test
    void areMadeOnceAndKeptForTheOwnerAlone() throws Exception {
        Path file = folder.resolve("secrets.properties");
        Secrets made = Secrets.loadOrMake(file, new SecureRandom());
        assertThat(Secrets.loadOrMake(file, new SecureRandom())).isEqualTo(made);
        assertThat(Base64.getDecoder().decode(made.sealKey())).hasSize(32);
        assertThat(made.liveKitSecret().length()).isGreaterThanOrEqualTo(32);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("rw-------");
        assertThat(made.toString()).doesNotContain(made.sealKey());
    }
}
