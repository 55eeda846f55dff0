package dev.trunkline.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.stream.Stream;
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
        assertThat(made.console().toString()).doesNotContain(made.console().admin());
        assertThat(made.postgres().toString()).doesNotContain(made.postgres().owner().password());
    }

    @Test
    void noTwoAreTheSameNorThoseOfAnotherFolder() throws Exception {
        Secrets here = Secrets.loadOrMake(folder.resolve("here"), new SecureRandom());
        Secrets there = Secrets.loadOrMake(folder.resolve("there"), new SecureRandom());
        assertThat(Stream.of(here, there).flatMap(secrets -> Stream.of(
                        secrets.sealKey(), secrets.pseudonymKey(), secrets.adminToken(), secrets.liveKitKey(), secrets.liveKitSecret(),
                        secrets.redisPassword(), secrets.postgres().administrator().password(),
                        secrets.postgres().owner().password(), secrets.postgres().tenants().password(),
                        secrets.postgres().console().password(), secrets.console().admin(), secrets.console().demo(),
                        secrets.console().desk(), secrets.console().support())))
                .doesNotHaveDuplicates()
                .allSatisfy(secret -> assertThat(secret).hasSizeGreaterThanOrEqualTo(15));
    }

    @Test
    void aFileOfAnEarlierVersionKeepsWhatItHasAndGetsWhatItLacks() throws Exception {
        Path file = folder.resolve("secrets.properties");
        Files.writeString(file, "seal-key=s\npseudonym-key=p\nadmin-token=a\nlivekit-secret=l\n");
        Secrets loaded = Secrets.loadOrMake(file, new SecureRandom());
        assertThat(loaded.sealKey() + loaded.pseudonymKey() + loaded.adminToken() + loaded.liveKitSecret()).isEqualTo("spal");
        assertThat(loaded.redisPassword()).hasSize(43);
        assertThat(Secrets.loadOrMake(file, new SecureRandom())).isEqualTo(loaded);
        assertThat(OpenFiles.below(folder)).isEmpty();
    }
}
