package dev.trunkline.router.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.trunkline.events.codec.EventJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WebhookRequestTest {
    private static final String URL = "https://shop.example/voice";
    private static final Instant NOW = Instant.ofEpochSecond(1_764_000_000);

    private static JsonNode body(Shop shop) {
        try {
            return EventJson.MAPPER.readTree(WebhookRequest.of(shop.question()).body());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String text(Shop shop) {
        return new String(WebhookRequest.of(shop.question()).body(), StandardCharsets.UTF_8);
    }

    @Test
    void hasTheFieldsThatAJambonzApplicationReads() {
        JsonNode body = body(Shop.at(URL).headers(Map.of("x-order", "7")));

        assertThat(body.get("call_sid").textValue()).isEqualTo("00000000-0000-0007-0000-000000000007");
        assertThat(body.get("direction").textValue()).isEqualTo("inbound");
        assertThat(body.get("to").textValue()).isEqualTo("+3225550100");
        assertThat(body.get("call_status").textValue()).isEqualTo("trying");
        assertThat(body.get("sip_status").intValue()).isEqualTo(100);
        assertThat(body.get("account_sid").textValue()).isEqualTo("shop-id");
        assertThat(body.get("application_sid").textValue()).isEqualTo("rule-id");
        assertThat(body.get("originating_sip_trunk_name").textValue()).isEqualTo("pbx");
        assertThat(body.at("/sip/method").textValue()).isEqualTo("INVITE");
        assertThat(body.at("/sip/headers/x-order").textValue()).isEqualTo("7");
    }

    @Test
    void hasOursToo() {
        JsonNode body = body(Shop.at(URL).config("{'voice':'Ann'}"));

        assertThat(body.at("/organisation/name").textValue()).isEqualTo("shop");
        assertThat(body.get("number").textValue()).isEqualTo("+3225550100");
        assertThat(body.at("/rule/name").textValue()).isEqualTo("ask-shop");
        assertThat(body.at("/trunk/name").textValue()).isEqualTo("pbx");
        assertThat(body.get("config").toString()).isEqualTo("{\"language\":\"en\",\"voice\":\"Ann\",\"desk\":7}");
    }

    @Test
    void namesTheCallerByPseudonymAndLastDigits() {
        JsonNode body = body(Shop.at(URL));

        assertThat(body.get("from").textValue()).isEqualTo(Shop.PSEUDONYM + "-456");
        assertThat(body.at("/caller/pseudonym").textValue()).isEqualTo(Shop.PSEUDONYM);
        assertThat(body.at("/caller/last_digits").textValue()).isEqualTo("456");
        assertThat(body.get("caller").has("number")).isFalse();
        assertThat(text(Shop.at(URL))).doesNotContain("70123456");
    }

    @Test
    void showsTheCallersNumberWhereTheOrganisationMaySeeIt() {
        JsonNode body = body(Shop.at(URL).config("{'webhook':{'caller':'number'}}"));

        assertThat(body.get("from").textValue()).isEqualTo(Shop.CALLER);
        assertThat(body.at("/caller/number").textValue()).isEqualTo(Shop.CALLER);
    }

    @Test
    void showsLittleOfAShortNumber() {
        assertThat(body(Shop.at(URL).caller("1002")).get("from").textValue()).isEqualTo(Shop.PSEUDONYM + "-2");
        assertThat(body(Shop.at(URL).caller("12")).get("from").textValue()).isEqualTo(Shop.PSEUDONYM + "-");
    }

    @Test
    void anAnonymousCallerIsAnonymous() {
        JsonNode body = body(Shop.at(URL).anonymousCaller().config("{'webhook':{'caller':'number'}}"));

        assertThat(body.get("from").textValue()).isEqualTo("anonymous");
        assertThat(body.at("/caller/anonymous").booleanValue()).isTrue();
        assertThat(body.get("caller").has("last_digits")).isFalse();
    }

    @Test
    void leavesOutHeadersThatHoldTheCallersNumber() {
        Map<String, String> headers = Map.of(
                "p-asserted-identity", "<sip:+32470123456@carrier.example>", "x-cli", "0470/12.34.56", "x-order", "7");

        assertThat(body(Shop.at(URL).headers(headers)).get("headers").toString()).isEqualTo("{\"x-order\":\"7\"}");
        assertThat(body(Shop.at(URL).headers(headers).config("{'webhook':{'caller':'number'}}")).get("headers"))
                .hasSize(3);
    }

    @Test
    void keepsTheRoutersOwnConfigurationToItself() {
        assertThat(text(Shop.at(URL).config("{'webhook':{'secret':'whsec-1'}}"))).doesNotContain("whsec-1");
    }

    @Test
    void isSignedByTheSecretOfTheRuleElseOfTheOrganisation() {
        WebhookRequest ofRule = WebhookRequest.of(
                Shop.at(URL).secret("rule").config("{'webhook':{'secret':'organisation'}}").question());
        WebhookRequest ofOrganisation =
                WebhookRequest.of(Shop.at(URL).config("{'webhook':{'secret':'organisation'}}").question());

        assertThat(ofRule.headers(NOW))
                .containsEntry("Trunkline-Signature", Signature.of(ofRule.body(), NOW, "rule"))
                .containsEntry("Jambonz-Signature", Signature.of(ofRule.body(), NOW, "rule"));
        assertThat(ofOrganisation.headers(NOW))
                .containsEntry("Trunkline-Signature", Signature.of(ofOrganisation.body(), NOW, "organisation"));
        assertThat(WebhookRequest.of(Shop.at(URL).question()).headers(NOW)).doesNotContainKey("Trunkline-Signature");
    }

    @Test
    void hasOneIdForOneCallAndUrl() {
        WebhookRequest once = WebhookRequest.of(Shop.at(URL).question());
        WebhookRequest again = WebhookRequest.of(Shop.at(URL).question());
        WebhookRequest other = WebhookRequest.of(Shop.at(URL + "/other").question());

        assertThat(again.id()).isEqualTo(once.id()).isNotEqualTo(other.id());
        assertThat(once.headers(NOW))
                .containsEntry("Idempotency-Key", once.id())
                .containsEntry("Trunkline-Request-Id", once.id());
        assertThat(again.body()).isEqualTo(once.body());
    }

    @Test
    void sendsTheCredentialsOfTheUrlAsBasicAuthentication() {
        WebhookRequest request = WebhookRequest.of(Shop.at("https://ann:p%40ss@shop.example/voice").question());

        assertThat(request.headers(NOW)).containsEntry("Authorization", "Basic YW5uOnBAc3M=");
    }
}
