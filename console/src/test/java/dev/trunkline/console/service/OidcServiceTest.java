package dev.trunkline.console.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.trunkline.local.Ports;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.keys.HmacKey;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The console with an identity provider: what it accepts from the provider, and above all what it does not. */
@QuarkusTest
@TestProfile(OidcServiceTest.ByProvider.class)
@QuarkusTestResource(Surroundings.class)
class OidcServiceTest {
    private static final Map<String, Object> TENANT =
            Map.of("groups", List.of("phone-tenants"), "organisation", "town", "preferred_username", "anna");
    private static final UnaryOperator<JsonWebSignature> PROPERLY = token -> token;

    public static class ByProvider implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            String prefix = "trunkline.console.oidc.";
            return Map.of(
                    "trunkline.console.url", "https://console.example", prefix + "issuer", "http://127.0.0.1:" + Ports.free(),
                    prefix + "client-id", TestProvider.CLIENT, prefix + "client-secret", TestProvider.SECRET, prefix + "role-claim", "groups",
                    prefix + "roles", "phone-admins=admin, phone-tenants=tenant");
        }
    }

    @TestHTTPResource("/")
    URI root;

    @Inject
    ConsoleSettings settings;

    private TestProvider provider;
    private Browser browser;

    @BeforeEach
    void open() throws Exception {
        provider = new TestProvider(settings.console().oidc().issuer().orElseThrow().getPort());
        browser = new Browser(root);
        Await.until("the console is ready", () -> browser.send("GET", "/q/health/ready", "").status() == 200);
    }

    @AfterEach
    void close() {
        browser.close();
        provider.close();
    }

    /** The console's request to the provider, and the browser's cookie. */
    private record Asked(Map<String, String> query, String cookie) {}

    private Asked begin(String to) throws Exception {
        Browser.Answer answer = browser.send("GET", "/api/v1/session/oidc/begin?to=" + to, "");
        assertThat(answer.status()).isEqualTo(303);
        String at = answer.header("Location");
        assertThat(at).startsWith(provider.issuer() + "/auth?");
        String cookie = answer.header("Set-Cookie");
        assertThat(cookie).contains("HttpOnly", "SameSite=Lax", "Secure", "Max-Age=600");
        return new Asked(TestProvider.query(URI.create(at).getRawQuery()), cookie.split(";")[0]);
    }

    private Browser.Answer back(String query, String cookie) throws Exception {
        return browser.send(browser.bare("GET", "/api/v1/session/oidc/callback?" + query, "").header("Cookie", cookie));
    }

    private Browser.Answer signIn(Map<String, Object> claims, UnaryOperator<JsonWebSignature> signing) throws Exception {
        Asked asked = begin("/history%3Foutcome%3Drefused");
        return back("code=" + provider.grant(asked.query(), claims, signing) + "&state=" + asked.query().get("state"), asked.cookie());
    }

    private static void refused(Browser.Answer answer, String why) {
        assertThat(answer.header("Location")).isEqualTo("https://console.example/signin?refused=" + why);
        assertThat(answer.response().headers().allValues("Set-Cookie")).noneMatch(cookie -> cookie.startsWith("trunkline_session="));
    }

    private static Map<String, Object> with(String name, Object value) {
        var claims = new java.util.HashMap<>(TENANT);
        claims.put(name, value);
        return claims;
    }

    @Test
    void whoeverTheProviderKnowsIsSignedInAsItsClaimsSayAndSignedOutThereToo() throws Exception {
        Browser.Answer answer = signIn(TENANT, PROPERLY);
        assertThat(answer.header("Location")).isEqualTo("https://console.example/history?outcome=refused");
        String session = answer.response().headers().allValues("Set-Cookie").stream()
                .filter(cookie -> cookie.startsWith("trunkline_session=")).findFirst().orElseThrow();
        assertThat(session).contains("HttpOnly", "SameSite=Strict", "Secure");
        String cookie = session.split(";")[0];
        JsonNode who = browser.send(browser.bare("GET", "/api/v1/session", "").header("Cookie", cookie)).json();
        assertThat(who.path("user").asText()).isEqualTo("anna");
        assertThat(who.path("role").asText()).isEqualTo("tenant");
        assertThat(who.path("organisation").path("id").asText()).isEqualTo(Surroundings.TOWN);
        assertThat(browser.send(browser.bare("GET", "/api/v1/history", "").header("Cookie", cookie)).status()).isEqualTo(200);
        assertThat(browser.send(browser.bare("GET", "/api/v1/trunks", "").header("Cookie", cookie)).status()).isEqualTo(403);

        Browser.Answer out = browser.send(browser.bare("DELETE", "/api/v1/session", "")
                .header("Cookie", cookie).header("X-CSRF-Token", who.path("csrf").asText()));
        assertThat(out.json().path("signOutAt").asText())
                .startsWith(provider.issuer() + "/end?").contains("id_token_hint=ey", "post_logout_redirect_uri=https%3A%2F%2Fconsole.example%2Fsignin");
        assertThat(browser.send(browser.bare("GET", "/api/v1/session", "").header("Cookie", cookie)).status()).isEqualTo(401);
    }

    @Test
    void theQuestionHasAStateANonceAndAChallengeThatAreNewEachTime() throws Exception {
        Asked first = begin("/");
        Asked second = begin("/");
        for (String name : List.of("state", "nonce", "code_challenge")) {
            assertThat(first.query().get(name)).as(name).hasSizeGreaterThan(40).isNotEqualTo(second.query().get(name));
        }
        assertThat(first.query())
                .containsEntry("code_challenge_method", "S256").containsEntry("response_type", "code")
                .containsEntry("redirect_uri", "https://console.example/api/v1/session/oidc/callback");
    }

    @Test
    void anAnswerToNoQuestionOfThisBrowserIsNotTaken() throws Exception {
        Asked asked = begin("/");
        Asked other = begin("/");
        String code = provider.grant(asked.query(), TENANT, PROPERLY);
        refused(back("code=" + code + "&state=" + asked.query().get("state"), other.cookie()), "stale");
        refused(back("code=" + code + "&state=" + asked.query().get("state"), "none=1"), "stale");
        refused(back("code=" + code, asked.cookie()), "stale");
        refused(back("code=" + code + "&iss=https%3A%2F%2Fevil.example&state=" + asked.query().get("state"), asked.cookie()), "untrusted");
        refused(back("error=access_denied&state=" + asked.query().get("state"), asked.cookie()), "cancelled");
        refused(back("code=guessed&state=" + asked.query().get("state"), asked.cookie()), "untrusted");
        // The verifier of another request does not redeem this one's code.
        Asked third = begin("/");
        refused(back("code=" + provider.grant(asked.query(), TENANT, PROPERLY) + "&state=" + third.query().get("state"), third.cookie()), "untrusted");
    }

    @Test
    void aTokenThatIsNotTheProvidersForUsAndOfNowIsNotTaken() throws Exception {
        long now = Instant.now().getEpochSecond();
        refused(signIn(with("nonce", "another"), PROPERLY), "untrusted");
        refused(signIn(with("iss", "https://evil.example"), PROPERLY), "untrusted");
        refused(signIn(with("aud", "another client"), PROPERLY), "untrusted");
        refused(signIn(with("aud", List.of(TestProvider.CLIENT, "another client")), PROPERLY), "untrusted");
        refused(signIn(with("azp", "another client"), PROPERLY), "untrusted");
        refused(signIn(with("exp", now - 3_600), PROPERLY), "untrusted");
        refused(signIn(TENANT, token -> {
            token.setAlgorithmConstraints(AlgorithmConstraints.NO_CONSTRAINTS);
            token.setAlgorithmHeaderValue("none");
            token.setKey(null);
            return token;
        }), "untrusted");
        refused(signIn(TENANT, token -> {
            token.setAlgorithmHeaderValue("HS256");
            token.setKey(new HmacKey("a-public-key-that-is-taken-for-a-secret".getBytes(StandardCharsets.US_ASCII)));
            return token;
        }), "untrusted");
        var others = org.jose4j.jwk.RsaJwkGenerator.generateJwk(2048);
        refused(signIn(TENANT, token -> {
            token.setKey(others.getPrivateKey());
            return token;
        }), "untrusted");
    }

    @Test
    void whoeverHasNoRoleHereIsToldSoAndRolesMayComeFromUserInfo() throws Exception {
        refused(signIn(with("groups", List.of("cooks")), PROPERLY), "no-role");
        refused(signIn(with("organisation", ""), PROPERLY), "no-organisation");
        provider.userInfo("{\"sub\": \"subject-1\", \"groups\": [\"phone-admins\"]}");
        assertThat(signIn(Map.of(), PROPERLY).header("Location")).isEqualTo("https://console.example/history?outcome=refused");
        provider.userInfo("{\"sub\": \"somebody-else\", \"groups\": [\"phone-admins\"]}");
        refused(signIn(Map.of(), PROPERLY), "untrusted");
    }

    @Test
    void accountsOfTheConsoleAreOffAndThePageForSigningInKnowsIt() throws Exception {
        assertThat(browser.signIn("admin", Surroundings.PASSWORD).status()).isEqualTo(403);
        JsonNode ways = browser.get("/session/oidc").json();
        assertThat(ways.path("accounts").asBoolean()).isFalse();
        assertThat(ways.path("provider").asBoolean()).isTrue();
    }

    @Test
    void aProviderThatIsAwayIsSaid() throws Exception {
        Asked asked = begin("//evil.example");
        String code = provider.grant(asked.query(), TENANT, PROPERLY);
        provider.close();
        refused(back("code=" + code + "&state=" + asked.query().get("state"), asked.cookie()), "unavailable");
    }
}
