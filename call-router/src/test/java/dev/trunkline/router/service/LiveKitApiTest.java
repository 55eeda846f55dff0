package dev.trunkline.router.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that were written for LiveKit's SIP service, imported by the whole service. */
@QuarkusTest
@QuarkusTestResource(RouterSurroundings.class)
class LiveKitApiTest extends WholeService {
    private static final String IMPORT = "/directory/import/livekit";
    private static final String TRUNK = """
            {"trunk": {"sip_trunk_id": "ST_1", "name": "Head office", "allowed_addresses": ["203.0.113.7"],
                "auth_username": "pbx", "auth_password": "open sesame"}}""";
    private static final String WRAPPED = """
            {"_comment": "the desk", "dispatch_rule": {"name": "Desk", "trunk_ids": ["ST_1"],
                "rule": {"dispatchRuleIndividual": {"roomPrefix": "desk-", "_comment": "per caller"}},
                "numbers": ["+3225550801"], "inbound_numbers": ["+32470123456"], "metadata": "{\\"tier\\": 1}",
                "roomConfig": {"agents": [{"agentName": "clerk", "metadata": "nl"}]}}}""";
    private static final String FLAT = """
            {"name": "Lobby", "trunk_ids": ["ST_1"], "rule": {"dispatch_rule_direct": {"room_name": "lobby", "pin": "4711"}},
                "inbound_numbers": ["+3225550802"], "room_config": {"agents": [{"agent_name": "host"}]}}""";

    @BeforeEach
    void office() throws Exception {
        whole("""
                organisations: [{name: office, numbers: [{phone_number: "+3225550801", max_concurrent_calls: 10}, {phone_number: "+3225550802"}]}]
                """);
    }

    @Test
    void trunkThenRulesOfBothFormsDecideCalls() throws Exception {
        assertThat(admin.call("POST", IMPORT + "?trunk=office-pbx", TRUNK).status()).isEqualTo(200);
        JsonNode wrapped = ok(IMPORT + "?trunk=ST_1=office-pbx&organisation=office", WRAPPED);
        JsonNode flat = ok(IMPORT + "?trunk=office-pbx&organisation=office", FLAT);

        assertThat(wrapped.get("created").intValue()).isEqualTo(1);
        assertThat(wrapped.get("warnings")).isEmpty();
        assertThat(flat.at("/warnings/0/path").textValue()).isEqualTo("inbound_numbers");
        assertThat(flat.at("/warnings/0/problem").textValue()).contains("deprecated flat form", "DIALLED");
        JsonNode desk = explained("{\"from\": \"+32470123456\", \"to\": \"+3225550801\", \"trunk\": \"office-pbx\"}");
        assertThat(desk.get("room").textValue()).startsWith("desk-_");
        assertThat(desk.get("agents").toString()).isEqualTo("[{\"name\":\"clerk\",\"metadata\":\"nl\"}]");
        assertThat(explained("{\"from\": \"+32470999999\", \"to\": \"+3225550801\", \"trunk\": \"office-pbx\"}").get("reason").textValue())
                .isEqualTo("caller-not-allowed");
        assertThat(explained("{\"from\": \"+32470999999\", \"to\": \"+3225550802\", \"trunk\": \"office-pbx\"}").get("room").textValue())
                .isEqualTo("lobby");
        assertThat(admin.get("/directory", "application/json").body()).doesNotContain("open sesame").contains("ha1_sha256");
    }

    @Test
    void aListIsAppliedAtOnceAndAgainChangesNothing() throws Exception {
        String all = "[" + WRAPPED + "," + TRUNK + "]";

        assertThat(ok(IMPORT, all).get("created").intValue()).isEqualTo(2);
        JsonNode again = ok(IMPORT, all);

        assertThat(again.get("unchanged").intValue()).isEqualTo(2);
        assertThat(again.get("created").intValue() + again.get("updated").intValue()).isZero();
    }

    @Test
    void aDryRunTellsAndAppliesNothing() throws Exception {
        JsonNode report = ok(IMPORT + "?dry_run=true", "[" + WRAPPED + "," + TRUNK + "]");

        assertThat(report.get("dry_run").booleanValue()).isTrue();
        assertThat(report.get("created").intValue()).isEqualTo(2);
        assertThat(admin.get("/directory", "application/json").json().path("trunks")).isEmpty();
    }

