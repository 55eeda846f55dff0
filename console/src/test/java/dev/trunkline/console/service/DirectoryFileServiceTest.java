package dev.trunkline.console.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

/** The directory as a file, which the router returns and applies. */
@QuarkusTest
class DirectoryFileServiceTest extends WithConsole {
    @Test
    void anAdminGetsItWithoutSecretsWhateverIsAsked() throws Exception {
        Browser.Answer file = as("admin").get("/directory/file?with_secrets=true");

        assertThat(file.header("Content-Type")).startsWith("application/yaml");
        assertThat(file.header("Content-Disposition")).contains("directory.yaml");
        assertThat(file.json().path("asked").asText()).isEqualTo("/directory");
        assertThat(Surroundings.ASKED).contains("GET /directory admin").noneMatch(request -> request.contains("with_secrets"));
    }

    @Test
    void anAdminHasOneTriedAndApplied() throws Exception {
        Browser admin = as("admin");

        assertThat(admin.post("/directory/apply?dry_run=true&whole=true&evil=1", "rules: []").json().path("asked").asText())
                .isEqualTo("/directory/apply?dry_run=true&whole=true");
        assertThat(admin.post("/directory/apply?changes=0a1b", "rules: []").json().path("asked").asText())
                .isEqualTo("/directory/apply?changes=0a1b");
    }

    @Test
    void nobodyElseMay() throws Exception {
        for (String user : new String[] {"town", "desk", "support"}) {
            Browser browser = as(user);
            assertThat(browser.get("/directory/file").status()).as(user).isEqualTo(403);
            assertThat(browser.post("/directory/apply?dry_run=true", "{}").status()).as(user).isEqualTo(403);
        }
    }
}
