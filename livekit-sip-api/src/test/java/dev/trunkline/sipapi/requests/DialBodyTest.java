package dev.trunkline.sipapi.requests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.trunkline.events.codec.EventJson;
import dev.trunkline.sipapi.wire.CreateRequest;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DialBodyTest {
    private static CreateRequest request(String number, Map<String, String> attributes) {
        return new CreateRequest(
                "SCL_a", "ST_a", "carrier.example", number, "+3225550199", "room", "anna", "", "meta", attributes,
                Map.of("X-Order", "17"), "", false, 600, 0, CreateRequest.MediaEncryption.OFF, true, CreateRequest.Account.NONE,
                CreateRequest.Extras.NONE);
    }

    @Test
    void whatTheCallIsToHaveBesidesIsPassedOn() throws Exception {
        var extras = new CreateRequest.Extras("Acme", Map.of("X-Queue", "queue"), Map.of("outcome", "X-Outcome", "why", "Reason"), CreateRequest.IncludeHeaders.X, true);
        var request = new CreateRequest(
                "SCL_a", "ST_a", "carrier.example", "+3225550100", "+3225550199", "room", "", "", "", Map.of("sip.phoneNumber", "+3225550199"),
                Map.of(), "1w2a#", true, 0, 0, CreateRequest.MediaEncryption.REQUIRE, true, CreateRequest.Account.NONE, extras);
        JsonNode sent = DialBody.of(request, new TrunkFinder.Found("carrier", Optional.empty(), Optional.empty()), Optional.empty());
        assertThat(EventJson.MAPPER.readTree(sent.toString())).isEqualTo(EventJson.MAPPER.readTree("""
                {"to": "+3225550199", "trunk": "carrier", "room": "room", "sip_call_id": "SCL_a", "sip_trunk_id": "ST_a",
                 "caller_id": "+3225550100", "headers": {}, "attributes": {"trunkline.krispEnabled": "true"}, "keys": "1w2A#",
                 "display_name": "Acme", "dial_tone": true, "srtp": "require", "answer_headers": "x",
                 "headers_to_attributes": {"X-Queue": "queue"}, "attributes_to_headers": {"outcome": "X-Outcome"}, "hide_phone_number": false}"""));
    }

    private static JsonNode body(String number, Optional<String> shown, Map<String, String> attributes) {
        return DialBody.of(request(number, attributes), new TrunkFinder.Found("carrier", Optional.empty(), shown), Optional.of("demo"));
    }

    @Test
    void everythingThatTheRouterKnowsIsPassedOn() throws Exception {
        Map<String, String> attributes = Map.of("sip.callID", "SCL_a", "sip.phoneNumber", "+3225550199", "sip.hostname", "h", "order", "17");
        String sent = body("+3225550100", Optional.empty(), attributes).toString();
        assertThat(EventJson.MAPPER.readTree(sent)).isEqualTo(EventJson.MAPPER.readTree("""
                {"to": "+3225550199", "trunk": "carrier", "room": "room", "sip_call_id": "SCL_a", "sip_trunk_id": "ST_a",
                 "organisation": "demo", "identity": "anna", "metadata": "meta", "caller_id": "+3225550100", "ringing_seconds": 180,
                 "headers": {"X-Order": "17"}, "attributes": {"sip.hostname": "h", "order": "17"}, "hide_phone_number": false}"""));
    }

    @Test
    void theNumberThatTheTrunkAlwaysShowsNeedNotBeTheOrganisations() {
        assertThat(body("3225550100", Optional.of("+32 2 555 01 00"), Map.of()).has("caller_id")).isFalse();
        assertThat(body("+3225550101", Optional.of("+3225550100"), Map.of()).path("caller_id").asText()).isEqualTo("+3225550101");
    }

    @Test
    void aNumberThatLiveKitLeavesOutOfTheAttributesIsHidden() {
        assertThat(body("+3225550100", Optional.empty(), Map.of()).path("hide_phone_number").asBoolean()).isTrue();
    }
}
