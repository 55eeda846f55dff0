package dev.trunkline.router.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.trunkline.bus.CallEventPublisher;
import dev.trunkline.bus.KafkaAddress;
import dev.trunkline.events.CallId;
import dev.trunkline.events.CallPurpose;
import dev.trunkline.events.LiveCall;
import dev.trunkline.events.OrganisationRef;
import dev.trunkline.events.Topics;
import dev.trunkline.events.TrunkRef;
import dev.trunkline.events.codec.EventJson;
import dev.trunkline.router.directory.Directory;
import dev.trunkline.router.directory.Organisation;
import dev.trunkline.router.snapshot.CurrentDirectory;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The live calls as an admin and two tenants get them; the test publishes what the limiter would publish. */
@QuarkusTest
@QuarkusTestResource(RouterSurroundings.class)
class LiveCallsApiTest extends WholeService {
    private static final String SHOP = "+3225550701";
    private static final String ROSES = "+3225550702";

    @Inject
    CurrentDirectory directory;

    private final List<CallId> said = new ArrayList<>();
    private CallEventPublisher limiter;
    private String bakery;
    private String florist;

    @BeforeEach
    void tenants() throws Exception {
        limiter = new CallEventPublisher(KafkaAddress.of("127.0.0.1:" + RouterSurroundings.KAFKA_PORT), "limiter");
        whole("""
                organisations:
                  - name: bakery
                    numbers: [{phone_number: "%s"}, {phone_number: "+32255508*"}]
                  - name: florist
                    numbers: [{phone_number: "%s"}]
                trunks: [{name: pbx, addresses: [127.0.0.9]}]
                """.formatted(SHOP, ROSES));
        bakery = admin.tokenOf("bakery");
        florist = admin.tokenOf("florist");
    }

    @AfterEach
    void hangUp() {
        said.forEach(this::over);
        limiter.close();
    }

    private Directory now() {
        return directory.get().orElseThrow();
    }

    private CallId live(String organisation, String number, Optional<CallPurpose> purpose) throws Exception {
        CallId callId = new CallId(UUID.randomUUID());
        OrganisationRef owner = now().organisations().values().stream()
                .filter(candidate -> candidate.name().equals(organisation))
                .findFirst()
                .map(Organisation::ref)
                .orElseThrow();
        var trunk = now().trunkNamed("pbx").orElseThrow().trunk();
        var call = new LiveCall(
                callId, owner, number, new TrunkRef(trunk.id(), trunk.name()), Optional.of("gpu-1"), purpose, Instant.now());
        send(callId, EventJson.MAPPER.writeValueAsBytes(call));
        said.add(callId);
        return callId;
    }

    private void over(CallId callId) {
        send(callId, null);
    }

    private void send(CallId callId, byte[] value) {
        limiter.send(new ProducerRecord<>(Topics.LIVE_CALLS, callId.toString(), value)).toCompletableFuture().join();
    }

    private JsonNode live(String token, String query) throws Exception {
        Admin.Answer answer = admin.call(token, "GET", "/calls/live" + query, "");
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json();
    }

