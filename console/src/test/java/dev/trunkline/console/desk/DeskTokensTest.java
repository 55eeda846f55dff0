package dev.trunkline.console.desk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumer;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.keys.HmacKey;
import org.junit.jupiter.api.Test;

/** Tokens from their reader's point of view; that livekit-server accepts them is tested by {@code DeskIT} of the system tests. */
class DeskTokensTest {
    private static final String SECRET = "a-secret-of-livekit-of-thirty-two-characters";
    private static final Instant NOW = Instant.parse("2026-11-30T09:00:00Z");
    private static final BrowserLiveKit LIVEKIT = BrowserLiveKit.of(URI.create("https://livekit.example"), "the-key", SECRET);

    private static JwtConsumer reader(Instant at) {
        return new JwtConsumerBuilder()
                .setVerificationKey(new HmacKey(SECRET.getBytes(StandardCharsets.UTF_8)))
                .setJwsAlgorithmConstraints(AlgorithmConstraints.ConstraintType.PERMIT, AlgorithmIdentifiers.HMAC_SHA256)
                .setEvaluationTime(NumericDate.fromSeconds(at.getEpochSecond()))
                .setExpectedIssuer("the-key")
                .setRequireExpirationTime()
                .build();
    }

    @Test
    void aTokenIsForOneRoomAndOnePersonAndForMinutes() throws Exception {
        String token = new DeskTokens(LIVEKIT, InstantSource.fixed(NOW)).enter("desk_1", "anna");
        JwtClaims claims = reader(NOW.plusSeconds(119)).processToClaims(token);
        assertThat(claims.getSubject()).isEqualTo("desk-anna");
        assertThat(claims.getClaimValueAsString("name")).isEqualTo("anna");
        assertThat(claims.getClaimValue("video", Map.class)).isEqualTo(Map.of(
                "room", "desk_1", "roomJoin", true, "canPublish", true, "canSubscribe", true, "canPublishData", true,
                "canPublishSources", List.of("microphone")));
        assertThatThrownBy(() -> reader(NOW.plusSeconds(121)).processToClaims(token)).isInstanceOf(InvalidJwtException.class);
    }

    @Test
    void whoeverListensIsHiddenAndSaysNothingAndWhoeverWhispersIsSeen() throws Exception {
        var tokens = new DeskTokens(LIVEKIT, InstantSource.fixed(NOW));
        JwtClaims listens = reader(NOW).processToClaims(tokens.listen("desk_1", "anna"));
        assertThat(listens.getSubject()).isEqualTo("supervisor-anna");
        assertThat(listens.getClaimValue("attributes", Map.class)).isEqualTo(Map.of("trunkline.supervisor", "true"));
        assertThat(listens.getClaimValue("video", Map.class)).isEqualTo(Map.of(
                "room", "desk_1", "roomJoin", true, "canPublish", false, "canSubscribe", true, "canPublishData", false, "hidden", true));
        JwtClaims whispers = reader(NOW).processToClaims(tokens.whisper("desk_1", "anna"));
        assertThat(whispers.getClaimValue("attributes", Map.class)).isEqualTo(Map.of("trunkline.supervisor", "true"));
        assertThat(whispers.getClaimValue("video", Map.class)).isEqualTo(Map.of(
                "room", "desk_1", "roomJoin", true, "canPublish", true, "canSubscribe", true, "canPublishData", false,
                "canPublishSources", List.of("microphone")));
    }

    @Test
    void aShortSecretSignsToo() {
        String token = new DeskTokens(BrowserLiveKit.of(URI.create("ws://livekit.example"), "devkey", "secret"), InstantSource.fixed(NOW))
                .enter("desk_1", "anna");
        assertThat(token.split("\\.")).hasSize(3);
    }

    @Test
    void browsersGetAWebSocketAndThePolicyItsOrigin() {
        assertThat(LIVEKIT.url()).isEqualTo(URI.create("wss://livekit.example"));
        BrowserLiveKit here = BrowserLiveKit.of(URI.create("http://127.0.0.1:7880/path"), "the-key", SECRET);
        assertThat(here.url()).isEqualTo(URI.create("ws://127.0.0.1:7880/path"));
        assertThat(here.origin()).isEqualTo("ws://127.0.0.1:7880");
        assertThat(here.toString()).doesNotContain(SECRET);
        for (String wrong : List.of("ftp://livekit.example", "livekit.example", "wss:///", "wss:livekit")) {
            assertThatThrownBy(() -> BrowserLiveKit.of(URI.create(wrong), "the-key", SECRET)).as(wrong)
                    .isInstanceOf(IllegalArgumentException.class).hasMessageContaining(wrong).hasMessageNotContaining(SECRET);
        }
    }
}
