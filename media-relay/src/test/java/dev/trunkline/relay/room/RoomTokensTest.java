package dev.trunkline.relay.room;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.auth0.jwt.JWT;
import com.auth0.jwt.algorithms.Algorithm;
import com.auth0.jwt.interfaces.DecodedJWT;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RoomTokensTest {
    private static final String SECRET = "0123456789012345678901234567890123456789";
    private static final LiveKitAddress LIVEKIT = new LiveKitAddress(URI.create("wss://lk.example.org/x/"), "key", SECRET);

    private static DecodedJWT verified(String token) {
        return JWT.require(Algorithm.HMAC256(SECRET)).withIssuer("key").build().verify(token);
    }

    @Test
    void aCallersTokenSaysWhoHeIsAndWhatHeMay() {
        var participant = new SipParticipant("sip_+1555", "Phone +1555", "vip", Map.of("sip.trunkID", "t"));
        DecodedJWT token = verified(new RoomTokens(LIVEKIT, Clock.systemUTC()).join("room", "sip_+1555_x", participant, "{}"));
        assertThat(token.getSubject()).isEqualTo("sip_+1555_x");
        assertThat(token.getClaim("kind").asString()).isEqualTo("sip");
        assertThat(token.getClaim("name").asString()).isEqualTo("Phone +1555");
        assertThat(token.getClaim("metadata").asString()).isEqualTo("vip");
        assertThat(token.getClaim("attributes").asMap()).isEqualTo(Map.of("sip.trunkID", "t"));
        assertThat(token.getClaim("roomConfig").asMap()).isEqualTo(Map.of("metadata", "{}"));
        assertThat(token.getClaim("video").asMap()).isEqualTo(Map.of(
                "room", "room", "roomJoin", true, "canPublish", true, "canSubscribe", true, "canPublishData", true,
                "canUpdateOwnMetadata", true));
    }

    @Test
    void aLiveKitWhoseClockIsAnHourOffTakesThem() {
        for (Duration off : List.of(Duration.ofHours(-1), Duration.ofHours(1))) {
            var tokens = new RoomTokens(LIVEKIT, Clock.offset(Clock.systemUTC(), off));
            assertThat(verified(tokens.join("room", "sip_1", new SipParticipant("sip_1", "", "", Map.of()), "")).getSubject()).isEqualTo("sip_1");
        }
    }

    @Test
    void theApiIsBesideTheWebSocket() {
        assertThat(LIVEKIT.root()).isEqualTo(URI.create("https://lk.example.org/"));
        assertThat(LIVEKIT.path()).isEqualTo("/x");
        var local = new LiveKitAddress(URI.create("ws://127.0.0.1:7880"), "k", SECRET);
        assertThat(local.root()).isEqualTo(URI.create("http://127.0.0.1:7880/"));
        assertThat(local.path()).isEmpty();
    }

    @Test
    void aShortSecretIsRefusedAndNothingIsTold() {
        assertThatThrownBy(() -> new LiveKitAddress(URI.create("ws://x"), "key", "short"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("LIVEKIT_API_SECRET")
                .hasMessageNotContaining("short");
        assertThat(LIVEKIT.toString()).doesNotContain(SECRET);
    }
}
