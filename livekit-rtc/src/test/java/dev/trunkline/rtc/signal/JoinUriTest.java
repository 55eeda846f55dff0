package dev.trunkline.rtc.signal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import livekit.LivekitRtc;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JoinUriTest {

    private static final LivekitRtc.JoinRequest REQUEST = ServerMessages.join(
            true, Map.of("key", "wert ü"), ServerMessages.offer("v=0\r\n".repeat(500), 1), Optional.empty());

    @ParameterizedTest
    @CsvSource({
        "ws://host:7880, ws://host:7880/rtc/v1", "http://host, ws://host/rtc/v1", "wss://host/, wss://host/rtc/v1",
        "https://host:443/a/b/, wss://host:443/a/b/rtc/v1", "ws://[::1]:7880, ws://[::1]:7880/rtc/v1",
    })
    void everySchemeAndPathLeadsToTheSocket(String server, String expected) {
        assertThat(JoinUri.of(URI.create(server), REQUEST).toString()).startsWith(expected + "?join_request=");
    }

    @Test
    void theRequestIsInIt() throws Exception {
        URI uri = JoinUri.of(URI.create("ws://host"), REQUEST);
        String text = URLDecoder.decode(uri.getRawQuery().substring("join_request=".length()), StandardCharsets.US_ASCII);
        LivekitRtc.WrappedJoinRequest wrapped =
                LivekitRtc.WrappedJoinRequest.parseFrom(Base64.getUrlDecoder().decode(text));
        assertThat(wrapped.getCompression()).isEqualTo(LivekitRtc.WrappedJoinRequest.Compression.GZIP);
        byte[] inside = new GZIPInputStream(new ByteArrayInputStream(wrapped.getJoinRequest().toByteArray())).readAllBytes();
        assertThat(LivekitRtc.JoinRequest.parseFrom(inside)).isEqualTo(REQUEST);
        assertThat(uri.toString()).hasSizeLessThan(1000);
    }
}
