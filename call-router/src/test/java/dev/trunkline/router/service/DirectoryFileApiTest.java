package dev.trunkline.router.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

/** Whole directories as files, single items, and the reports on both. */
@QuarkusTest
@QuarkusTestResource(RouterSurroundings.class)
class DirectoryFileApiTest extends WholeService {
    /** Everything that an item can have, for each type of rule. */
    private static final String EVERYTHING = """
            _comment: at any depth
            organisations:
              - name: grocer
                _comment: {by: ops}
                config: {language: en, _comment: no, webhook: {secret: shhh-shhh-shhh-shhh}}
                max_concurrent_calls: 9
                caller_rate: {calls: 5, window_seconds: 60}
                agent_instances: [{name: night, config: {prompt: Sleep well.}}]
                numbers:
                  - {phone_number: "+3225550600", label: Orders, agent_instance: night, config_override: {voice: x}, max_concurrent_calls: 3}
                  - {phone_number: "+32255507*", active: false}
                  - {phone_number: "1001@shop"}
            numbers: [{phone_number: "+3225550699", label: Free}]
            trunks:
              - name: shop
                addresses: [203.0.113.0/28, "2001:db8::1"]
                country: BE
                users: [{username: pbx, password: open sesame}]
                called_from: [diversion, request-uri]
                transports: [tls]
                codecs: [PCMA]
            rules:
              - {name: a, organisation: grocer, trunks: [shop], numbers: ["+3225550600"], type: individual, pin: "1234", priority: 5}
              - {name: b, organisation: grocer, wildcard: true, type: named, header: X-Store, template: "s-{}", room_must_exist: true}
              - {name: c, trunks: [shop], numbers: ["1001"], type: webhook, url: "https://hooks.example/c", secret: another-long-secret,
                 fallback: [{agent: night, patience_seconds: 3}, {announcement: closed}, {refuse: 480}]}
              - {name: d, trunks: [shop], inbound_numbers: ["+31*"], type: forward, forward_to: "sip:desk@pbx.example", agent_pool: {name: gpu, sessions: 2}}
            """;

    @Test
    void theWholeIsTheFileAndTheExportIsTheSameAgain() throws Exception {
        JsonNode first = whole(EVERYTHING);
        assertThat(first.get("removed").intValue()).isPositive();

        for (String form : new String[] {"application/json", "application/yaml"}) {
            for (String query : new String[] {"", "?with_secrets=true"}) {
                String exported = admin.get("/directory" + query, form).body();
                JsonNode again = whole(exported);

                assertThat(again.get("unchanged").intValue()).isEqualTo(again.get("items").size()).isPositive();
                assertThat(admin.get("/directory" + query, form).body()).isEqualTo(exported).doesNotContain("open sesame", "_comment");
            }
        }
        // The file has the password as text, which gives the same digest.
        assertThat(whole(EVERYTHING).get("updated").intValue()).isZero();
    }

    @Test
    void anExportHidesWhatLetsSomebodyInUnlessItIsAskedForByAnAdmin() throws Exception {
        whole(EVERYTHING);

        for (String form : new String[] {"application/json", "application/yaml"}) {
            assertThat(admin.get("/directory", form).body())
                    .contains("***", "ha1_sha256", "grocer")
                    .doesNotContain("shhh", "another-long-secret", "1234\"", "pin: \"1234");
            assertThat(admin.get("/directory?with_secrets=true", form).body())
                    .contains("shhh-shhh-shhh-shhh", "another-long-secret")
                    .doesNotContain("***");
        }
        assertThat(admin.get("/directory?with_secrets=yes", "application/json").status()).isEqualTo(400);
        assertThat(admin.call(admin.tokenOf("grocer"), "GET", "/directory?with_secrets=true", "").status()).isEqualTo(403);
    }

    @Test
    void aFileWithoutItsSecretsIsRefusedWhereNoneAreStored() throws Exception {
        whole(EVERYTHING);
        String exported = admin.get("/directory", "application/json").body();
        whole("organisations: []");

        Admin.Answer elsewhere = admin.call("POST", "/directory/apply", exported);

        assertThat(elsewhere.status()).isEqualTo(400);
        assertThat(elsewhere.json().get("faults").findValuesAsText("path")).containsExactlyInAnyOrder(
                "organisations[0].config.webhook.secret", "trunks[0].users[0].ha1_md5", "trunks[0].users[0].ha1_sha256",
                "rules[0].pin", "rules[2].secret");
        assertThat(elsewhere.json().get("detail").textValue()).contains("with_secrets=true");
    }

    @Test
    void aDryRunTellsFieldByFieldWarnsAndChangesNothing() throws Exception {
        whole(EVERYTHING);
        String before = admin.get("/directory", "application/json").body();

        JsonNode report = ok("/directory/apply?dry_run=true", """
                organisations: [{name: grocer, config: {language: fr}}]
                rules: [{name: e, organisation: grocer, trunks: [shop], numbers: ["+3225550600"], type: callee, priority: 5}]
                """);

        assertThat(report.get("dry_run").booleanValue()).isTrue();
        assertThat(report.at("/items/0/fields").findValuesAsText("field")).contains("config.language", "max_concurrent_calls");
        assertThat(report.at("/items/0/fields").toString()).doesNotContain("shhh");
        assertThat(report.get("warnings").findValuesAsText("path")).contains("rules[0]");
        assertThat(report.get("warnings").toString()).contains("a and e", "+3225550600");
        assertThat(admin.get("/directory", "application/json").body()).isEqualTo(before);
    }

