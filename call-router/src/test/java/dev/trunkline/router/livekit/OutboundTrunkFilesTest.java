package dev.trunkline.router.livekit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OutboundTrunkFilesTest {
    private static Imported trunk(String more) {
        return Imported.of("{\"trunk\": {\"name\": \"carrier\", \"address\": \"sip.carrier.example\"%s}}".formatted(more));
    }

    private static JsonNode written(Imported imported) {
        return imported.file().path("outbound_trunks").path(0);
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {
        "\"+3225550100\"; {\"countries\":[\"BE\"]}; BE",
        "\"+3225550100\", \"+3227654321\"; {\"countries\":[\"BE\"]}; BE",
        "\"+3225550100\", \"+33145678901\"; {\"countries\":[\"BE\",\"FR\"]}; ''",
        "\"+3225550100\", \"anna\"; {\"countries\":[\"BE\"]}; BE"
    })
    void callsGoIntoTheCountriesOfTheTrunksNumbers(String numbers, String allowed, String country) {
        Imported imported = trunk(", \"numbers\": [%s]".formatted(numbers));
        assertThat(written(imported).path("allowed").toString()).isEqualTo(allowed);
        assertThat(written(imported).at("/dialling/country").asText()).isEqualTo(country);
    }

    @Test
    void attributesThatBecomeHeadersAreTheTrunksHereToo() {
        Imported imported = trunk(
                ", \"numbers\": [\"+3225550100\"], \"attributes_to_headers\": {\"outcome\": \"X-Outcome\", \"b\": \"x-outcome\", \"c\": \"To\"}");
        assertThat(written(imported).path("attributes_to_headers").toString()).isEqualTo("{\"outcome\":\"X-Outcome\"}");
        assertThat(imported.warnings()).singleElement().asString().startsWith("trunk.attributes_to_headers").contains("left out is x-outcome, To");
    }

    @Test
    void andIntoTheOneThatTheTrunkNames() {
        Imported imported = trunk(", \"numbers\": [\"+3225550100\"], \"destination_country\": \"nl\"");
        assertThat(written(imported).path("allowed").toString()).isEqualTo("{\"countries\":[\"BE\",\"NL\"]}");
        assertThat(imported.warnings()).isEmpty();
        assertThat(trunk(", \"numbers\": [\"+3225550100\"], \"destination_country\": \"Utopia\"").warnings())
                .containsExactly("trunk.destination_country: is no country by its code of two letters, and is left out");
    }

    @Test
    void aTrunkWhoseNumbersNameNoCountryCallsNobodyAndThatIsSaid() {
        Imported imported = trunk(", \"numbers\": [\"*\", \"15105550100\"]");
        assertThat(written(imported).has("allowed")).isFalse();
        assertThat(written(imported).has("dialling")).isFalse();
        assertThat(imported.warnings()).anyMatch(warning -> warning.contains("nobody is called by this trunk until its `allowed` says where"));
    }
}
