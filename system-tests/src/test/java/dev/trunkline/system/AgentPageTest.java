package dev.trunkline.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The programs that the page on agents shows are those that {@link AgentPageIT} runs. */
class AgentPageTest {
    private static final Path DOCS = Path.of("../docs");

    @ParameterizedTest
    @CsvSource({"greeter.py, python", "warm.py, python", "greeter.mjs, js", "requirements.txt, text", "package.json, json"})
    void thePageShowsTheFileAsItIs(String file, String language) throws IOException {
        String page = Files.readString(DOCS.resolve("agents.md"));
        assertThat(page).contains("```" + language + "\n" + Files.readString(DOCS.resolve("agents").resolve(file)) + "```\n");
    }
}
