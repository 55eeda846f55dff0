package dev.trunkline.console.pages;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PagesTest {
    @ParameterizedTest
    @CsvSource({
        "/, true",
        "/history, true",
        "/calls/0198b5ad/trace, true",
        "/numbers/+3225550100, true",
        "/quality, true",
        "/assets/index.js, false",
        "/index.html, false",
        "/api/v1/nothing, false",
        "/q/health, false",
        "/q, false",
    })
    void aPathWithoutADotIsAPageUnlessTheApiHasIt(String path, boolean page) {
        assertThat(Pages.isPage(path)).isEqualTo(page);
    }
}
