package dev.trunkline.router.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The life of a number, with an admin who manages all numbers and two tenants. */
@QuarkusTest
@QuarkusTestResource(RouterSurroundings.class)
class NumbersApiTest extends WholeService {
    private static final String NUMBER = "/numbers/+3225550700";

    private String bakery;
    private String florist;

    @BeforeEach
    void tenants() throws Exception {
        whole("""
                organisations:
                  - name: bakery
                    config: {language: nl, voice: {name: anna, speed: 1}}
                    agent_instances: [{name: till, config: {prompt: You sell bread.}}]
                    numbers: [{phone_number: "+3225550701", label: Shop}]
                  - name: florist
                    numbers: [{phone_number: "+3225550702"}]
                """);
        bakery = admin.tokenOf("bakery");
        florist = admin.tokenOf("florist");
    }

    @Test
    void addedAssignedReassignedReleasedAndRemovedWithARecordOfIt() throws Exception {
        String ada = admin.call("POST", "/auth/token", "{\"role\": \"admin\", \"subject\": \"ada\"}")
                .json().get("access_token").textValue();
        Admin.Answer added = admin.call(ada, "POST", "/numbers", "{\"phone_number\": \"0032 2 555 07 00\", \"_comment\": \"new\"}");
        assertThat(added.status()).as(added.body()).isEqualTo(201);
        assertThat(holder()).isEmpty();

        assertThat(admin.call(ada, "POST", NUMBER + "/assign", "{\"organisation\": \"bakery\", \"label\": \"Orders\"}").status())
                .isEqualTo(200);
        assertThat(holder()).isEqualTo("bakery");
        admin.call(bakery, "PATCH", NUMBER, "{\"config_override\": {\"greeting\": \"Bread!\"}, \"own_concurrent_calls\": 1}");

        Admin.Answer taken = admin.call(ada, "POST", NUMBER + "/assign", "{\"organisation\": \"florist\"}");
        assertThat(taken.status()).isEqualTo(409);
        assertThat(taken.json().get("detail").textValue()).contains("belongs to bakery", "\"reassign\": true");
        JsonNode moved = admin.call(ada, "POST", NUMBER + "/assign", "{\"organisation\": \"florist\", \"reassign\": true}").json();
        assertThat(moved.get("organisation").textValue()).isEqualTo("florist");
        assertThat(moved.get("config_override")).isEmpty();
        assertThat(moved.has("own_concurrent_calls")).isFalse();
        assertThat(admin.call(bakery, "GET", NUMBER, "").status()).isEqualTo(404);

        assertThat(admin.call(ada, "POST", NUMBER + "/release", "").status()).isEqualTo(200);
        assertThat(admin.call("GET", "/numbers?idle=true", "").json().get("numbers").findValuesAsText("phone_number"))
                .containsExactly("+3225550700");
        assertThat(admin.call(ada, "DELETE", NUMBER, "").status()).isEqualTo(204);

        JsonNode history = admin.call("GET", NUMBER + "/history", "").json();
        assertThat(history.findValuesAsText("what"))
                .startsWith("removed", "released", "reassigned", "changed", "changed", "assigned", "added");
        assertThat(history.findValuesAsText("by").subList(0, 7))
                .containsExactly("ada", "ada", "ada", "bakery", "ada", "ada", "ada");
        assertThat(history.get(2).get("from").textValue()).isEqualTo("bakery");
        assertThat(history.get(2).get("to").textValue()).isEqualTo("florist");
    }

    @Test
    void anAdminSeesWhoUsesWhich() throws Exception {
        JsonNode all = admin.call("GET", "/numbers", "").json().get("numbers");

        assertThat(all.findValuesAsText("organisation")).containsExactly("bakery", "florist");
        assertThat(admin.call("GET", "/numbers?organisation=florist", "").json().get("numbers").findValuesAsText("phone_number"))
                .containsExactly("+3225550702");
        assertThat(admin.call("GET", "/numbers?search=shop", "").json().get("numbers").findValuesAsText("phone_number"))
                .containsExactly("+3225550701");
    }

