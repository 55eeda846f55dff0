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
                "SCL_a", "ST_a", "carrier.example", number, "+3225550199", false, "room", "anna", "", "meta", attributes,
                Map.of("X-Order", "17"), "", false, 600, 0, CreateRequest.MediaEncryption.OFF, true);
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
