package dev.trunkline.router.provisioning;

import static dev.trunkline.router.provisioning.Kind.INBOUND_TRUNK;
import static dev.trunkline.router.provisioning.Kind.OUTBOUND_TRUNK;
import static dev.trunkline.router.provisioning.Kind.RULE;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The outcome for LiveKit's trunks and rules, given what was taken before and what is in the directory. */
class ComparisonTest {
    private static final String PBX = "\"name\": \"pbx\", \"allowed_addresses\": [\"203.0.113.7\"], \"numbers\": [\"+15105550100\"]";
    private Sides sides;

    @BeforeEach
    void twoOrganisations() throws Exception {
        sides = new Sides("organisations: [{name: acme}, {name: bakery, numbers: [{phone_number: \"+15105550199\"}]}]").usual("acme");
    }

    @Test
    void whatLiveKitHasComesIntoTheDirectory() throws Exception {
        sides.inbound("ST_in", PBX)
                .outbound("ST_out", "\"name\": \"carrier\", \"address\": \"sip.carrier.example:5061\", \"transport\": \"SIP_TRANSPORT_TLS\","
                        + " \"numbers\": [\"+15105550100\"], \"auth_username\": \"u\", \"auth_password\": \"p\"")
                .rule("SDR_1", "\"name\": \"orders\", \"trunk_ids\": [\"ST_in\"], \"room_config\": {\"agents\": [{\"agent_name\": \"clerk\"}]}");

        Plan plan = sides.settle();

        assertThat(Sides.reasons(plan)).isEmpty();
        assertThat(sides.item(INBOUND_TRUNK, "pbx").path("addresses").toString()).contains("203.0.113.7");
        assertThat(sides.item(RULE, "orders").path("trunks").toString()).isEqualTo("[\"pbx\"]");
        assertThat(sides.item(RULE, "orders").path("organisation").asText()).isEqualTo("acme");
        assertThat(sides.item(OUTBOUND_TRUNK, "carrier").path("gateways").toString())
                .isEqualTo("[{\"host\":\"sip.carrier.example\",\"port\":5061,\"transport\":\"tls\",\"order\":0,\"weight\":1}]");
        assertThat(sides.item(OUTBOUND_TRUNK, "carrier").path("account").path("password").asText()).isEqualTo("p");
        assertThat(sides.numbers("acme")).containsExactly("+15105550100");
    }

    @Test
    void onceItIsThereNothingMoreIsDone() throws Exception {
        sides.inbound("ST_in", PBX).rule("SDR_1", "\"name\": \"orders\", \"trunk_ids\": [\"ST_in\"]").settle();

        Plan again = sides.plan();

        assertThat(again.writes()).isEmpty();
        assertThat(again.removals()).isEmpty();
        assertThat(again.numbers()).isEmpty();
        assertThat(again.numbersGone()).isEmpty();
    }

    @Test
    void aTrunkWithoutNumbersBringsWhateverItDials() throws Exception {
        sides.inbound("ST_in", "\"name\": \"pbx\", \"allowed_addresses\": [\"203.0.113.7\"]").settle();

        assertThat(sides.numbers("acme")).containsExactly("*@pbx");
    }

    @Test
    void whatIsUpdatedOrDeletedInLiveKitIsSoHere() throws Exception {
        sides.inbound("ST_in", PBX).rule("SDR_1", "\"name\": \"orders\", \"trunk_ids\": [\"ST_in\"]").settle();

        sides.inbound("ST_in", PBX.replace("203.0.113.7", "203.0.113.8").replace("0100", "0101")).settle();
        assertThat(sides.item(INBOUND_TRUNK, "pbx").path("addresses").toString()).contains("203.0.113.8");
        assertThat(sides.numbers("acme")).containsExactly("+15105550101");

        Plan last = sides.delete(RULE, "SDR_1").delete(INBOUND_TRUNK, "ST_in").settle();
        assertThat(last.removals()).extracting(removal -> removal.key().kind()).containsExactly(RULE, INBOUND_TRUNK);
        assertThat(sides.names(INBOUND_TRUNK)).isEmpty();
        assertThat(sides.names(RULE)).isEmpty();
        assertThat(sides.numbers("acme")).isEmpty();
        assertThat(last.known()).isEmpty();
    }