    @Test
    void longListsComeInPages() throws Exception {
        JsonNode first = admin.call("GET", "/numbers?limit=1", "").json();
        JsonNode second = admin.call("GET", "/numbers?limit=1&after=" + first.get("next").textValue().replace("+", "%2B"), "").json();

        assertThat(first.get("numbers").findValuesAsText("phone_number")).containsExactly("+3225550701");
        assertThat(second.get("numbers").findValuesAsText("phone_number")).containsExactly("+3225550702");
        assertThat(second.has("next")).isFalse();
    }

    @Test
    void aTenantSeesItsOwnNumbersAndConfiguresThem() throws Exception {
        JsonNode own = admin.call(bakery, "GET", "/numbers", "").json().get("numbers");
        assertThat(own.findValuesAsText("phone_number")).containsExactly("+3225550701");
        assertThat(own.toString()).doesNotContain("assigned_by");

        Admin.Answer changed = admin.call(bakery, "PATCH", "/numbers/+3225550701",
                "{\"label\": \"Till\", \"active\": false, \"config_override\": {\"voice\": {\"speed\": 2}}}");

        assertThat(changed.status()).as(changed.body()).isEqualTo(200);
        assertThat(changed.json().get("label").textValue()).isEqualTo("Till");
        assertThat(changed.json().get("active").booleanValue()).isFalse();
        assertThat(changed.json().at("/configuration/merged/voice").toString()).isEqualTo("{\"name\":\"anna\",\"speed\":2}");
        assertThat(admin.call("GET", "/numbers/+3225550701", "").json().get("label").textValue()).isEqualTo("Till");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "POST   | /numbers                       | {\"phone_number\": \"+3225550799\"}                        | 403",
        "POST   | /numbers/+3225550701/assign    | {\"organisation\": \"florist\"}                             | 403",
        "POST   | /numbers/+3225550701/release   |                                                            | 403",
        "DELETE | /numbers/+3225550701           |                                                            | 403",
        "PATCH  | /numbers/+3225550701           | {\"max_concurrent_calls\": 99}                             | 403",
        "PATCH  | /numbers/+3225550701           | {\"own_concurrent_calls\": 2}                              | 403",
        "PATCH  | /numbers/+3225550701           | {\"agent_instance\": \"till\"}                              | 403",
        "GET    | /numbers/+3225550702           |                                                            | 404",
        "PATCH  | /numbers/+3225550702           | {\"label\": \"stolen\"}                                    | 404",
        "GET    | /numbers/+3225550702/history   |                                                            | 404",
        "GET    | /organisations/florist         |                                                            | 404",
        "PUT    | /organisations/bakery          | {}                                                         | 403",
        "PUT    | /rules/mine                    | {\"wildcard\": true, \"type\": \"callee\"}                  | 403",
        "DELETE | /rules/mine                    |                                                            | 403",
        "GET    | /trunks                        |                                                            | 403",
        "POST   | /directory/apply               | {}                                                         | 403",
        "DELETE | /directory/numbers/+3225550701 |                                                            | 403",
    })
    void aTenantReachesNothingElse(String method, String path, String body, int status) throws Exception {
        Admin.Answer answer = admin.call(bakery, method, path, body == null ? "" : body);

        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(admin.call(florist, "GET", "/numbers", "").json().get("numbers").findValuesAsText("label")).containsExactly("");
    }

    @Test
    void aTenantsHistorySaysNothingOfOthers() throws Exception {
        admin.call("POST", "/numbers/+3225550701/assign", "{\"organisation\": \"florist\", \"reassign\": true}");

        JsonNode lost = admin.call(bakery, "GET", "/numbers/+3225550701/history", "").json();

        assertThat(lost.findValuesAsText("what")).first().isEqualTo("reassigned");
        assertThat(lost.toString()).doesNotContain("florist", "admin");
    }

    @Test
    void anIdleNumberKeepsItsLabelWhenItIsAssignedAndTheNextOrganisationBeginsAfresh() throws Exception {
        admin.call("POST", "/numbers", "{\"phone_number\": \"+3225550700\", \"label\": \"Brussels\", \"max_concurrent_calls\": 4,"
                + " \"config_override\": {\"line\": 1}}");

        JsonNode assigned = admin.call("POST", NUMBER + "/assign", "{\"organisation\": \"bakery\"}").json();
        assertThat(assigned.get("label").textValue()).isEqualTo("Brussels");
        assertThat(assigned.get("config_override").toString()).isEqualTo("{\"line\":1}");
        admin.call(bakery, "PATCH", NUMBER, "{\"label\": \"Ann's till\", \"active\": false}");
        JsonNode again = admin.call("POST", NUMBER + "/assign", "{\"organisation\": \"bakery\"}").json();
        assertThat(again.get("label").textValue()).isEqualTo("Ann's till");

        JsonNode moved = admin.call("POST", NUMBER + "/assign", "{\"organisation\": \"florist\", \"reassign\": true}").json();
        assertThat(moved.get("label").textValue()).isEmpty();
        assertThat(moved.get("active").booleanValue()).isTrue();
        assertThat(moved.get("config_override")).isEmpty();
        assertThat(moved.get("max_concurrent_calls").intValue()).as("granted by the admin").isEqualTo(4);
        assertThat(admin.call(florist, "GET", NUMBER + "/history", "").body()).doesNotContain("Ann", "Brussels", "line", "bakery");
        assertThat(admin.call("POST", NUMBER + "/release", "").json().get("label").textValue()).isEmpty();
    }

    @Test
    void aTenantsHistorySaysWhatItChangedAndWhoOfIt() throws Exception {
        String ann = admin.call("POST", "/auth/token", "{\"role\": \"tenant\", \"organisation\": \"bakery\", \"subject\": \"ann\"}")
                .json().get("access_token").textValue();
        String shop = "/numbers/+3225550701";
        admin.call(ann, "PATCH", shop, "{\"active\": false}");
        admin.call(ann, "PATCH", shop, "{\"config_override\": {\"voice\": {\"name\": \"eva\"}, \"openai_api_key\": \"sk-very-secret\"}}");
        admin.call("PATCH", shop, "{\"max_concurrent_calls\": 7}");

        JsonNode history = admin.call(bakery, "GET", shop + "/history?limit=3", "").json();

        assertThat(history.findValuesAsText("what")).containsExactly("changed", "changed", "changed");
        assertThat(history.get(0).has("by")).as("the administrator").isFalse();
        assertThat(history.get(0).get("fields").toString())
                .isEqualTo("[{\"field\":\"max_concurrent_calls\",\"before\":1,\"after\":7}]");
        assertThat(history.get(1).get("by").textValue()).isEqualTo("ann");
        assertThat(history.get(1).get("via").textValue()).isEqualTo("api");
        assertThat(history.get(1).get("fields").toString()).isEqualTo("[{\"field\":\"config_override.openai_api_key\",\"after\":\"***\"},"
                + "{\"field\":\"config_override.voice\",\"after\":{\"name\":\"eva\"}}]");
        assertThat(history.get(2).get("fields").toString())
                .isEqualTo("[{\"field\":\"active\",\"before\":true,\"after\":false}]");
        assertThat(admin.call("GET", shop + "/history", "").body()).contains("\"ann\"").doesNotContain("sk-very");
    }

    @Test
    void aFileIsNamedInTheHistoryToo() throws Exception {
        admin.call("POST", "/directory/apply", "organisations: [{name: bakery, numbers: [{phone_number: \"+3225550701\", active: false}]}]");

        JsonNode last = admin.call("GET", "/numbers/+3225550701/history?limit=1", "").json().get(0);

        assertThat(last.get("what").textValue()).isEqualTo("changed");
        assertThat(last.get("via").textValue()).isEqualTo("file");
        assertThat(last.get("by").textValue()).isEqualTo("admin");
        assertThat(last.get("fields").findValuesAsText("field")).containsExactly("active", "label");
    }

    @Test
    void aLongHistoryComesInPages() throws Exception {
        String shop = "/numbers/+3225550701";
        for (int i = 0; i < 3; i++) {
            admin.call(bakery, "PATCH", shop, "{\"label\": \"" + i + "\"}");
        }

        HttpResponse<String> first = page(shop + "/history?limit=2");
        String next = first.headers().firstValue("Link").orElseThrow().replaceAll(".*<(.*)>.*", "$1");
        JsonNode second = admin.call(bakery, "GET", next.substring(next.indexOf("/numbers")), "").json();

        assertThat(new Admin.Answer(200, first.body(), "", "").json().findValuesAsText("after")).containsExactly("2", "1");
        assertThat(second.findValuesAsText("after")).first().isEqualTo("0");
        assertThat(page(shop + "/history").headers().firstValue("Link")).isEmpty();
        assertThat(admin.call(bakery, "GET", shop + "/history?before=x", "").status()).isEqualTo(400);
        assertThat(admin.call(bakery, "GET", shop + "/history?before=1", "").json()).isEmpty();
    }

    private HttpResponse<String> page(String path) throws Exception {
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(
                    Admin.bare(path).header("Authorization", "Bearer " + bakery).build(), HttpResponse.BodyHandlers.ofString());
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "PATCH  | /numbers/+3225550701        | {\"label\": \"a\\u0000b\"}             | 400 | U+0000",
        "PATCH  | /numbers/+3225550701        | {\"config_override\": {\"a\": \"\\u0000\"}} | 400 | U+0000",
        "PATCH  | /numbers/+3225550701        | [                                     | 400 | JSON object",
        "GET    | /numbers/%00                |                                       | 400 | U+0000",
        "GET    | /numbers?search=%00         |                                       | 400 | U+0000",
        "GET    | /numbers?idle=yes           |                                       | 400 | idle=true",
        "POST   | /numbers/+3225550701/assign | {\"organisation\": \"nobody\"}         | 409 | belongs to bakery",
        "POST   | /numbers/+3225550799/assign | {\"organisation\": \"bakery\"}         | 404 | no number +3225550799",
        "POST   | /numbers/+3225550701/assign | {}                                    | 400 | organisation",
        "POST   | /number                     | {}                                    | 404 | /q/openapi",
        "PUT    | /numbers/+3225550701        | {}                                    | 405 | method",
        "POST   | /directory/apply?dry_run=yes | {}                                   | 400 | dry_run=true",
    })
    void whatIsWrongIsSaidAsAProblem(String method, String path, String body, int status, String sentence) throws Exception {
        Admin.Answer answer = admin.call(method, path, body == null ? "" : body);

        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(answer.type()).startsWith("application/problem+json");
        assertThat(answer.json().get("detail").textValue()).contains(sentence);
    }

    @Test
    void anAgentInstanceLiesBetweenOrganisationAndNumber() throws Exception {
        JsonNode number = admin.call("PATCH", "/numbers/+3225550701", "{\"agent_instance\": \"till\", \"config_override\": {\"language\": \"fr\"}}").json();

        assertThat(number.at("/configuration/merged").toString())
                .contains("\"prompt\":\"You sell bread.\"", "\"language\":\"fr\"");
        assertThat(admin.call("DELETE", "/organisations/bakery/agent-instances/till", "").status()).isEqualTo(409);
        assertThat(admin.call("PATCH", "/numbers/+3225550702", "{\"agent_instance\": \"till\"}").status()).isEqualTo(400);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "{\"phone_number\": \"+3225550701\"}                                                | 409",
        "{\"phone_number\": \"0470123456\"}                                                 | 400",
        "{\"phone_number\": \"+3225550799\", \"organisation\": \"nobody\"}                   | 400",
        "{\"numbers\": [{\"phone_number\": \"+3225550799\"}, {\"phone_number\": \"+3225550799\"}]} | 400",
        "{\"numbers\": [{\"phone_number\": \"+3225550799\"}, {\"phone_number\": \"+3225550701\"}]} | 409",
    })
    void allOrNoneAreAdded(String body, int status) throws Exception {
        assertThat(admin.call("POST", "/numbers", body).status()).isEqualTo(status);
        assertThat(admin.call("GET", "/numbers", "").json().get("numbers")).hasSize(2);
    }

    private String holder() throws Exception {
        return admin.call("GET", NUMBER, "").json().path("organisation").asText();
    }
}
