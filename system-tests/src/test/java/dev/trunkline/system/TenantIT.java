package dev.trunkline.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.trunkline.events.CallRouted;
import dev.trunkline.events.EndReason;
import dev.trunkline.events.codec.EventJson;
import dev.trunkline.phone.Call;
import dev.trunkline.phone.CallRequest;
import dev.trunkline.phone.Phone;
import dev.trunkline.system.support.Ear;
import dev.trunkline.system.support.RouterApi;
import dev.trunkline.system.support.SuiteExtension;
import dev.trunkline.system.support.SuiteUnderTest;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Two organisations of one suite, each with a token of its own. */
@ExtendWith(SuiteExtension.class)
class TenantIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int EAR_TONE = 1_400;
    private static final String ROSES = "+3225551650";
    private static final String TULIPS = "+3225551651";
    private static final String OF_THE_OTHER = "+3225551652";

    private final SuiteUnderTest suite;

    TenantIT(SuiteUnderTest suite) {
        this.suite = suite;
    }

    @BeforeEach
    void directory() throws Exception {
        suite.apply("""
                organisations:
                  - name: florist
                    config: {language: fr}
                    caller_rate: {calls: 1000, window_seconds: 3600}
                    numbers:
                      - {phone_number: "%s", config_override: {greeting: Bonjour}}
                      - {phone_number: "%s"}
                  - name: butcher
                    numbers:
                      - {phone_number: "%s", config_override: {greeting: Secret of the butcher}}
                rules:
                  - name: florist
                    organisation: florist
                    trunks: [demo]
                    type: individual
                    room_prefix: florist
                    agents: [{name: demo, metadata: {scenario: echo}}]
                    answer_policy: immediate
                """.formatted(ROSES, TULIPS, OF_THE_OTHER));
    }

    @Test
    void aTenantSeesItsOwnNumbersAndNoOthers() throws Exception {
        RouterApi tenant = suite.asTenantOf("florist");
        JsonNode page = tenant.json("GET", "/numbers", "");
        assertThat(page.findValuesAsText("phone_number")).containsExactlyInAnyOrder(ROSES, TULIPS);
        assertThat(page.toString()).doesNotContain("butcher", "Secret");

        assertThat(tenant.send("GET", "/numbers/" + OF_THE_OTHER, "").statusCode()).isEqualTo(404);
        assertThat(tenant.send("PATCH", "/numbers/" + OF_THE_OTHER, "{\"active\": false}").statusCode()).isEqualTo(404);
        assertThat(tenant.send("POST", "/numbers", "{\"phone_number\": \"+3225551659\"}").statusCode()).isEqualTo(403);
        assertThat(tenant.send("POST", "/numbers/" + OF_THE_OTHER + "/assign", "{\"organisation\": \"florist\"}").statusCode())
                .isEqualTo(403);
        assertThat(tenant.send("GET", "/directory", "").statusCode()).isEqualTo(403);
        assertThat(suite.asAdmin().json("GET", "/numbers/" + OF_THE_OTHER, "").path("active").asBoolean()).isTrue();
    }

    @Test
    void whatATenantConfiguresIsInTheRoomOfTheNextCall() throws Exception {
        try (Phone phone = suite.phone()) {
            assertThat(configInTheRoom(phone)).isEqualTo(EventJson.MAPPER.readTree("{\"language\": \"fr\", \"greeting\": \"Bonjour\"}"));

            suite.asTenantOf("florist").json("PATCH", "/numbers/" + ROSES,
                    "{\"config_override\": {\"greeting\": \"Bonsoir\", \"language\": null, \"opening\": {\"hour\": 9}}}");

            assertThat(configInTheRoom(phone))
                    .isEqualTo(EventJson.MAPPER.readTree("{\"greeting\": \"Bonsoir\", \"opening\": {\"hour\": 9}}"));
        }
    }

    @Test
    void aTenantExplainsACallWithoutNamingATrunk() throws Exception {
        RouterApi tenant = suite.asTenantOf("florist");
        JsonNode told = tenant.json("POST", "/routing/explain", "{\"from\": \"0470830001\", \"to\": \"%s\"}".formatted(ROSES));
        assertThat(told.path("outcome").asText()).isEqualTo("routed");
        assertThat(told.path("rule").asText()).isEqualTo("florist");
        // About another organisation's number it learns no more than about one that nobody has.
        assertThat(tenant.send("POST", "/routing/explain", "{\"from\": \"0470830001\", \"to\": \"%s\"}".formatted(OF_THE_OTHER))
                .body()).doesNotContain("butcher", "Secret");
    }

    @Test
    void aNumberThatIsAssignedKeepsItsLabel() throws Exception {
        RouterApi admin = suite.asAdmin();
        String number = "+3225551653";
        admin.json("POST", "/numbers", "{\"phone_number\": \"%s\", \"label\": \"The shop's door\"}".formatted(number));
        try {
            assertThat(admin.json("POST", "/numbers/" + number + "/assign", "{\"organisation\": \"florist\"}").path("label").asText())
                    .isEqualTo("The shop's door");
            assertThat(suite.asTenantOf("florist").json("GET", "/numbers/" + number, "").path("label").asText())
                    .isEqualTo("The shop's door");
        } finally {
            assertThat(admin.send("DELETE", "/numbers/" + number, "").statusCode()).isLessThan(300);
        }
    }

    private JsonNode configInTheRoom(Phone phone) throws Exception {
        Call call = phone.dial(CallRequest.to(ROSES).from("+32470830001"));
        call.awaitAnswer(PATIENCE);
        try (Ear ear = suite.ear(suite.events().of(call).await(CallRouted.class).room(), EAR_TONE)) {
            JsonNode config = EventJson.MAPPER.readTree(ear.roomMetadata()).path("config");
            assertThat(call.hangUp().toCompletableFuture().join().status()).isEqualTo(200);
            suite.events().of(call).assertEnded(EndReason.CALLER_HUNG_UP);
            return config;
        }
    }
}