    /** A program that recreates everything between two comparisons. */
    @ParameterizedTest
    @ValueSource(strings = {"203.0.113.7", "203.0.113.9"})
    void whatIsDeletedAndMadeAnewBetweenTwoLooksIsThere(String address) throws Exception {
        sides.inbound("ST_1", PBX).rule("SDR_1", "\"name\": \"orders\", \"trunk_ids\": [\"ST_1\"]").settle();

        sides.delete(INBOUND_TRUNK, "ST_1").delete(RULE, "SDR_1")
                .inbound("ST_2", PBX.replace("203.0.113.7", address)).rule("SDR_2", "\"name\": \"orders\", \"trunk_ids\": [\"ST_2\"]");
        for (int look = 0; look < 2; look++) {
            Plan plan = sides.settle();
            assertThat(plan.facts()).isEmpty();
            assertThat(plan.removals()).isEmpty();
            assertThat(sides.item(INBOUND_TRUNK, "pbx").path("addresses").toString()).contains(address);
            assertThat(sides.item(RULE, "orders").path("trunks").toString()).isEqualTo("[\"pbx\"]");
            assertThat(sides.numbers("acme")).containsExactly("+15105550100");
        }
    }

    @Test
    void aNameThatAnotherOfLiveKitsGaveUpIsThatOfWhoHasItNow() throws Exception {
        sides.inbound("ST_1", PBX).settle();

        Plan plan = sides.inbound("ST_1", PBX.replace("pbx", "old").replace("0100", "0101")).inbound("ST_2", PBX).settle();

        assertThat(plan.facts()).isEmpty();
        assertThat(sides.names(INBOUND_TRUNK)).containsExactlyInAnyOrder("old", "pbx");
        assertThat(sides.settle().removals()).isEmpty();
        assertThat(sides.names(INBOUND_TRUNK)).containsExactlyInAnyOrder("old", "pbx");
    }