    @Test
    void rulesWithoutATrunkSayWildcardOrAreAllowedTo() throws Exception {
        String trunkless = WRAPPED.replace("\"trunk_ids\": [\"ST_1\"],", "");
        Admin.Answer refused = admin.call("POST", IMPORT, trunkless);

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.json().at("/faults/0/problem").textValue()).contains("write \"trunk_ids\"", "\"wildcard\": true");
        JsonNode taken = ok(IMPORT + "?wildcard=true", trunkless);
        assertThat(taken.at("/warnings/0/problem").textValue()).contains("every trunk");
        assertThat(admin.call("GET", "/rules/Desk", "").json().get("wildcard").booleanValue()).isTrue();
    }

    @Test
    void overlapsAndFaultsAreSaidAtTheirPlaceInTheFile() throws Exception {
        ok(IMPORT, "[" + WRAPPED + "," + TRUNK + "]");
        JsonNode second = ok(IMPORT + "?trunk=Head%20office", WRAPPED.replace("\"Desk\"", "\"Other desk\""));

        assertThat(second.at("/warnings/0/path").textValue()).isEqualTo("dispatch_rule");
        assertThat(second.at("/warnings/0/problem").textValue()).contains("Desk", "Other desk", "+3225550801");
        Admin.Answer faulty = admin.call("POST", IMPORT, TRUNK.replace("203.0.113.7", "pbx.example.com:5060"));
        assertThat(faulty.status()).isEqualTo(400);
        assertThat(faulty.json().at("/faults/0/path").textValue()).isEqualTo("trunk.allowed_addresses[0]");
    }

    @Test
    void aNumberThatNobodyHasIsWarnedOf() throws Exception {
        JsonNode report = ok(IMPORT, "[" + WRAPPED.replace("+3225550801", "+3225550899") + "," + TRUNK + "]");

        assertThat(report.get("warnings").findValuesAsText("problem"))
                .anySatisfy(text -> assertThat(text).contains("+3225550899", "number-unknown"));
    }

    @Test
    void whatWillBeRefusedIsSaidBeforeTheFirstCall() throws Exception {
        ok(IMPORT, TRUNK);
        JsonNode trap = ok(IMPORT + "?trunk=Head%20office", WRAPPED.replace("\"numbers\": [\"+3225550801\"], ", "").replace("+32470123456", "+3225550801"));
        JsonNode single = ok(IMPORT + "?trunk=Head%20office", FLAT);

        assertThat(trap.at("/warnings/0/path").textValue()).isEqualTo("dispatch_rule.inbound_numbers");
        assertThat(trap.at("/warnings/0/problem").textValue()).endsWith("write \"numbers\": [\"+3225550801\"] instead");
        assertThat(explained("{\"from\": \"+32470123456\", \"to\": \"+3225550801\"}").get("trace").findValuesAsText("detail"))
                .anySatisfy(text -> assertThat(text).contains("Rule Desk was skipped", "write \"numbers\": [\"+3225550801\"] instead"));
        assertThat(single.get("warnings").findValuesAsText("problem")).anySatisfy(text ->
                assertThat(text).startsWith("+3225550802: max_concurrent_calls is 1, so a second concurrent call is answered 486"));
    }

    @Test
    void aRuleAloneIsToldHowToTakeWhateverTheTrunkDials() throws Exception {
        whole("organisations: [{name: office}]");
        JsonNode report = ok(IMPORT + "?organisation=office", "[" + TRUNK + ", {\"dispatch_rule\": {\"name\": \"All\", \"trunk_ids\": [\"ST_1\"],"
                + " \"rule\": {\"dispatch_rule_individual\": {\"room_prefix\": \"all\"}}, \"when_agent_leaves\": \"hang_up\", \"wait_for\": \"listening\"}}]");

        assertThat(report.get("warnings").toString()).contains("404 (number-unknown)", "*@Head office", "486 (number-busy)");
        Admin.Answer added = admin.call("POST", "/numbers", "{\"phone_number\": \"*@Head office\", \"organisation\": \"office\", \"max_concurrent_calls\": 10}");
        assertThat(added.status()).as(added.body()).isEqualTo(201);
        assertThat(added.json().get("warnings")).isEmpty();
        whole("organisations: [{name: office, numbers: [{phone_number: \"*@Head office\", max_concurrent_calls: 10}]}, {name: shop}]\n"
                + "trunks: [{name: Head office, addresses: [203.0.113.7]}]\n"
                + "rules: [{name: All, organisation: office, trunks: [Head office], type: individual, when_agent_leaves: hang_up, wait_for: listening}]");
        Admin.Answer other = admin.call("POST", "/numbers", "{\"phone_number\": \"1001\", \"organisation\": \"shop\"}");
        assertThat(other.json().at("/warnings/0/path").textValue()).isEqualTo("1001");
        assertThat(other.json().at("/warnings/0/problem").textValue())
                .contains("*@Head office of organisation office matches 1001 of organisation shop: calls to it go to shop", "1001@TRUNK");
        JsonNode explained = explained("{\"from\": \"+32470123456\", \"to\": \"4242\", \"trunk\": \"Head office\"}");
        assertThat(explained.get("number").textValue()).isEqualTo("4242@Head office");
        assertThat(explained.get("whenAgentLeaves").textValue()).isEqualTo("hang_up");
        assertThat(explained.get("waitFor").textValue()).isEqualTo("listening");
        assertThat(admin.get("/directory", "application/json").json().at("/organisations/0/numbers/0/phone_number").textValue())
                .isEqualTo("*@Head office");
        assertThat(admin.call("GET", "/rules/All", "").json().get("when_agent_leaves").textValue()).isEqualTo("hang_up");
        Admin.Answer wrong = admin.call("PUT", "/rules/All", "{\"wildcard\": true, \"type\": \"callee\", \"when_agent_leaves\": \"wait\"}");
        assertThat(wrong.status()).isEqualTo(400);
        assertThat(wrong.json().at("/faults/0/problem").textValue()).contains("replace", "hang_up", "stay");
    }

    @ParameterizedTest
    @ValueSource(strings = {"?trunk=a&trunk=b", "?organisation=nobody&trunk=Head%20office"})
    void whatCannotBeMeantIsRefused(String query) throws Exception {
        ok(IMPORT, TRUNK);
        assertThat(admin.call("POST", IMPORT + query, WRAPPED).status()).isEqualTo(400);
    }

    private JsonNode explained(String question) throws Exception {
        return admin.explain(question).json();
    }
}