    private void awaitCalls(int count) throws InterruptedException {
        Await.until(() -> {
            try {
                return live(RouterSurroundings.ADMIN_TOKEN, "").get("calls").size() == count;
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
    }

    /** Waits until the list is reported as complete; a reader that was held up for two seconds reports that it may not be. */
    private void awaitComplete() throws InterruptedException {
        Await.until(() -> {
            try {
                return live(RouterSurroundings.ADMIN_TOKEN, "").get("complete").booleanValue();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
    }

    private int onNumber(String token, String number) throws Exception {
        return admin.call(token, "GET", "/numbers/" + number, "").json().get("calls").intValue();
    }

    @Test
    void callsComeAndGoForTheAdminAndTheTenantThatHasThem() throws Exception {
        CallId bread = live("bakery", SHOP, Optional.empty());
        live("bakery", SHOP, Optional.empty());
        CallId pattern = live("bakery", "+3225550811", Optional.empty());
        CallId roses = live("florist", ROSES, Optional.empty());
        awaitCalls(4);

        JsonNode all = live(RouterSurroundings.ADMIN_TOKEN, "");
        assertThat(all.at("/counts/calls").intValue()).isEqualTo(4);
        assertThat(all.at("/counts/by_organisation").toString())
                .isEqualTo("[{\"name\":\"bakery\",\"calls\":3},{\"name\":\"florist\",\"calls\":1}]");
        assertThat(all.at("/counts/by_agent_pool").toString()).isEqualTo("[{\"name\":\"gpu-1\",\"calls\":4}]");
        awaitComplete();
        assertThat(Duration.between(Instant.parse(all.get("read_at").textValue()), Instant.now())).isLessThan(Duration.ofMinutes(1));

        JsonNode own = live(florist, "?limit=1");
        assertThat(own.get("calls").findValuesAsText("call_id")).containsExactly(roses.toString());
        JsonNode call = own.get("calls").get(0);
        assertThat(List.of(call.get("organisation").textValue(), call.get("number").textValue(), call.get("trunk").textValue(),
                        call.get("agent_pool").textValue()))
                .containsExactly("florist", ROSES, "pbx", "gpu-1");
        assertThat(call.has("purpose")).isFalse();
        assertThat(own.toString()).doesNotContain("bakery", SHOP);
        assertThat(live(florist, "?organisation=bakery").get("calls")).isEmpty();
        assertThat(live(bakery, "?number=" + SHOP.replace("+", "%2B")).get("calls")).hasSize(2);

        JsonNode numbers = admin.call("GET", "/numbers", "").json();
        assertThat(numbers.get("numbers").findValuesAsText("phone_number")).containsExactly(SHOP, ROSES, "+32255508*");
        assertThat(numbers.get("numbers").findValuesAsText("calls")).containsExactly("2", "1", "1");
        assertThat(numbers.has("calls_read_at")).isTrue();
        assertThat(onNumber(florist, ROSES)).isEqualTo(1);

        over(bread);
        over(pattern);
        awaitCalls(2);
        assertThat(onNumber(bakery, SHOP)).isEqualTo(1);
        assertThat(onNumber(RouterSurroundings.ADMIN_TOKEN, ROSES)).isEqualTo(1);
    }

    @Test
    void aTrialCallIsShownAndMarkedAndNotCounted() throws Exception {
        live("bakery", SHOP, Optional.of(CallPurpose.TRIAL));
        awaitCalls(1);
        JsonNode own = live(bakery, "");
        assertThat(own.at("/calls/0/purpose").textValue()).isEqualTo("trial");
        assertThat(own.at("/counts/calls").intValue()).isZero();
        assertThat(own.at("/counts/by_number")).isEmpty();
        assertThat(onNumber(bakery, SHOP)).isZero();
    }

    @Test
    void aCallStaysItsOrganisationsWhenItsNumberIsReassigned() throws Exception {
        CallId bread = live("bakery", SHOP, Optional.empty());
        awaitCalls(1);
        admin.call("POST", "/numbers/" + SHOP + "/assign", "{\"organisation\": \"florist\", \"reassign\": true}");
        assertThat(live(bakery, "").get("calls").findValuesAsText("call_id")).containsExactly(bread.toString());
        assertThat(live(florist, "").get("calls")).isEmpty();
        assertThat(onNumber(florist, SHOP)).isZero();
    }

    @Test
    void whatIsNoLiveCallHurtsNobody() throws Exception {
        send(new CallId(UUID.randomUUID()), "{\"callId\": 7".getBytes());
        live("bakery", SHOP, Optional.empty());
        awaitCalls(1);
    }

    @Test
    void itNeedsATokenAndAPageThatMakesSense() throws Exception {
        assertThat(admin.send(Admin.bare("/calls/live")).status()).isEqualTo(401);
        Admin.Answer answer = admin.call("GET", "/calls/live?limit=5000", "");
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().get("detail").textValue()).isEqualTo("Write limit from 1 to 1000.");
    }
}
