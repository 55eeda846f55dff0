package dev.trunkline.router.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.events.CallEvent;
import dev.trunkline.events.CallRejected;
import dev.trunkline.events.CallRouted;
import dev.trunkline.events.RefusalReason;
import dev.trunkline.router.webhook.http.TenantServer;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

/** Two organisations, each with its own web server, one of which tries to get the other's calls. */
@QuarkusTest
@QuarkusTestResource(RouterSurroundings.class)
class TenantWebhookTest extends WholeService {
    private static final String CALLER = "+32470123456";
    private static final String FILE = """
            organisations:
              - {name: bank, numbers: [{phone_number: "+3225550600"}, {phone_number: "+3225550601"}]}
              - {name: thief, numbers: [{phone_number: "+3225550700"}, {phone_number: "+3225550701"}]}
            trunks: [{name: demo, addresses: [127.0.0.1], country: BE}]
            rules:
              - {name: bank-vault, organisation: bank, trunks: [demo], numbers: ["+3225550600"], type: direct, room_name: vault, agents: [{name: teller}]}
              - {name: bank-hook, organisation: bank, trunks: [demo], numbers: ["+3225550601"], type: webhook, url: "http://127.0.0.1:%1$d/bank", agents: [{name: teller}]}
              - {name: thief-hook, organisation: thief, trunks: [demo], numbers: ["+3225550700"], type: webhook, url: "http://127.0.0.1:%2$d/thief", agents: [{name: imp}]}
              - {name: thief-rest, organisation: thief, trunks: [demo], numbers: ["+3225550701"], type: webhook, url: "http://127.0.0.1:%2$d/thief", fallback: [{refuse: 486}]}
            """;

    @Test
    void aWebhookOfAnotherOrganisationReachesNeitherRoomNorAgent() throws Exception {
        try (TenantServer bank = TenantServer.start(TenantServer.json("{\"room\": \"bank-counter\"}"));
                TenantServer thief = TenantServer.start(TenantServer.json("{\"room\": \"vault\"}"));
                Suite suite = new Suite()) {
            whole(FILE.formatted(bank.port(), thief.port()));
            assertThat(routed(suite.call("+3225550600", CALLER)).room()).isEqualTo("vault");
            assertThat(routed(suite.call("+3225550601", CALLER)).room()).isEqualTo("bank-counter");

            CallRejected room = rejected(suite.call("+3225550700", CALLER));
            assertThat(room.reason()).isEqualTo(RefusalReason.WEBHOOK_FAILED);
            assertThat(room.trace()).anySatisfy(step -> {
                assertThat(step.step()).isEqualTo("webhook-not-allowed");
                assertThat(step.detail()).contains("room vault", "organisation thief", "thief-*", "allowed_rooms")
                        .doesNotContain("bank");
            });
            assertThat(rejected(suite.call("+3225550701", CALLER)).status()).as("the rule's fallback").isEqualTo(486);

            thief.behave(TenantServer.json("{\"room\": \"bank-counter\"}"));
            assertThat(rejected(suite.call("+3225550700", CALLER)).reason()).isEqualTo(RefusalReason.WEBHOOK_FAILED);
            thief.behave(TenantServer.json("{\"room\": \"thief-den\", \"agents\": [\"teller\"]}"));
            assertThat(rejected(suite.call("+3225550700", CALLER)).trace()).anySatisfy(
                    step -> assertThat(step.detail()).contains("agent teller", "allowed_agents"));
            thief.behave(TenantServer.json("[{\"verb\": \"conference\", \"name\": \"vault\"}]"));
            assertThat(rejected(suite.call("+3225550700", CALLER)).reason()).isEqualTo(RefusalReason.WEBHOOK_FAILED);
            thief.behave(TenantServer.json("{\"room\": \"thief-den\"}"));
            assertThat(routed(suite.call("+3225550700", CALLER)).agents()).singleElement()
                    .satisfies(agent -> assertThat(agent.name()).isEqualTo("imp"));
            assertThat(admin.get("/q/metrics", "text/plain").body().lines()
                            .filter(line -> line.startsWith("trunkline_router_webhook_not_allowed_total"))
                            .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ')))))
                    .singleElement().satisfies(count -> assertThat(count).isGreaterThanOrEqualTo(5));
        }
    }

    @Test
    void whoNamesTheRoomOfAnotherOrganisationInARuleIsTold() throws Exception {
        whole(FILE.formatted(1, 1));
        Admin.Answer answer = admin.call(RouterSurroundings.ADMIN_TOKEN, "PUT", "/rules/copy",
                "{\"organisation\": \"thief\", \"trunks\": [\"demo\"], \"numbers\": [\"+3225550701\"], \"priority\": 1,"
                        + " \"type\": \"direct\", \"room_name\": \"vault\"}");
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.json().get("warnings").toString()).contains("bank-vault", "copy", "room vault");
    }

    private static CallRouted routed(CallEvent event) {
        assertThat(event).isInstanceOf(CallRouted.class);
        return (CallRouted) event;
    }

    private static CallRejected rejected(CallEvent event) {
        assertThat(event).isInstanceOf(CallRejected.class);
        return (CallRejected) event;
    }
}
