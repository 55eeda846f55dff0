package dev.trunkline.router.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.trunkline.router.snapshot.CurrentDirectory;
import io.lettuce.core.RedisClient;
import io.livekit.server.CreateSipDispatchRuleOptions;
import io.livekit.server.CreateSipInboundTrunkOptions;
import io.livekit.server.CreateSipOutboundTrunkOptions;
import io.livekit.server.SipDispatchRuleIndividual;
import io.livekit.server.SipServiceClient;
import io.livekit.server.UpdateSipInboundTrunkOptions;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import retrofit2.Call;

/** Trunks and rules that are created through LiveKit's own SDK, with a livekit-server and its Redis. */
@QuarkusTest
@QuarkusTestResource(RouterSurroundings.class)
@QuarkusTestResource(LiveKitSurroundings.class)
class LiveKitProvisioningTest extends WholeService {
    private final SipServiceClient sip =
            SipServiceClient.createClient(LiveKitSurroundings.URL, LiveKitSurroundings.KEY, LiveKitSurroundings.SECRET);
    LiveKitSurroundings surroundings;
    @Inject
    CurrentDirectory directory;

    @BeforeEach
    void acme() throws Exception {
        whole("organisations: [{name: acme}, {name: bakery}]");
    }

    @AfterEach
    void nothingIsLeftInLiveKit() throws Exception {
        for (var rule : ask(sip.listSipDispatchRule())) {
            ask(sip.deleteSipDispatchRule(rule.getSipDispatchRuleId()));
        }
        for (var trunk : ask(sip.listSipInboundTrunk())) {
            ask(sip.deleteSipTrunk(trunk.getSipTrunkId()));
        }
        for (var trunk : ask(sip.listSipOutboundTrunk())) {
            ask(sip.deleteSipTrunk(trunk.getSipTrunkId()));
        }
        Await.until(() -> report().path("items").isEmpty());
    }

    @Test
    void whatTheSdkMakesChangesAndDeletesIsSoInTheDirectory() throws Exception {
        String trunk = trunk("pbx", "+15105550100");
        String rule = rule("orders", trunk);
        String outbound = ask(sip.createSipOutboundTrunk(
                "carrier", "sip.carrier.example", List.of("+15105550100"), new CreateSipOutboundTrunkOptions())).getSipTrunkId();
        Await.until(() -> named("rule", rule).equals("orders") && named("outbound_trunk", outbound).equals("carrier"));

        // The router reloads its directory a moment after Postgres has the change.
        Await.until(this::isRouted);
        assertThat(admin.call("GET", "/outbound-trunks/carrier", "").json().at("/gateways/0/host").asText()).isEqualTo("sip.carrier.example");
        assertThat(report().path("conflicts")).isEmpty();
        Await.until(() -> directory.get().orElseThrow().liveKitIds().values().containsAll(List.of(trunk, rule)));
        JsonNode shown = admin.call("GET", "/rules/orders", "").json();
        assertThat(shown.path("livekit_id").asText()).isEqualTo(rule);
        assertThat(admin.call("PUT", "/rules/orders", shown.toString()).body()).contains(rule, "came from LiveKit");

        var update = new UpdateSipInboundTrunkOptions();
        update.setAllowedAddresses(List.of("203.0.113.8"));
        ask(sip.updateSipInboundTrunk(trunk, update));
        Await.until(() -> admin("GET", "/trunks/pbx").json().path("addresses").toString().contains("203.0.113.8"));

        ask(sip.deleteSipDispatchRule(rule));
        ask(sip.deleteSipTrunk(trunk));
        Await.until(() -> admin("GET", "/trunks/pbx").status() == 404 && admin("GET", "/rules/orders").status() == 404);
        Await.until(() -> !admin("GET", "/numbers").body().contains("+15105550100"));
    }

    @Test
    void aWipedRedisHasAllOfItBackWithTheSameIds() throws Exception {
        String trunk = trunk("pbx", "+15105550100");
        String rule = rule("orders", trunk);
        Await.until(() -> named("rule", rule).equals("orders"));

        flush();
        Await.until(() -> ids().contains(trunk) && ids().contains(rule));
        Await.until(this::isRouted);

        surroundings.restartRedis();
        Await.until(() -> ids().contains(trunk) && ids().contains(rule));
        assertThat(admin("GET", "/rules/orders").status()).isEqualTo(200);

        // Deleting the last item is not treated as a wipe of Redis.
        ask(sip.deleteSipDispatchRule(rule));
        ask(sip.deleteSipTrunk(trunk));
        Await.until(() -> admin("GET", "/trunks/pbx").status() == 404);
        assertThat(ids()).isEqualTo("[][]");
    }

    @Test
    void whatIsTakenAlreadyIsToldAndNotGuessed() throws Exception {
        ok("/directory/apply", "trunks: [{name: office, addresses: [192.0.2.1]}]");
        String trunk = trunk("office", "+15105550100");
        String rule = rule("nobody/orders");

        Await.until(() -> report().path("conflicts").size() == 2);
        assertThat(report().path("conflicts").findValuesAsText("reason")).containsExactlyInAnyOrder("name-taken", "organisation-unknown");
        assertThat(admin.call("GET", "/trunks/office", "").json().path("addresses").toString()).contains("192.0.2.1");
        assertThat(admin.get("/q/metrics", "text/plain").body()).contains("trunkline_router_provisioning_conflicts 2.0");
        assertThat(named("rule", rule)).isEmpty();
    }

    private String trunk(String name, String number) throws Exception {
        return ask(sip.createSipInboundTrunk(
                name, List.of(number), new CreateSipInboundTrunkOptions("", List.of("203.0.113.7"), List.of(), "", ""))).getSipTrunkId();
    }

    private String rule(String name, String... trunks) throws Exception {
        var options = new CreateSipDispatchRuleOptions();
        options.setName(name);
        options.setTrunkIds(List.of(trunks));
        return ask(sip.createSipDispatchRule(new SipDispatchRuleIndividual("orders-", ""), options)).getSipDispatchRuleId();
    }

    private boolean isRouted() {
        try {
            JsonNode explained = admin.explain("{\"from\": \"+32470123456\", \"to\": \"+15105550100\", \"trunk\": \"pbx\"}").json();
            return explained.path("room").asText().startsWith("orders-");
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private String ids() {
        try {
            return ask(sip.listSipInboundTrunk()).stream().map(trunk -> trunk.getSipTrunkId()).toList()
                    + ask(sip.listSipDispatchRule()).stream().map(rule -> rule.getSipDispatchRuleId()).toList().toString();
        } catch (Exception e) {
            // Redis is not back yet.
            return "";
        }
    }

    private void flush() {
        RedisClient client = RedisClient.create(surroundings.redis());
        try (var connection = client.connect()) {
            connection.sync().flushall();
        } finally {
            client.shutdown(0, 1, TimeUnit.SECONDS);
        }
    }

    /** Returns the name that one of LiveKit's items has here. */
    private String named(String kind, String id) {
        return report().path("items").valueStream()
                .filter(item -> item.path("kind").asText().equals(kind) && item.path("id").asText().equals(id))
                .map(item -> item.path("name").asText(""))
                .findFirst()
                .orElse("");
    }

    private JsonNode report() {
        return admin("GET", "/livekit/provisioning").json();
    }

    private Admin.Answer admin(String method, String path) {
        try {
            return admin.call(method, path, "");
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static <T> T ask(Call<T> call) throws Exception {
        var answer = call.execute();
        if (!answer.isSuccessful()) {
            throw new IOException(answer.code() + " " + answer.errorBody().string());
        }
        return answer.body();
    }
}