    @Test
    void whatADryRunToldIsAppliedOnlyWhereItIsWhatStillChanges() throws Exception {
        whole(EVERYTHING);
        String file = "organisations: [{name: grocer, config: {language: fr}, max_concurrent_calls: 4}]";
        String changes = ok("/directory/apply?dry_run=true", file).get("changes").textValue();

        ok("/directory/apply", "organisations: [{name: grocer, config: {language: en}, max_concurrent_calls: 3}]");
        Admin.Answer late = admin.call("POST", "/directory/apply?changes=" + changes, file);
        assertThat(late.status()).isEqualTo(409);
        assertThat(late.json().get("detail").textValue()).contains("has changed since", "dry_run=true");

        changes = ok("/directory/apply?dry_run=true", file).get("changes").textValue();
        assertThat(ok("/directory/apply?changes=" + changes, file).get("changes").textValue()).isEqualTo(changes);
        assertThat(ok("/directory/apply?dry_run=true", file).get("updated").intValue()).isZero();
    }

    @Test
    void aRuleThatIsPutSaysWhomItMeets() throws Exception {
        whole(EVERYTHING);

        Admin.Answer put = admin.call("PUT", "/rules/e",
                "{\"organisation\": \"grocer\", \"trunks\": [\"shop\"], \"numbers\": [\"+3225550600\"], \"type\": \"callee\", \"priority\": 5}");

        assertThat(put.status()).as(put.body()).isEqualTo(200);
        assertThat(put.json().get("change").textValue()).isEqualTo("created");
        assertThat(put.json().get("warnings").toString()).contains("a and e");
        assertThat(admin.call("DELETE", "/rules/e", "").status()).isEqualTo(204);
        assertThat(admin.call("DELETE", "/rules/e", "").status()).isEqualTo(404);
    }

    @Test
    void aTrunkWithoutAGateIsRefusedWithTheSentence() throws Exception {
        Admin.Answer open = admin.call("PUT", "/trunks/open", "{\"country\": \"BE\", \"allowed_numbers\": [\"+32*\"]}");

        assertThat(open.status()).isEqualTo(400);
        assertThat(open.json().get("detail").textValue())
                .contains("a trunk needs a gate", "addresses", "users", "numbers", "allowed_numbers is not a gate");
    }

    @Test
    void digestsAreKeptAndNeverTold() throws Exception {
        whole(EVERYTHING);
        Admin.Answer trunk = admin.call("GET", "/trunks/shop", "");
        assertThat(trunk.body()).contains("\"username\":\"pbx\"").doesNotContain("ha1", "open sesame");

        assertThat(admin.call("PUT", "/trunks/shop", trunk.body()).json().get("change").textValue()).isEqualTo("unchanged");
    }

    @Test
    void aTenantSeesItsRulesWithoutSecrets() throws Exception {
        whole(EVERYTHING);
        String grocer = admin.tokenOf("grocer");

        JsonNode rules = admin.call(grocer, "GET", "/rules", "").json().get("rules");

        assertThat(rules.findValuesAsText("name")).contains("a", "b").doesNotContain("c", "d");
        assertThat(admin.call(grocer, "GET", "/rules/c", "").status()).isEqualTo(404);
        assertThat(admin.call(grocer, "GET", "/organisations", "").json().get("organisations")).hasSize(1);
        for (String path : new String[] {"/organisations/grocer", "/rules", "/numbers/+3225550600"}) {
            assertThat(admin.call(grocer, "GET", path, "").body()).as(path).doesNotContain("secret", "shhh");
        }
    }

    @Test
    void whoAppliedIsInTheRecord() throws Exception {
        String ada = admin.call("POST", "/auth/token", "{\"role\": \"admin\", \"subject\": \"ada\"}")
                .json().get("access_token").textValue();

        admin.call(ada, "POST", "/directory/apply", "organisations: [{name: grocer, numbers: [{phone_number: \"+3225550650\"}]}]");
        admin.call(ada, "DELETE", "/directory/numbers/+3225550650", "");

        JsonNode history = admin.call("GET", "/numbers/+3225550650/history", "").json();
        assertThat(history.findValuesAsText("what").subList(0, 2)).containsExactly("removed", "assigned");
        assertThat(history.findValuesAsText("by").subList(0, 2)).containsOnly("ada");
    }

    @Test
    void theOpenApiDocumentDescribesEveryPath() throws Exception {
        JsonNode paths = admin.get("/q/openapi", "application/json").json().get("paths");

        assertThat(paths.fieldNames()).toIterable().contains(
                "/auth/token", "/auth/jwks", "/auth/me", "/numbers", "/numbers/{number}", "/numbers/{number}/assign",
                "/numbers/{number}/release", "/numbers/{number}/history", "/calls/live", "/organisations", "/organisations/{name}",
                "/organisations/{name}/agent-instances/{instance}", "/trunks", "/trunks/{name}", "/rules", "/rules/{name}",
                "/directory", "/directory/apply", "/directory/import/livekit", "/directory/{kind}/{name}", "/routing/explain");
        paths.forEach(path -> path.forEach(operation -> {
            if (operation.has("operationId") || operation.has("responses")) {
                assertThat(operation.path("summary").asText()).as(operation.toString()).isNotEmpty();
            }
        }));
    }
}
