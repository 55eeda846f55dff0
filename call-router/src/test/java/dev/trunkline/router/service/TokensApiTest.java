package dev.trunkline.router.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.trunkline.router.auth.Tokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.keys.resolvers.JwksVerificationKeyResolver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tokens of the built-in issuer and of an OpenID provider, together with the admin token. */
@QuarkusTest
@QuarkusTestResource(RouterSurroundings.class)
class TokensApiTest {
    /** Set by the test resource. */
    RouterSurroundings surroundings;

    private Admin admin;

    @BeforeEach
    void start() throws Exception {
        admin = new Admin();
        admin.awaitReady();
        assertThat(admin.apply(Admin.demo()).status()).isEqualTo(200);
    }

    @AfterEach
    void stop() {
        admin.close();
    }

    @Test
    void anIssuedAdminTokenIsAnAdminAndIssuesNoOthers() throws Exception {
        Admin.Answer issued = admin.call("POST", "/auth/token", "{\"role\": \"admin\", \"subject\": \"ada\", \"lifetime_seconds\": 60}");
        String token = issued.json().get("access_token").textValue();

        assertThat(issued.json().get("expires_in").intValue()).isEqualTo(60);
        assertThat(admin.call(token, "GET", "/directory", "").status()).isEqualTo(200);
        assertThat(admin.call(token, "GET", "/auth/me", "").json())
                .isEqualTo(json("{\"subject\": \"ada\", \"role\": \"admin\"}"));
        assertThat(admin.call(token, "POST", "/auth/token", "{\"role\": \"admin\"}").status()).isEqualTo(403);
    }

    @Test
    void anIssuedTenantTokenIsOfItsOrganisation() throws Exception {
        JsonNode me = admin.call(admin.tokenOf("demo"), "GET", "/auth/me", "").json();

        assertThat(me.get("role").textValue()).isEqualTo("tenant");
        assertThat(me.get("organisation").textValue()).isEqualTo("demo");
    }

    @Test
    void whatIsIssuedCanBeCheckedByThePublishedKeys() throws Exception {
        Admin.Answer jwks = admin.send(Admin.bare("/auth/jwks"));
        String token = admin.tokenOf("demo");

        JwtClaims claims = new JwtConsumerBuilder()
                .setExpectedIssuer("trunkline")
                .setExpectedAudience("trunkline")
                .setVerificationKeyResolver(new JwksVerificationKeyResolver(
                        new JsonWebKeySet(jwks.body()).getJsonWebKeys()))
                .build()
                .processToClaims(token);

        assertThat(claims.getStringListClaimValue("groups")).containsExactly("tenant");
        assertThat(jwks.body()).doesNotContain("\"d\"");
    }

    @Test
    void aTokenThatIsOverIsRefusedWithTheMoment() throws Exception {
        String token = admin.call("POST", "/auth/token", "{\"role\": \"admin\", \"lifetime_seconds\": 1}")
                .json().get("access_token").textValue();
        // The test settings tolerate no clock difference.
        Await.until(() -> status(token) == 401);

        assertThat(admin.call(token, "GET", "/directory", "").json().get("detail").textValue()).contains("expired at");
    }

