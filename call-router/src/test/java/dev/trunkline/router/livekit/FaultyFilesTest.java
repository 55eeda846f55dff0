package dev.trunkline.router.livekit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FaultyFilesTest {

    /** The whole file, the path of the fault, and part of the advice in its message. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "[]                                                    | : nothing stands here           | CreateSIPDispatchRule",
        "{}                                                    | : this is neither               | dispatch_rule",
        "{\"items\": []}                                       | : nothing stands here           | trunk",
        "7                                                     | : write an object               | fields",
        "[7]                                                   | [0]: write an object            | fields",
        "{\"trunk\": []}                                       | trunk: write an object          | fields",
        "{\"sip_dispatch_rule_id\": \"SDR_1\", \"replace\": {}} | : this is an Update request    | Create",
        "{\"sipTrunkId\": \"ST_1\", \"update\": {\"a\": 1}}    | : this is an Update request     | Create",
        "{\"trunk\": {\"name\": \"t\", \"address\": \"sip:example.com\"}} | trunk.address: write a host | port",
        "{\"inboundAddresses\": [\"203.0.113.7\"]}             | : this is a CreateSIPTrunk      | allowed_addresses",
        "{\"sipCallTo\": \"+3225550100\"}                      | : this is a CreateSIPParticipant | POST /calls"
    })
    void whatIsNoRuleAndNoTrunk(String json, String start, String word) {
        assertThat(Imported.faultsOf(json)).first().asString().startsWith(start).contains(word);
    }

    /** Fields of a wrapped rule in addition to its name, trunk and kind. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "\"number\": [\"+32\"]                    | dispatch_rule.number: is not known here           | numbers",
        "\"numbers\": \"+3225550100\"             | dispatch_rule.numbers: write a list               | list",
        "\"numbers\": [3225550100]                | dispatch_rule.numbers[0]: is a number             | quotes",
        "\"numbers\": [true]                      | dispatch_rule.numbers[0]: write a text            | text",
        "\"hide_phone_number\": \"yes\"           | dispatch_rule.hide_phone_number: write true       | false",
        "\"attributes\": [\"a\"]                  | dispatch_rule.attributes: write an object         | texts",
        "\"attributes\": {\"a\": 1}               | dispatch_rule.attributes.a: is a number           | quotes",
        "\"mediaEncryption\": \"STRONG\"          | dispatch_rule.mediaEncryption: write SIP_MEDIA_ENCRYPT_DISABLE | SIP_MEDIA_ENCRYPT_REQUIRE",
        "\"mediaEncryption\": 3                   | dispatch_rule.mediaEncryption: write SIP_MEDIA    | SIP_MEDIA_ENCRYPT_ALLOW",
        "\"room_config\": {\"agent\": []}         | dispatch_rule.room_config.agent: is not known     | agents",
        "\"roomConfig\": {\"agents\": [{\"name\": \"a\"}]} | dispatch_rule.roomConfig.agents[0].name: is not known | agent_name",
        "\"inbound_numbers\": [], \"inboundNumbers\": [] | dispatch_rule.inboundNumbers: stands twice | remove one",
        "\"media\": {\"codec\": []}               | dispatch_rule.media.codec: is not known           | codecs"
    })
    void fieldsOfARule(String fields, String start, String word) {
        assertThat(Imported.faultsOf(rule(fields, "\"dispatch_rule_callee\": {\"room_prefix\": \"r\"}")))
                .singleElement().asString().startsWith(start).contains(word);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "                                                        | dispatch_rule.rule.dispatch_rule_individual: the rule says no kind | dispatch_rule_direct",
        "\"dispatchRuleWebhook\": {}                             | dispatch_rule.rule.dispatchRuleWebhook: is not known here | dispatch_rule_callee",
        "\"dispatchRuleDirect\": {\"pin\": \"1\"}                | dispatch_rule.rule.dispatchRuleDirect.room_name: is missing | name of the room",
        "\"dispatchRuleDirect\": {\"roomPrefix\": \"a\", \"roomName\": \"b\"} | dispatch_rule.rule.dispatchRuleDirect.roomPrefix: is not known here | room_name",
        "\"dispatchRuleCallee\": {\"roomPrefix\": \"a\", \"pin\": \"12ab\"} | dispatch_rule.rule.dispatchRuleCallee.pin: a caller can only enter digits | 16",
        "\"dispatchRuleCallee\": {\"roomPrefix\": \"a\", \"pin\": 1234} | dispatch_rule.rule.dispatchRuleCallee.pin: is a number here | quotes",
        "\"dispatchRuleCallee\": {\"roomPrefix\": \"a\", \"no_randomness\": true} | dispatch_rule.rule.dispatchRuleCallee.no_randomness: is not known here | randomize",
        "\"dispatchRuleCallee\": {}, \"dispatchRuleDirect\": {\"roomName\": \"b\"} | dispatch_rule.rule.dispatchRuleCallee: a rule is of one kind | direct and callee"
    })
    void kinds(String kind, String start, String word) {
        assertThat(Imported.faultsOf(rule("\"numbers\": []", kind == null ? "" : kind)))
                .singleElement().asString().startsWith(start).contains(word);
    }

    @Test
    void aRuleNeedsARule() {
        assertThat(Imported.faultsOf("{\"dispatch_rule\": {\"name\": \"a\", \"trunk_ids\": [\"yeastar\"]}}"))
                .singleElement().asString().startsWith("dispatch_rule.rule: is missing");
    }

    @Test
    void theFlatFormHasNoNumbers() {
        assertThat(Imported.faultsOf(
                        "{\"name\": \"a\", \"trunk_ids\": [\"yeastar\"], \"numbers\": [\"+32\"], \"rule\": {\"dispatchRuleCallee\": {\"roomPrefix\": \"r\"}}}"))
                .singleElement().asString().startsWith("numbers: stands only in the wrapped form");
    }

    @Test
    void oneAnswerNamesEveryFault() {
        assertThat(Imported.faultsOf(rule("\"numbers\": [1], \"name2\": \"x\"", "\"dispatch_rule_direct\": {}"))).hasSize(3);
    }

    @Test
    void aFaultInAListSaysWhichItem() {
        String good = rule("\"numbers\": []", "\"dispatch_rule_callee\": {\"room_prefix\": \"r\"}");
        assertThat(Imported.faultsOf("[" + good + ", {\"dispatch_rule\": {\"trunk_ids\": [\"yeastar\"]}}]"))
                .singleElement().asString().startsWith("[1].dispatch_rule.rule: is missing");
    }

    @Test
    void whatIsNoJsonIsNotQuoted() {
        assertThat(Imported.faultsOf("{\"trunk\": {\"auth_password\": hunter2}}")).singleElement().asString()
                .contains("line 1, column").doesNotContain("hunter2");
        assertThat(Imported.faultsOf("{\"trunk\": {\"name\": \"a\", \"name\": \"b\"}}")).singleElement().asString()
                .contains("each field once");
        assertThat(Imported.faultsOf("")).singleElement().asString().contains("empty");
    }

    @Test
    void whatStandsBesideTheWrapperIsSaid() {
        Imported imported = Imported.of(rule("\"numbers\": []", "\"dispatch_rule_callee\": {\"room_prefix\": \"r\"}")
                .replaceFirst("\\{", "{\"metadata\": \"m\", "));
        assertThat(imported.warnings()).singleElement().asString().startsWith("metadata: stands beside dispatch_rule");
    }

    /** Fields that a rule may have in LiveKit but that are not supported here. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "\"room_preset\": \"big\"                             | dispatch_rule.room_preset: presets",
        "\"krispEnabled\": true                               | dispatch_rule.krispEnabled: voice isolation",
        "\"media\": {\"encryption\": \"SIP_MEDIA_ENCRYPT_ALLOW\"} | dispatch_rule.media.encryption: SRTP",
        "\"media\": {\"only_listed_codecs\": true}            | dispatch_rule.media.only_listed_codecs: codecs are a setting of the trunk",
        "\"roomConfig\": {\"emptyTimeout\": 300}              | dispatch_rule.roomConfig.emptyTimeout: rooms are made",
        "\"roomConfig\": {\"maxParticipants\": \"10\"}        | dispatch_rule.roomConfig.maxParticipants: rooms are made",
        "\"roomConfig\": {\"egress\": {\"room\": {\"a\": 1}}} | dispatch_rule.roomConfig.egress: rooms are made",
        "\"roomConfig\": {\"agents\": [{\"metadata\": \"x\"}]} | dispatch_rule.roomConfig.agents[0].agent_name: an agent without a name",
        "\"roomConfig\": {\"agents\": [{\"agentName\": \"a\", \"deployment\": \"d\"}]} | dispatch_rule.roomConfig.agents[0].deployment: is LiveKit Cloud's",
        "\"roomConfig\": {\"agents\": [{\"agentName\": \"a\", \"attributes\": {\"k\": \"v\"}}]} | dispatch_rule.roomConfig.agents[0].attributes: are not told"
    })
    void nothingIsLeftOutInSilence(String fields, String start) {
        assertThat(Imported.of(rule(fields, "\"dispatch_rule_callee\": {\"room_prefix\": \"r\"}")).warnings())
                .singleElement().asString().startsWith(start);
    }

    private static String rule(String fields, String kind) {
        return "{\"dispatch_rule\": {\"name\": \"a\", \"trunk_ids\": [\"yeastar\"], " + fields + ", \"rule\": {" + kind + "}}}";
    }
}
