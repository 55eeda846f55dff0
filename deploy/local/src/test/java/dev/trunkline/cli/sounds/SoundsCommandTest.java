package dev.trunkline.cli.sounds;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.cli.Shell;
import dev.trunkline.cli.TestRouter;
import dev.trunkline.events.sounds.SoundFile;
import dev.trunkline.local.DemoSound;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SoundsCommandTest {
    private static final String ONE = """
            {"name": "machine", "language": "nl-BE", "default": true, "content_type": "audio/wav", "octets": 19244, "seconds": 1.2,
             "sha256": "00ff", "written_by": "admin", "written_at": "2026-01-01T00:00:00Z"}""";

    @TempDir
    Path folder;

    private TestRouter router;
    private Shell shell;

    @BeforeEach
    void start() throws IOException {
        router = new TestRouter();
        shell = new Shell(folder).with("TRUNKLINE_ADMIN_TOKEN", "secret");
        Files.writeString(folder.resolve("notice.wav"), "RIFF");
    }

    @AfterEach
    void stop() {
        router.close();
    }

    private int sounds(String... words) {
        List<String> line = new ArrayList<>(List.of("sounds"));
        line.addAll(List.of(words));
        line.addAll(List.of("--router", router.url()));
        return shell.run(line.toArray(String[]::new));
    }

    @Test
    void aFileIsUploaded() {
        router.answers(200, ONE);
        assertThat(sounds("put", "machine", "notice.wav", "--language", "nl-BE", "--organisation", "demo", "--default")).isZero();
        assertThat(router.asked().method()).isEqualTo("PUT");
        assertThat(router.asked().uri()).isEqualTo("/sounds/machine?language=nl-BE&organisation=demo&default=true");
        assertThat(router.asked().body()).isEqualTo("RIFF");
        assertThat(shell.out()).contains("machine  nl-BE     -             yes      1.2      19244   audio/wav  admin");
    }

    @Test
    void whatTheRouterRefusesIsSaid() {
        router.answers(400, "{\"detail\": \"The file is neither WAV nor Ogg Opus: convert it.\"}");
        assertThat(sounds("put", "machine", "notice.wav")).isEqualTo(1);
        assertThat(shell.err()).contains("neither WAV nor Ogg Opus");
    }

    @Test
    void soundsAreListedAndRemoved() {
        router.answers(200, "{\"sounds\": [" + ONE + "]}");
        assertThat(sounds("list")).isZero();
        assertThat(router.asked().uri()).isEqualTo("/sounds");
        assertThat(shell.out()).contains("machine", "nl-BE");
        router.answers(204, "");
        assertThat(sounds("delete", "machine")).isZero();
        assertThat(router.all().getLast().method()).isEqualTo("DELETE");
        assertThat(router.all().getLast().uri()).isEqualTo("/sounds/machine");
    }

    @Test
    void aFaultyLineSaysWhatIsMissing() {
        assertThat(sounds("put", "machine")).isEqualTo(2);
        assertThat(shell.err()).contains("put needs the sound's name and its file");
        assertThat(sounds("play")).isEqualTo(2);
        assertThat(sounds("put", "machine", "nowhere.wav")).isEqualTo(1);
        assertThat(shell.err()).contains("there is no file nowhere.wav");
        assertThat(router.wasAsked()).isFalse();
    }

    @Test
    void theDemosSoundIsOne() throws Exception {
        assertThat(SoundFile.read(DemoSound.wav()).length()).isEqualTo(Duration.ofMillis(1_200));
    }
}
