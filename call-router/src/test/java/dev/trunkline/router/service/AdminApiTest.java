package dev.trunkline.router.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.http.HttpRequest.BodyPublishers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@QuarkusTestResource(RouterSurroundings.class)
class AdminApiTest {
    private static Admin admin;
    private static Suite suite;

    @BeforeAll
    static void start() throws Exception {
        admin = new Admin();
        suite = new Suite();
    }

    @BeforeEach
    void demo() throws Exception {
        admin.awaitReady();
        assertThat(admin.apply(Admin.demo()).status()).isEqualTo(200);
    }

    @AfterAll
    static void stop() {
        suite.close();
        admin.close();
    }

    @Test
    void applyingAFileAgainChangesNothing() throws Exception {
        JsonNode report = admin.apply(Admin.demo()).json();

        assertThat(report.get("created").intValue()).isZero();
        assertThat(report.get("updated").intValue()).isZero();
        assertThat(report.get("unchanged").intValue()).isEqualTo(22);
        assertThat(report.get("items")).hasSize(22).anySatisfy(item -> {
            assertThat(item.get("kind").textValue()).isEqualTo("number");
            assertThat(item.get("name").textValue()).isEqualTo("+3225550105");
            assertThat(item.get("change").textValue()).isEqualTo("unchanged");
        });
    }

    @ParameterizedTest
    @CsvSource({"application/json", "application/yaml"})
    void whatIsExportedCanBeAppliedAndChangesNothing(String form) throws Exception {
        String exported = admin.get("/directory", form).body();

        JsonNode report = admin.apply(exported).json();

        assertThat(report.get("unchanged").intValue()).isGreaterThanOrEqualTo(11);
        assertThat(report.get("updated").intValue()).isZero();
        assertThat(report.get("created").intValue()).isZero();
    }

    @Test
    void saysWhatChangedItemByItem() throws Exception {
        JsonNode report = admin.apply("""
                        organisations:
                          - name: florist
                            numbers: [{phone_number: "+3225550300"}]
                        """).json();
        assertThat(report.get("created").intValue()).isEqualTo(2);

        JsonNode moved = admin.apply("""
                        organisations:
                          - name: demo
                            config: {language: en, greeting: Welcome to Trunkline.}
                            numbers: [{phone_number: "+3225550300", label: Moved}]
                        """).json();

        assertThat(moved.get("updated").intValue()).isEqualTo(1);
        assertThat(moved.get("unchanged").intValue()).isEqualTo(1);
        assertThat(admin.send(admin.request("/directory/numbers/+3225550300").DELETE()).status()).isEqualTo(204);
        assertThat(admin.send(admin.request("/directory/organisations/florist").DELETE()).status()).isEqualTo(204);
    }

    @Test
    void aFaultyFileIsAnsweredWithThePathsAndNothingOfItIsApplied() throws Exception {
        Admin.Answer answer = admin.apply("""
                organisations: [{name: ghost}]
                trunks: [{name: open}]
                rules: [{name: r, trunks: [nowhere], type: callee}]
                """);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().at("/faults/0/path").textValue()).isEqualTo("trunks[0].addresses");
        assertThat(answer.json().get("detail").textValue()).contains("a trunk needs a gate");

        Admin.Answer unknownTrunk = admin.apply("""
                organisations: [{name: ghost}]
                rules: [{name: r, trunks: [nowhere], organisation: nobody, type: callee}]
                """);

