package dev.trunkline.router.livekit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which of our trunks a rule is for. */
class TrunkOfARuleTest {
    private static final String NONE = rule("\"trunk_ids\": []");

    @ParameterizedTest
    @ValueSource(strings = {"\"trunk_ids\": []", "\"trunk_ids\": null", "\"trunkIds\": []", "\"wildcard\": false", "\"metadata\": \"\""})
    void aRuleWithoutATrunkIsRefusedAndTheErrorSaysWhatToWrite(String without) {
        assertThat(Imported.faultsOf(rule(without))).singleElement().asString()
                .startsWith("dispatch_rule.trunk")
                .contains("\"wildcard\": true", "\"trunk_ids\": [\"NAME\"]", "--trunk NAME", "the trunks are twilio, yeastar");
    }

    @Test
    void theFlatFormIsRefusedAlike() {
        assertThat(Imported.faultsOf("{\"rule\": {\"dispatchRuleCallee\": {\"roomPrefix\": \"r\"}}, \"name\": \"a\"}"))
                .singleElement().asString().startsWith("trunk_ids: names no trunk");
    }

    @Test
    void wildcardStandsInTheRuleOrBesideIt() {
        for (String json : new String[] {
            rule("\"wildcard\": true"),
            NONE.replaceFirst("\\{", "{\"wildcard\": true, "),
            "{\"wildcard\": true, \"name\": \"a\", \"rule\": {\"dispatchRuleCallee\": {\"roomPrefix\": \"r\"}}}"
        }) {
            Imported imported = Imported.of(json);
            assertThat(imported.rule().path("wildcard").asBoolean()).as(json).isTrue();
            assertThat(imported.rule().has("trunks")).isFalse();
        }
    }

    @Test
    void theSettingMakesThemWildcards() {
        var options = new ImportOptions(Optional.empty(), Map.of(), Optional.empty(), true, Set.of());
        Imported imported = Imported.of(NONE, options);
        assertThat(imported.rule().path("wildcard").asBoolean()).isTrue();
        // A user who asked for wildcards is not told to ask for one.
        assertThat(imported.warnings()).singleElement().asString().contains("every trunk", "trunk_ids").doesNotContain("wildcard");
    }

    @Test
    void theCallersTrunkNarrowsThemAndSaysSo() {
        Imported imported = Imported.of(NONE, Imported.onto("yeastar"));
        assertThat(imported.rule().path("trunks").path(0).asText()).isEqualTo("yeastar");
        assertThat(imported.warnings()).singleElement().asString().contains("yeastar", "alone", "\"wildcard\": true");
    }

    @Test
    void aWildcardThatNamesTrunksIsRefused() {
        assertThat(Imported.faultsOf(rule("\"wildcard\": true, \"trunk_ids\": [\"yeastar\"]")))
                .singleElement().asString().startsWith("dispatch_rule.wildcard: ");
    }

    @Test
    void anIdIsMappedByTheCaller() {
        var options = new ImportOptions(
                Optional.of("twilio"), Map.of("ST_1", "yeastar"), Optional.empty(), false, Set.of("yeastar", "twilio"));
        Imported imported = Imported.of(rule("\"trunk_ids\": [\"ST_1\", \"ST_2\"]"), options);
        assertThat(imported.rule().path("trunks").toString()).isEqualTo("[\"yeastar\",\"twilio\"]");
    }

    @Test
    void ourNamesMayStandForIds() {
        assertThat(Imported.of(rule("\"trunk_ids\": [\"twilio\"]"), Imported.onto("yeastar")).rule().path("trunks").toString())
                .isEqualTo("[\"twilio\"]");
    }

    @Test
    void idsThatBecomeOneTrunkAreSaid() {
        Imported imported = Imported.of(rule("\"trunk_ids\": [\"ST_1\", \"ST_2\"]"), Imported.onto("yeastar"));
        assertThat(imported.rule().path("trunks").toString()).isEqualTo("[\"yeastar\"]");
        assertThat(imported.warnings()).singleElement().asString().contains("ST_2", "one trunk here, yeastar");
    }

    @Test
    void anIdThatNobodyKnowsIsRefused() {
        assertThat(Imported.faultsOf(rule("\"trunk_ids\": [\"ST_9\"]"))).singleElement().asString()
                .startsWith("dispatch_rule.trunk_ids[0]: ST_9 is no trunk here")
                .contains("trunk=ST_9=NAME", "twilio, yeastar");
    }

    @Test
    void aTrunkOfTheSameFileIsFoundByItsId() {
        Imported imported = Imported.of("[" + rule("\"trunk_ids\": [\"ST_9\"]")
                + ", {\"trunk\": {\"sip_trunk_id\": \"ST_9\", \"name\": \"bird\", \"allowed_addresses\": [\"203.0.113.7\"]}}]");
        assertThat(imported.rule().path("trunks").toString()).isEqualTo("[\"bird\"]");
    }

    private static String rule(String trunk) {
        return "{\"dispatch_rule\": {\"name\": \"a\", " + trunk + ", \"rule\": {\"dispatch_rule_callee\": {\"room_prefix\": \"r\"}}}}";
    }
}
