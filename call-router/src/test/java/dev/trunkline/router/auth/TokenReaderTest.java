package dev.trunkline.router.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.keys.HmacKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TokenReaderTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final Tokens PROVIDER = new Tokens("https://id.example", "k1");
    private static final Tokens STRANGER = new Tokens("https://id.example", "k1");

    private final TrustedIssuer issuer = new TrustedIssuer(
            "https://id.example",
            "call-router",
            new TokenClaims("realm_access/roles", "org", "operator", "customer"),
            (token, nesting) -> PROVIDER.key().getPublicKey());
    private final TokenReader reader =
            new TokenReader(List.of(issuer), Duration.ofSeconds(30), Clock.fixed(NOW, ZoneOffset.UTC));

    @Test
    void readsATokenOfATrustedIssuer() throws Denied {
        TokenReader.Proved proved = reader.read(PROVIDER.sign(PROVIDER.claims(NOW)));

        assertThat(proved.subject()).isEqualTo("somebody");
        assertThat(proved.issuer()).isEqualTo(issuer);
    }

    @Test
    void clocksMayDifferALittle() throws Denied {
        JwtClaims claims = PROVIDER.claims(NOW.minusSeconds(80));

        assertThat(reader.read(PROVIDER.sign(claims)).subject()).isEqualTo("somebody");
    }

    static Stream<Arguments> wrongClaims() {
        return Stream.of(
                wrong("expired at 2026-03-01T11:00:00Z", c -> c.setExpirationTime(at(NOW.minusSeconds(3600)))),
                wrong("never expires", c -> c.unsetClaim("exp")),
                wrong("not valid yet", c -> c.setNotBefore(at(NOW.plusSeconds(50)))),
                wrong("contradict each other", c -> c.setNotBefore(at(NOW.plusSeconds(120)))),
                wrong("needs sub", c -> c.unsetClaim("sub")),
                wrong("audience (aud) must contain call-router", c -> c.setAudience("shop")),
                wrong("audience (aud) must contain call-router", c -> c.unsetClaim("aud")),
                wrong("names no issuer", c -> c.unsetClaim("iss")),
                wrong("does not trust (iss https://evil.example); it trusts https://id.example",
                        c -> c.setIssuer("https://evil.example")));
    }

    private static Arguments wrong(String sentence, Consumer<JwtClaims> change) {
        return Arguments.of(sentence, change);
    }

    private static NumericDate at(Instant instant) {
        return NumericDate.fromSeconds(instant.getEpochSecond());
    }

    @ParameterizedTest
    @MethodSource("wrongClaims")
    void saysWhatIsWrongWithTheClaims(String sentence, Consumer<JwtClaims> change) {
        JwtClaims claims = PROVIDER.claims(NOW);
        change.accept(claims);

        assertThat(refusal(PROVIDER.sign(claims))).startsWith("Unauthorized: ").contains(sentence);
    }

    @Test
    void aSignatureOfSomebodyElseIsNone() {
        assertThat(refusal(STRANGER.sign(STRANGER.claims(NOW)))).contains("signature is not that of https://id.example");
    }

    @Test
    void aTokenThatWasChangedIsNone() {
        String[] parts = PROVIDER.sign(PROVIDER.claims(NOW)).split("\\.");
        String payload = new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8)
                .replace("somebody", "the-boss");
        String changed = Base64.getUrlEncoder().withoutPadding().encodeToString(payload.getBytes(StandardCharsets.UTF_8));

        assertThat(refusal(parts[0] + "." + changed + "." + parts[2])).contains("signature is not that of");
    }

    @Test
    void aTokenWithoutSignatureIsNone() {
        String unsigned = PROVIDER.sign(PROVIDER.claims(NOW), signature -> {
            signature.setAlgorithmConstraints(AlgorithmConstraints.NO_CONSTRAINTS);
            signature.setAlgorithmHeaderValue(AlgorithmIdentifiers.NONE);
            signature.setKey(null);
        });

        assertThat(refusal(unsigned)).startsWith("Unauthorized: The token's signature algorithm is not accepted here");
    }

    @Test
    void thePublicKeyIsNoSharedSecret() {
        String mac = PROVIDER.sign(PROVIDER.claims(NOW), signature -> {
            signature.setAlgorithmHeaderValue(AlgorithmIdentifiers.HMAC_SHA256);
            signature.setKey(new HmacKey(PROVIDER.key().getPublicKey().getEncoded()));
        });

        assertThat(refusal(mac)).contains("signature algorithm is not accepted here");
    }

    @Test
    void whatIsNoTokenIsNone() {
        assertThat(refusal("abc")).contains("neither the admin token nor a readable JSON Web Token");
        assertThat(refusal("a.b.c")).contains("neither the admin token nor a readable JSON Web Token");
    }

    @Test
    void withoutItsKeysAProvidersTokenIsNeitherRightNorWrong() {
        var away = new TrustedIssuer(
                issuer.name(), issuer.audience(), issuer.claims(), new ProviderKeys("http://127.0.0.1:1/jwks"));
        var without = new TokenReader(List.of(away), Duration.ZERO, Clock.fixed(NOW, ZoneOffset.UTC));

        Denied denied = catchThrowableOfType(
                Denied.class, () -> without.read(PROVIDER.sign(PROVIDER.claims(NOW))));

        assertThat(denied.status()).isEqualTo(Response.Status.SERVICE_UNAVAILABLE);
        assertThat(denied).hasMessageContaining("http://127.0.0.1:1/jwks");
    }

    private String refusal(String token) {
        Denied denied = catchThrowableOfType(Denied.class, () -> reader.read(token));
        return denied.status() + ": " + denied.getMessage();
    }
}
