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

class InboundTrunkFilesTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void trunkOfTheDocumentation() throws Exception {
        Imported imported = Imported.of(
                """
                {"trunk": {"_comment": "head office", "name": "Office PBX", "numbers": ["+3225550100", "+3225550101"],
                  "allowed_addresses": ["203.0.113.7", "198.51.100.0/24"], "allowed_numbers": ["+32470123456"],
                  "headersToAttributes": {"X-Store": "sip.h.x-store"}}}""");
        assertThat(imported.trunk()).isEqualTo(JSON.readTree(
                """
                {"name": "Office PBX", "addresses": ["203.0.113.7", "198.51.100.0/24"], "headers_to_room": ["X-Store"],
                 "numbers": ["+3225550100", "+3225550101"], "allowed_numbers": ["+32470123456"]}"""));
        assertThat(imported.warnings()).isEmpty();
    }

    @Test
    void passwordsBecomeDigests() {
        Imported imported = Imported.of(
                """
                {"trunk": {"name": "t", "auth_username": "Mufasa", "auth_password": "Circle of Life",
                  "auth_realm": "http-auth@example.org"}}""");
        // The user, realm and password of RFC 7616 section 3.9.1.
        assertThat(imported.trunk().path("users").path(0).path("ha1_md5").asText())
                .isEqualTo("3d78807defe7de2157e2b0b6573a855f");
        assertThat(imported.trunk().path("users").path(0).path("ha1_sha256").asText())
                .isEqualTo("7987c64c30e25f1b74be53f966b49b90f2808aa92faf9a00262392d7b4794232");
        assertThat(imported.file().toString()).doesNotContain("Circle");
        assertThat(imported.warnings()).isEmpty();
    }

    @Test
    void withoutARealmThereIsOurs() {
        Imported imported = Imported.of("{\"trunk\": {\"name\": \"t\", \"authUsername\": \"u\", \"authPassword\": \"p\"}}");
        assertThat(imported.trunk().path("users").path(0).path("realm").asText()).isEqualTo("trunkline");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "\"auth_username\": \"u\" | trunk.auth_password",
        "\"auth_password\": \"p\" | trunk.auth_username"
    })
    void halfACredentialIsRefused(String field, String path) {
        assertThat(Imported.faultsOf("{\"trunk\": {\"name\": \"t\", " + field + "}}")).singleElement().asString()
                .startsWith(path + ": is missing");
    }

    /** Each unsupported field is reported with what to do instead. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "metadata              | \"m\"                                   | metadata of its rules",
        "headers               | {\"X-A\": \"b\"}                        | 200",
        "headersToAttributes   | {\"X-Store\": \"store\"}                | X-Store as sip.h.x-store and not as store",
        "attributes_to_headers | {\"a\": \"Reason\"}                     | left out is Reason",
        "ringing_timeout       | \"20s\"                                 | patience_seconds",
        "max_call_duration     | \"3600s\"                               | longest duration",
        "krisp_enabled         | true                                    | voice isolation",
        "krispEnabled          | true                                    | voice isolation",
        "media_encryption      | \"SIP_MEDIA_ENCRYPT_REQUIRE\"           | SRTP",
        "mediaEncryption       | 1                                       | SRTP",
        "media                 | {\"encryption\": 2}                     | SRTP",
        "media                 | {\"mediaTimeout\": \"15s\"}             | suite's setting",
        "media                 | {\"codecs\": [{\"name\": \"PCMU\", \"rate\": 8000}]} | only_listed_codecs",
        "media                 | {\"onlyListedCodecs\": true, \"codecs\": [{\"name\": \"opus\"}]} | opus is left out",
        "auth_realm            | \"r\"                                   | no meaning"
    })
    void whatHasNoPlaceIsSaid(String field, String value, String word) {
        Imported imported = Imported.of(trunk("\"" + field + "\": " + value));
        assertThat(imported.warnings()).singleElement().asString().startsWith("trunk." + field).contains(word);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "\"metadata\": \"\"", "\"headers\": {}", "\"include_headers\": 0", "\"include_headers\": \"SIP_NO_HEADERS\"",
        "\"ringing_timeout\": \"0s\"", "\"max_call_duration\": null", "\"krisp_enabled\": false",
        "\"media_encryption\": \"SIP_MEDIA_ENCRYPT_DISABLE\"", "\"media\": {}", "\"sip_trunk_id\": \"\"",
        "\"created_at\": \"2026-01-01T00:00:00Z\""
    })
    void whatSaysNothingNeedsNoWord(String field) {
        assertThat(Imported.of(trunk(field)).warnings()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "\"include_headers\": \"SIP_ALL_HEADERS\"                                           | [\"*\"]",
        "\"includeHeaders\": 2, \"headers_to_attributes\": {\"Via\": \"sip.h.via\"} | [\"Via\",\"*\"]",
        "\"include_headers\": \"SIP_X_HEADERS\"                                             | ''"
    })
    void headersThatAreAskedForComeToTheRoomAndThoseWithAnXAlways(String fields, String headers) {
        Imported imported = Imported.of(trunk(fields));
        assertThat(imported.trunk().path("headers_to_room").toString()).isEqualTo(headers);
        assertThat(imported.warnings()).isEmpty();
    }

    @Test
    void attributesThatBecomeHeadersAreTheTrunksHereToo() {
        Imported imported = Imported.of(trunk("\"attributes_to_headers\": {\"outcome\": \"X-Outcome\", \"sip.callID\": \"X-Call\"}"));
        assertThat(imported.trunk().path("attributes_to_headers").toString())
                .isEqualTo("{\"outcome\":\"X-Outcome\",\"sip.callID\":\"X-Call\"}");
        assertThat(imported.warnings()).isEmpty();
    }

    @Test
    void onlyListedCodecsAreTheTrunks() {
        Imported imported = Imported.of(trunk(
                "\"media\": {\"only_listed_codecs\": true, \"codecs\": [{\"name\": \"PCMA/8000\"}, {\"name\": \"G.722\"}]}"));
        assertThat(imported.trunk().path("codecs").toString()).isEqualTo("[\"PCMA\",\"G722\"]");
    }

    @Test
    void bracketsOfIpv6AreTakenOff() {
        Imported imported = Imported.of("{\"trunk\": {\"name\": \"t\", \"allowed_addresses\": [\"[2001:db8::7]\", \"[2001:db8::]/32\"]}}");
        assertThat(imported.trunk().path("addresses").toString()).isEqualTo("[\"2001:db8::7\",\"2001:db8::/32\"]");
    }

    @Test
    void aTrunkWithoutAddressesBringsNoCalls() {
        assertThat(Imported.of("{\"trunk\": {\"name\": \"t\", \"numbers\": [\"+3225550100\"]}}").warnings())
                .singleElement().asString().contains("allowed_addresses", "brings no");
    }

    @Test
    void theCallersNameIsTheTrunks() {
        Imported imported = Imported.of(trunk("\"numbers\": []"), Imported.onto("yeastar"));
        assertThat(imported.trunk().path("name").asText()).isEqualTo("yeastar");
        assertThat(imported.warnings()).singleElement().asString().isEqualTo("trunk.name: t is called yeastar here, as you said");
    }

    @Test
    void ofSeveralTrunksEachHasItsOwn() {
        String list = "[{\"trunk\": {\"sip_trunk_id\": \"ST_1\", \"name\": \"a\", \"allowed_addresses\": [\"203.0.113.7\"]}},"
                + "{\"trunk\": {\"sip_trunk_id\": \"ST_2\", \"name\": \"b\", \"allowed_addresses\": [\"203.0.113.8\"]}}]";
        var options = new ImportOptions(
                Optional.of("z"), Map.of("ST_2", "bird"), Optional.empty(), false, Set.of());
        assertThat(Imported.of(list, options).file().path("trunks").findValuesAsText("name")).containsExactly("a", "bird");
    }

    @Test
    void aTrunkMustHaveAName() {
        assertThat(Imported.faultsOf("{\"trunk\": {\"allowed_addresses\": [\"203.0.113.7\"]}}")).singleElement().asString()
                .startsWith("trunk.name: is missing").contains("--trunk NAME");
    }

    @Test
    void answersOfListRequestsHaveNoWrapper() {
        Imported imported = Imported.of(
                "{\"items\": [{\"sip_trunk_id\": \"ST_1\", \"name\": \"a\", \"allowed_addresses\": [\"203.0.113.7\"]}]}");
        assertThat(imported.trunk().path("name").asText()).isEqualTo("a");
    }

    private static String trunk(String field) {
        return "{\"trunk\": {\"name\": \"t\", \"allowed_addresses\": [\"203.0.113.7\"], " + field + "}}";
    }
}