    @Test
    void aTrunkThatIsRenamedKeepsItsRules() throws Exception {
        sides.inbound("ST_in", PBX).rule("SDR_1", "\"name\": \"orders\", \"trunk_ids\": [\"ST_in\"]").settle();

        sides.inbound("ST_in", PBX.replace("pbx", "head office")).settle();

        assertThat(sides.names(INBOUND_TRUNK)).containsExactly("head office");
        assertThat(sides.item(RULE, "orders").path("trunks").toString()).isEqualTo("[\"head office\"]");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "{\"trunkline\": {\"organisation\": \"bakery\"}} | acme/orders | bakery",
        "{\"trunkline\": {\"organisation\": \"\"}}       | bakery/till | bakery",
        "{\"trunkline\": 7}                              | orders      | acme",
        "not JSON, trunkline                             | bakery/till | bakery",
        "                                                | /till       | acme",
    })
    void metadataThenNameThenSettingSayWhoseItIs(String metadata, String name, String owner) throws Exception {
        String text = metadata == null ? "" : metadata.replace("\"", "\\\"");
        sides.inbound("ST_in", PBX).rule("SDR_1", "\"name\": \"%s\", \"metadata\": \"%s\"".formatted(name, text)).settle();

        assertThat(sides.item(RULE, name).path("organisation").asText()).isEqualTo(owner);
        assertThat(sides.item(RULE, name).path("metadata").asText("")).as("the room gets it as it is").isEqualTo(metadata == null ? "" : metadata);
    }

    @Test
    void whoseItIsIsNeverGuessed() throws Exception {
        Plan plan = new Sides("organisations: [{name: acme}]").inbound("ST_1", PBX).rule("SDR_1", "\"name\": \"nobody/orders\"").settle();

        assertThat(Sides.reasons(plan)).containsExactly("ST_1 no-organisation", "SDR_1 organisation-unknown");
        assertThat(plan.writes()).isEmpty();
        assertThat(plan.known()).as("both are written back all the same").hasSize(2).allMatch(known -> known.placed().isEmpty());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "''                | st_out",
        "'  '              | st_out",
        "a\\u0007b         | st_out",
        "' carrier '       | carrier",
    })
    void itsIdIsTheNameOfWhatHasNoUsableOne(String given, String name) throws Exception {
        sides.outbound("ST_OUT", "\"name\": \"%s\", \"address\": \"sip.carrier.example\"".formatted(given)).settle();

        assertThat(sides.names(OUTBOUND_TRUNK)).containsExactly(name);
    }

    @Test
    void aNameThatSomethingElseHasIsAConflict() throws Exception {
        sides = new Sides("organisations: [{name: acme}]\ntrunks: [{name: pbx, addresses: [192.0.2.1]}]").usual("acme");

        Plan plan = sides.inbound("ST_1", PBX).inbound("ST_2", PBX.replace("pbx", "two")).inbound("ST_3", PBX.replace("pbx", "two")).settle();

        assertThat(Sides.reasons(plan)).containsExactly("ST_1 name-taken", "ST_3 name-taken");
        assertThat(sides.item(INBOUND_TRUNK, "pbx").path("addresses").toString()).contains("192.0.2.1");
    }

    @Test
    void whatWasAppliedByHandAndIsTheSameIsTakenOver() throws Exception {
        sides = new Sides("organisations: [{name: acme}]\ntrunks: [{name: pbx, addresses: [203.0.113.7], numbers: [\"+15105550100\"]}]").usual("acme");

        Plan plan = sides.inbound("ST_1", PBX).settle();

        assertThat(plan.writes()).isEmpty();
        assertThat(Sides.reasons(plan)).isEmpty();
        assertThat(plan.known()).singleElement().satisfies(known -> assertThat(known.placed().orElseThrow().name()).isEqualTo("pbx"));
    }

    @Test
    void whatTheDirectoryDoesNotTakeIsAConflictAndTheLastGoodOneStays() throws Exception {
        sides.inbound("ST_1", PBX).rule("SDR_1", "\"name\": \"orders\", \"trunk_ids\": [\"ST_1\"]").settle();

        Plan plan = sides.inbound("ST_1", "\"name\": \"pbx\"").settle();

        assertThat(Sides.reasons(plan)).containsExactly("ST_1 not-possible");
        assertThat(plan.facts()).anySatisfy(fact -> assertThat(fact.text()).contains("needs a gate"));
        assertThat(sides.item(INBOUND_TRUNK, "pbx").path("addresses").toString()).contains("203.0.113.7");
        assertThat(sides.item(RULE, "orders").path("trunks").toString()).isEqualTo("[\"pbx\"]");
        assertThat(sides.numbers("acme")).containsExactly("+15105550100");
    }

    @Test
    void aRuleWhoseTrunksAreAllGoneNeverBecomesAWildcard() throws Exception {
        sides.inbound("ST_1", PBX).inbound("ST_2", PBX.replace("pbx", "two").replace("0100", "0101"))
                .rule("SDR_1", "\"name\": \"orders\", \"trunk_ids\": [\"ST_1\", \"ST_2\"]").settle();

        Plan one = sides.delete(INBOUND_TRUNK, "ST_2").settle();
        assertThat(sides.item(RULE, "orders").path("trunks").toString()).isEqualTo("[\"pbx\"]");
        assertThat(one.facts()).anySatisfy(fact -> assertThat(fact.text()).contains("ST_2"));

        Plan none = sides.delete(INBOUND_TRUNK, "ST_1").settle();
        assertThat(Sides.reasons(none)).containsExactly("SDR_1 trunks-missing");
        assertThat(sides.names(RULE)).isEmpty();
        assertThat(sides.names(INBOUND_TRUNK)).isEmpty();
    }

    @Test
    void aRuleWithoutTrunksIsForTheNumbersOfItsOrganisation() throws Exception {
        sides.inbound("ST_1", PBX).rule("SDR_1", "\"name\": \"all\"").settle();

        assertThat(sides.item(RULE, "all").path("wildcard").asBoolean()).isTrue();
        assertThat(sides.item(RULE, "all").path("organisation").asText()).isEqualTo("acme");
    }

    @Test
    void whatOnlyTheDirectoryKnowsStaysWhenLiveKitChangesSomethingElse() throws Exception {
        sides.rule("SDR_1", "\"name\": \"orders\"").settle();
        sides.item(RULE, "orders").put("when_agent_leaves", "hang_up");

        Plan plan = sides.rule("SDR_1", "\"name\": \"orders\", \"metadata\": \"vip\"").settle();

        assertThat(Sides.reasons(plan)).isEmpty();
        assertThat(sides.item(RULE, "orders").path("when_agent_leaves").asText()).isEqualTo("hang_up");
        assertThat(sides.item(RULE, "orders").path("metadata").asText()).isEqualTo("vip");
    }

    @Test
    void aFieldThatBothChangedIsAConflictUntilBothAreTheSame() throws Exception {
        sides.rule("SDR_1", "\"name\": \"orders\", \"metadata\": \"one\"").settle();
        sides.item(RULE, "orders").put("metadata", "two");

        Plan plan = sides.rule("SDR_1", "\"name\": \"orders\", \"metadata\": \"three\"").settle();
        assertThat(Sides.reasons(plan)).containsExactly("SDR_1 changed-on-both-sides");
        assertThat(sides.item(RULE, "orders").path("metadata").asText()).isEqualTo("two");

        sides.item(RULE, "orders").put("metadata", "three");
        assertThat(Sides.reasons(sides.settle())).isEmpty();
    }

    @Test
    void whatIsRemovedHereStaysAwayUntilItChangesThere() throws Exception {
        sides.rule("SDR_1", "\"name\": \"orders\"").settle();
        sides.removeHere(RULE, "orders");

        assertThat(Sides.reasons(sides.settle())).containsExactly("SDR_1 removed-here");
        assertThat(sides.names(RULE)).isEmpty();

        sides.rule("SDR_1", "\"name\": \"orders\", \"metadata\": \"new\"").settle();
        assertThat(sides.names(RULE)).containsExactly("orders");
    }

    @Test
    void aNumberOfAnotherOrganisationStaysThere() throws Exception {
        Plan plan = sides.inbound("ST_1", PBX.replace("0100", "0199")).settle();

        assertThat(Sides.reasons(plan)).containsExactly("ST_1 number-not-its");
        assertThat(plan.facts()).anySatisfy(fact -> assertThat(fact.text()).contains("+15105550199", "bakery"));
        assertThat(sides.numbers("bakery")).containsExactly("+15105550199");
        assertThat(sides.names(INBOUND_TRUNK)).containsExactly("pbx");
    }

    @Test
    void numbersThatARuleNamesAreItsOrganisations() throws Exception {
        sides.inbound("ST_1", PBX.replace("[\"+15105550100\"]", "[\"+15105550100\", \"+15105550101\"]"))
                .rule("SDR_1", "\"name\": \"bakery/till\", \"trunk_ids\": [\"ST_1\"], \"numbers\": [\"+15105550101\"]").settle();

        assertThat(sides.numbers("acme")).containsExactly("+15105550100");
        assertThat(sides.numbers("bakery")).containsExactly("+15105550101", "+15105550199");
    }

    @Test
    void aNumberThatTwoOrganisationsClaimGoesToNone() throws Exception {
        Plan plan = sides.rule("SDR_1", "\"name\": \"bakery/till\", \"numbers\": [\"+15105550101\"]")
                .rule("SDR_2", "\"name\": \"acme/desk\", \"numbers\": [\"+15105550101\"]").settle();

        assertThat(Sides.reasons(plan)).containsExactlyInAnyOrder("SDR_1 number-not-its", "SDR_2 number-not-its");
        assertThat(plan.numbers()).isEmpty();
    }

    @Test
    void rulesKeepTheOrderThatLiveKitTriesThemIn() throws Exception {
        sides.inbound("ST_1", PBX)
                .rule("SDR_1", "\"name\": \"one\", \"trunk_ids\": [\"ST_1\"], \"numbers\": [\"+15105550100\"]")
                .rule("SDR_2", "\"name\": \"two\", \"trunk_ids\": [\"ST_1\"], \"inbound_numbers\": [\"+15105550155\"]")
                .rule("SDR_3", "\"name\": \"faulty\", \"trunk_ids\": [\"ST_1\"], \"rule\": {}");

        Plan plan = sides.settle();

        assertThat(Sides.reasons(plan)).containsExactly("SDR_3 not-possible");
        assertThat(sides.names(RULE)).containsExactlyInAnyOrder("one", "two");
    }

    @Test
    void whatHasNoMeaningHereIsNotedAndNoConflict() throws Exception {
        Plan plan = sides.inbound("ST_1", PBX + ", \"krisp_enabled\": true").settle();

        assertThat(Sides.reasons(plan)).isEmpty();
        assertThat(plan.facts()).singleElement().satisfies(fact -> {
            assertThat(fact.reason()).isEqualTo(Reason.NOT_CARRIED);
            assertThat(fact.text()).startsWith("krisp_enabled: ");
        });
    }
}
