package dev.trunkline.router.livekit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DispatchRuleFilesTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** The form in LiveKit's documentation: everything is in dispatch_rule, with camelCase below it. */
    private static final String WRAPPED =
            """
            {
              "dispatch_rule": {
                "_comment": "support line",
                "rule": {"dispatchRuleIndividual": {"roomPrefix": "support-", "_comment": {"by": "ops"}}},
                "name": "Support desk",
                "trunk_ids": ["ST_4Hx9"],
                "numbers": ["+3225550100"],
                "inbound_numbers": ["+32470123456"],
                "hide_phone_number": true,
                "metadata": "{\\"tier\\":\\"gold\\"}",
                "attributes": {"_comment": "for the agent", "queue": "support"},
                "when_agent_leaves": "stay",
                "wait_for": "listening",
                "roomConfig": {"agents": [{"agentName": "helper", "metadata": "en", "_comment": "v2"}]}
              }
            }""";

    /** The older form in LiveKit's documentation, in which inbound_numbers are the dialled numbers. */
    private static final String FLAT =
            """
            {
              "_comment": "written in 2024",
              "rule": {"dispatchRuleDirect": {"roomName": "open-room", "pin": "4711"}},
              "trunk_ids": ["ST_4Hx9"],
              "inbound_numbers": ["+3225550100"],
              "name": "Open room",
              "room_config": {"agents": [{"agent_name": "host"}]}
            }""";

    @Test
    void wrappedFormOfTheDocumentation() throws Exception {
        Imported imported = Imported.of(WRAPPED, Imported.onto("yeastar"));
        assertThat(imported.rule()).isEqualTo(JSON.readTree(
                """
                {"name": "Support desk", "trunks": ["yeastar"], "numbers": ["+3225550100"],
                 "inbound_numbers": ["+32470123456"], "type": "individual", "room_prefix": "support-",
                 "agents": [{"name": "helper", "metadata": "en"}], "metadata": "{\\"tier\\":\\"gold\\"}",
                 "attributes": {"queue": "support"}, "hide_phone_number": true, "wait_for": "listening",
                 "when_agent_leaves": "stay"}"""));
        assertThat(imported.warnings()).isEmpty();
    }

    @Test
    void flatFormOfTheDocumentation() throws Exception {
        Imported imported = Imported.of(FLAT, Imported.onto("yeastar"));
        assertThat(imported.rule()).isEqualTo(JSON.readTree(
                """
                {"name": "Open room", "trunks": ["yeastar"], "numbers": ["+3225550100"], "type": "direct",
                 "room_name": "open-room", "pin": "4711", "agents": [{"name": "host", "metadata": ""}]}"""));
        assertThat(imported.warnings()).singleElement().asString()
                .startsWith("inbound_numbers: ").contains("DIALLED", "numbers", "dispatch_rule");
    }

    @Test
    void flatFormWithoutNumbersIsStillCalledDeprecated() {
        Imported imported = Imported.of(
                """
                {"trunk_ids": ["yeastar"], "name": "all", "rule": {"dispatchRuleCallee": {"roomPrefix": "n"}}}""");
        assertThat(imported.warnings()).singleElement().asString().contains("deprecated flat form");
        assertThat(imported.rule().path("type").asText()).isEqualTo("callee");
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "{\"dispatchRule\": {\"trunkIds\": [\"yeastar\"], \"name\": \"a\", \"inboundNumbers\": [\"+32470123456\"], \"hidePhoneNumber\": true, \"rule\": {\"dispatchRuleCallee\": {\"roomPrefix\": \"r\", \"randomize\": true}}}}",
        "{\"dispatch_rule\": {\"trunk_ids\": [\"yeastar\"], \"name\": \"a\", \"inbound_numbers\": [\"+32470123456\"], \"hide_phone_number\": true, \"rule\": {\"dispatch_rule_callee\": {\"room_prefix\": \"r\", \"randomize\": true}}}}",
        "{\"dispatchRule\": {\"trunk_ids\": [\"yeastar\"], \"name\": \"a\", \"inboundNumbers\": [\"+32470123456\"], \"hide_phone_number\": true, \"rule\": {\"dispatch_rule_callee\": {\"roomPrefix\": \"r\", \"randomize\": true}}}}"
    })
    void bothSpellingsOfAFieldAreOne(String json) throws Exception {
        assertThat(Imported.of(json).rule()).isEqualTo(JSON.readTree(
                """
                {"name": "a", "trunks": ["yeastar"], "inbound_numbers": ["+32470123456"], "type": "callee",
                 "room_prefix": "r", "randomize": true, "hide_phone_number": true}"""));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "dispatch_rule_individual | {\"room_prefix\": \"p\"}                          | individual | room_prefix | p | ",
        "dispatch_rule_individual | {\"room_prefix\": \"p\", \"no_randomness\": true} | individual | room_prefix | p | no_randomness",
        "dispatch_rule_callee     | {\"room_prefix\": \"p\"}                          | callee     | room_prefix | p | ",
        "dispatch_rule_callee     | {\"room_prefix\": \"p\", \"randomize\": true}     | callee     | room_prefix | p | randomize",
        "dispatch_rule_direct     | {\"room_name\": \"lobby\"}                        | direct     | room_name   | lobby | ",
        "dispatch_rule_individual | {\"room_prefix\": \"\"}                           | individual | room_prefix | call | "
    })
    void eachKind(String field, String details, String type, String roomField, String room, String flag) {
        Imported imported = Imported.of(rule("\"" + field + "\": " + details));
        assertThat(imported.rule().path("type").asText()).isEqualTo(type);
        assertThat(imported.rule().path(roomField).asText()).isEqualTo(room);
        for (String name : Set.of("no_randomness", "randomize")) {
            assertThat(imported.rule().has(name)).as(name).isEqualTo(name.equals(flag));
        }
    }

    @Test
    void nullIsAsGoodAsNothing() {
        Imported imported = Imported.of(
                """
                {"dispatch_rule": {"name": "a", "trunk_ids": ["yeastar"], "numbers": null, "metadata": null,
                  "room_config": null, "attributes": null, "krisp_enabled": null, "media": null,
                  "rule": {"dispatch_rule_direct": {"room_name": "r", "pin": null}, "dispatch_rule_callee": null}}}""");
        assertThat(imported.rule().propertyStream().map(Map.Entry::getKey))
                .containsExactly("name", "trunks", "type", "room_name");
        assertThat(imported.warnings()).isEmpty();
    }

    @Test
    void answersOfListRequestsAreReadAsTheWrappedForm() {
        Imported imported = Imported.of(
                """
                {"items": [{"sip_dispatch_rule_id": "SDR_1", "name": "a", "trunk_ids": ["yeastar"],
                  "inbound_numbers": ["+32470123456"], "created_at": "2026-01-01T00:00:00Z",
                  "rule": {"dispatch_rule_callee": {"room_prefix": "r"}}}]}""");
        assertThat(imported.rule().path("inbound_numbers").path(0).asText()).isEqualTo("+32470123456");
        assertThat(imported.rule().has("numbers")).isFalse();
        assertThat(imported.warnings()).isEmpty();
    }

    @Test
    void aListOfRequestsBecomesOneFile() {
        String one = rule("\"dispatch_rule_callee\": {\"room_prefix\": \"a\"}");
        String two = one.replace("\"it\"", "\"other\"").replace("[]", "[\"+3225550101\"]");
        assertThat(Imported.of("[" + one + "," + two + "]").file().path("rules")).hasSize(2);
    }

    @Test
    void theOrganisationIsTheCallers() {
        var options = new ImportOptions(
                Optional.empty(), Map.of(), Optional.of("acme"), false, Set.of("yeastar"));
        assertThat(Imported.of(rule("\"dispatch_rule_callee\": {\"room_prefix\": \"a\"}"), options)
                .rule().path("organisation").asText()).isEqualTo("acme");
    }

    @Test
    void aRuleWithoutANameGetsOneThatStays() {
        String json =
                """
                {"dispatch_rule": {"trunk_ids": ["yeastar"], "numbers": ["+3225550100"],
                  "rule": {"dispatch_rule_individual": {"room_prefix": "call-"}}}}""";
        Imported imported = Imported.of(json);
        assertThat(imported.rule().path("name").asText()).isEqualTo("livekit-individual-call-+3225550100");
        assertThat(imported.warnings()).singleElement().asString().contains("dispatch_rule.name", "no name");
        Imported twice = Imported.of("[" + json + "," + json + "]");
        assertThat(twice.rule(1).path("name").asText()).isEqualTo("livekit-individual-call-+3225550100-2");
    }

    private static String rule(String kind) {
        return "{\"dispatch_rule\": {\"name\": \"it\", \"trunk_ids\": [\"yeastar\"], \"numbers\": [], \"rule\": {" + kind + "}}}";
    }
}