        assertThat(unknownTrunk.status()).isEqualTo(400);
        assertThat(unknownTrunk.json().findValuesAsText("path"))
                .containsExactly("rules[0].trunks[0]", "rules[0].organisation");
        assertThat(admin.get("/directory", "application/json").body()).doesNotContain("ghost");
    }

    @Test
    void trunksAreAnnouncedAndWithdrawn() throws Exception {
        admin.apply("trunks: [{name: carrier, addresses: [203.0.113.0/24], country: DE, headers_to_room: [X-Store]}]");
        assertThat(suite.awaitTrunk("carrier")).satisfies(trunk -> {
            assertThat(trunk.addresses()).containsExactly("203.0.113.0/24");
            assertThat(trunk.country()).contains("DE");
            assertThat(trunk.headersToRoom()).containsExactly("X-Store");
        });

        admin.apply("trunks: [{name: carrier, addresses: [203.0.113.0/25]}]");
        Await.until(() -> suite.addressesOf("carrier").equals("203.0.113.0/25"));

        assertThat(admin.send(admin.request("/directory/trunks/carrier").DELETE()).status()).isEqualTo(204);
        Await.until(() -> suite.trunkNamed("carrier").isEmpty());
    }

    @Test
    void whatOthersNeedIsNotRemoved() throws Exception {
        Admin.Answer trunk = admin.send(admin.request("/directory/trunks/demo").DELETE());
        Admin.Answer organisation = admin.send(admin.request("/directory/organisations/demo").DELETE());

        assertThat(trunk.status()).isEqualTo(409);
        assertThat(trunk.json().get("detail").textValue()).contains("demo-at-once, demo-forward, demo-hand-over, demo-nobody, demo-on-agent");
        assertThat(organisation.status()).isEqualTo(409);
        assertThat(admin.send(admin.request("/directory/trunks/nowhere").DELETE()).status()).isEqualTo(404);
        assertThat(admin.send(admin.request("/directory/colours/red").DELETE()).status()).isEqualTo(404);
    }

    @Test
    void explainsACallThatHasNotHappened() throws Exception {
        JsonNode routed = admin.explain("{\"from\": \"0470123456\", \"to\": \"02 555 01 00\", \"trunk\": \"demo\"}")
                .json();

        assertThat(routed.get("outcome").textValue()).isEqualTo("routed");
        assertThat(routed.get("rule").textValue()).isEqualTo("demo-on-agent");
        assertThat(routed.get("room").textValue()).isEqualTo("demo_<caller>_<random>");
        assertThat(routed.toString()).doesNotContain("470123456");

        JsonNode refused = admin.explain("{\"to\": \"+3225550103\", \"trunk\": \"demo\"}").json();

        assertThat(refused.get("outcome").textValue()).isEqualTo("refused");
        assertThat(refused.get("reason").textValue()).isEqualTo("number-inactive");
        assertThat(refused.get("status").intValue()).isEqualTo(480);
        assertThat(refused.get("trace").findValuesAsText("step")).endsWith("number-inactive");
    }

    @Test
    void explainSaysWhatToAsk() throws Exception {
        assertThat(admin.explain("{\"from\": \"0470123456\"").status()).isEqualTo(400);
        assertThat(admin.explain("{\"to\": 5}").json().get("detail").textValue()).startsWith("Write {");
        assertThat(admin.explain("{\"to\": \"1\", \"trunk\": \"x\"}").status()).isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource({
        "'', 401", "Bearer wrong, 401", "Basic token-of-the-tests, 401", "Bearer token-of-the-test, 401",
        "Bearer token-of-the-tests, 200", "bearer token-of-the-tests, 200",
    })
    void onlyTheTokenOpensTheApi(String authorization, int status) throws Exception {
        var request = Admin.bare("/directory").header("Authorization", authorization);

        assertThat(admin.send(request).status()).isEqualTo(status);
    }

    @Test
    void everyPathNeedsTheToken() throws Exception {
        for (String path : new String[] {"/directory/apply", "/routing/explain"}) {
            assertThat(admin.send(Admin.bare(path).POST(BodyPublishers.ofString("{}"))).status()).isEqualTo(401);
        }
        assertThat(admin.send(Admin.bare("/directory/trunks/demo").DELETE()).status()).isEqualTo(401);
        assertThat(admin.send(Admin.bare("/q/health/live")).status()).isEqualTo(200);
    }
}
