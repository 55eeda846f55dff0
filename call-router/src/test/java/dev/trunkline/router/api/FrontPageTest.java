package dev.trunkline.router.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trunkline.router.problem.Refused;
import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FrontPageTest {
    @Test
    void aBrowserIsSentToTheConsoleWhereThereIsOne() {
        URI console = URI.create("http://127.0.0.1:7585");
        var answer = new FrontPage(new FrontPage.Console(Optional.of(console))).open();
        assertThat(answer.getStatus()).isEqualTo(303);
        assertThat(answer.getLocation()).isEqualTo(console);
    }

    @Test
    void withoutAConsoleThereIsNoPage() {
        assertThatThrownBy(() -> new FrontPage(new FrontPage.Console(Optional.empty())).open())
                .isInstanceOf(Refused.class).hasMessageContaining("/q/openapi");
    }
}