    private int status(String token) {
        try {
            return admin.call(token, "GET", "/directory", "").status();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "{} | Write the role",
        "{\"role\": \"king\"} | Write the role",
        "{\"role\": \"tenant\"} | A tenant belongs to an organisation",
        "{\"role\": \"tenant\", \"organisation\": \"nobody\"} | There is no organisation nobody",
        "{\"role\": \"admin\", \"organisation\": \"demo\"} | An admin belongs to no organisation",
        "{\"role\": \"admin\", \"lifetime_seconds\": 0} | Write lifetime_seconds from 1 to 86400",
        "{\"role\": \"admin\", \"lifetime_seconds\": 86401} | Write lifetime_seconds from 1 to 86400",
    })
    void saysWhatToAskFor(String request, String sentence) throws Exception {
        Admin.Answer answer = admin.call("POST", "/auth/token", request);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().get("detail").textValue()).startsWith(sentence);
    }

    @Test
    void aProvidersTokensAreTakenByItsClaims() throws Exception {
        assertThat(admin.call(provided(List.of("admin"), "x"), "GET", "/directory", "").status()).isEqualTo(200);

        JsonNode me = admin.call(provided(List.of("tenant"), "demo"), "GET", "/auth/me", "").json();
        assertThat(me.get("subject").textValue()).isEqualTo("somebody");
        assertThat(me.get("organisation").textValue()).isEqualTo("demo");
    }

    @Test
    void aProvidersTokenWithoutRoleOrOrganisationIsForbidden() throws Exception {
        assertThat(refusal(provided(List.of("visitor"), "demo"), 403)).contains("neither the role admin nor tenant in its claim realm_access/roles");
        assertThat(refusal(provided(List.of("tenant"), " "), 403)).contains("names no organisation in its claim town");
        assertThat(refusal(provided(List.of("tenant"), "nobody"), 403)).contains("organisation that does not exist");
    }

    @Test
    void wrongTokensAreToldApart() throws Exception {
        var stranger = new Tokens("https://evil.example", "k");
        var impostor = new Tokens(RouterSurroundings.PROVIDER, "town-1");
        JwtClaims over = surroundings.provider().claims(Instant.now());
        over.setExpirationTime(NumericDate.fromSeconds(Instant.now().getEpochSecond() - 600));

        assertThat(refusal(stranger.sign(stranger.claims(Instant.now())), 401))
                .contains("does not trust (iss https://evil.example); it trusts " + RouterSurroundings.PROVIDER + ", trunkline");
        assertThat(refusal(impostor.sign(impostor.claims(Instant.now())), 401)).contains("signature is not that of");
        assertThat(refusal(surroundings.provider().sign(over), 401)).contains("expired at");
        JwtClaims ofAnotherService = surroundings.provider().claims(Instant.now());
        ofAnotherService.setAudience("web-shop");
        assertThat(refusal(surroundings.provider().sign(ofAnotherService), 401)).contains("audience (aud) must contain call-router");
        ofAnotherService.unsetClaim("aud");
        assertThat(refusal(surroundings.provider().sign(ofAnotherService), 401)).contains("audience (aud) must contain call-router");
        assertThat(refusal("token-of-the-test", 401)).contains("neither the admin token nor a readable JSON Web Token");
    }

    @Test
    void aTenantIsNoAdmin() throws Exception {
        String tenant = admin.tokenOf("demo");

        for (String path : List.of("/directory", "/trunks", "/trunks/demo")) {
            assertThat(admin.call(tenant, "GET", path, "").status()).as(path).isEqualTo(403);
        }
        for (String path : List.of("/directory/apply", "/directory/import/livekit", "/auth/token")) {
            assertThat(admin.call(tenant, "POST", path, "{}").status()).as(path).isEqualTo(403);
        }
    }

    @Test
    void problemsAreWrittenAsRfc9457SaysAndChallenge() throws Exception {
        Admin.Answer answer = admin.send(Admin.bare("/directory"));

        assertThat(answer.type()).isEqualTo("application/problem+json");
        assertThat(answer.challenge()).isEqualTo("Bearer realm=\"trunkline\"");
        assertThat(answer.json().get("status").intValue()).isEqualTo(401);
        assertThat(answer.json().get("title").textValue()).isEqualTo("Unauthorized");
    }

    private String refusal(String token, int status) throws Exception {
        Admin.Answer answer = admin.call(token, "GET", "/auth/me", "");
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        return answer.json().get("detail").textValue();
    }

    private String provided(List<String> roles, String organisation) {
        JwtClaims claims = surroundings.provider().claims(Instant.now());
        claims.setClaim("realm_access", Map.of("roles", roles));
        claims.setClaim("town", organisation);
        return surroundings.provider().sign(claims);
    }

    private static JsonNode json(String text) {
        return new Admin.Answer(200, text, "", "").json();
    }
}
