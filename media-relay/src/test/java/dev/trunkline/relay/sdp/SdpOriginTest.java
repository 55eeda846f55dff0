package dev.trunkline.relay.sdp;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SdpOriginTest {
    private static final OwnAddresses OWN = OwnAddresses.of(InetAddress.ofLiteral("192.0.2.1"));

    @Test
    void aWritersLastDescriptionSaysWhereTheNextRelayGoesOn() {
        var formats = AudioFormats.offering(java.util.List.of(PhoneCodec.PCMU), false, java.util.Optional.empty());
        var writer = new SdpWriter(-4711, OWN, 10_000);
        writer.offer(formats, java.util.Optional.empty(), false);
        SdpOrigin origin = SdpOrigin.of(writer.offer(formats, java.util.Optional.empty(), false)).orElseThrow();
        assertThat(origin).isEqualTo(new SdpOrigin(-4711 & Long.MAX_VALUE, 2));
        assertThat(SdpWriter.after(origin, OWN, 20_000).offer(formats, java.util.Optional.empty(), false))
                .contains("o=trunkline " + origin.sessionId() + " 3 IN IP4 192.0.2.1\r\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "v=0\r\no=- 1 1 IN IP4 192.0.2.1\r\n", "o=trunkline ", "o=trunkline 1", "o=trunkline 1 2", "o=trunkline a 2 IN",
        "o=trunkline 1 b IN", "o=trunkline  2 IN", "o=trunkline 99999999999999999999 1 IN", "o=trunkline 1 99999999999 IN",
        "o=trunkline 18446744073709551615 1 IN", "o=trunkline 1 4294967295 IN", "o=trunkline -1 1 IN"})
    void whatIsNoDescriptionOfOursSaysNothing(String description) {
        assertThat(SdpOrigin.of(description)).isEmpty();
    }
}
