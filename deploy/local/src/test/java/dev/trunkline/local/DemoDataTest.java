package dev.trunkline.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trunkline.cli.TestRouter;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoDataTest {
    @TempDir
    Path folder;

    private DemoData demo;

    @BeforeEach
    void files() throws IOException {
        Files.createDirectories(folder.resolve("deploy/demo"));
        Files.writeString(folder.resolve("deploy/demo/demo.yaml"), "rules: []\n");
        Files.createDirectories(folder.resolve("state/data"));
        demo = new DemoData(SuiteSettings.of(folder, folder.resolve("state"), Map.of()));
    }

    @Test
    void itIsLoadedAtTheFirstStartAlone() throws Exception {
        try (TestRouter router = new TestRouter(); HttpClient http = HttpClient.newHttpClient()) {
            assertThat(demo.loadOnce(http, URI.create(router.url()), "token")).isTrue();
            assertThat(demo.loadOnce(http, URI.create(router.url()), "token")).isFalse();
            assertThat(router.all()).extracting(TestRouter.Asked::uri).containsExactly("/sounds/demo-notice", "/directory/apply");
        }
    }

    @Test
    void whatTheRouterRefusedIsTriedAgainAtTheNextStart() throws Exception {
        try (TestRouter router = new TestRouter(); HttpClient http = HttpClient.newHttpClient()) {
            router.answers(400, "no");
            assertThatThrownBy(() -> demo.loadOnce(http, URI.create(router.url()), "token")).hasMessageContaining("did not accept");
            router.answers(200, "{}");
            assertThat(demo.loadOnce(http, URI.create(router.url()), "token")).isTrue();
        }
    }
}
