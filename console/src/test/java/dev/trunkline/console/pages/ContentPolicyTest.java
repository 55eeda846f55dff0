package dev.trunkline.console.pages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.console.desk.BrowserLiveKit;
import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ContentPolicyTest {
    @Test
    void aPageTalksToTheConsoleAndWhereThereIsADeskToLiveKit() {
        assertThat(ContentPolicy.of(Optional.empty())).startsWith("default-src 'self'; style-src").doesNotContain("connect-src");
        BrowserLiveKit liveKit = BrowserLiveKit.of(URI.create("https://livekit.example:7443/rooms"), "key", "secret");
        assertThat(ContentPolicy.of(Optional.of(liveKit))).contains("; connect-src 'self' wss://livekit.example:7443; ");
    }
}
