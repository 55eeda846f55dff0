package dev.trunkline.router.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.trunkline.bus.CallEventPublisher;
import dev.trunkline.bus.KafkaAddress;
import dev.trunkline.bus.TopicTail;
import dev.trunkline.events.GatewayState;
import dev.trunkline.events.OutboundTrunk;
import dev.trunkline.events.OutboundTrunkState;
import dev.trunkline.events.RegistrationState;
import dev.trunkline.events.Topics;
import dev.trunkline.events.TrunkRef;
import dev.trunkline.events.codec.EventJson;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Outbound trunks: from a request to Kafka, and their state from Kafka to an answer. */
@QuarkusTest
@QuarkusTestResource(RouterSurroundings.class)
class OutboundTrunksApiTest {
    private static final String CARRIER = "{\"gateways\": [{\"host\": \"sip.carrier.example\"}], \"register\": true,"
            + " \"account\": {\"username\": \"anna\", \"password\": \"wonderland\"}}";

    private final KafkaAddress kafka = KafkaAddress.of("127.0.0.1:" + RouterSurroundings.KAFKA_PORT);
    private final Admin admin = new Admin();
    private final Map<String, String> announced = new ConcurrentHashMap<>();
    private TopicTail tail;
    private CallEventPublisher edge;

    @BeforeEach
    void start() throws Exception {
        admin.awaitReady();
        edge = new CallEventPublisher(kafka, "tests-edge");
        tail = new TopicTail(kafka, "tests-outbound", List.of(Topics.OUTBOUND_TRUNKS), new TopicTail.From.Beginning(), message -> {
            if (message.value() == null) {
                announced.remove(message.key());
            } else {
                announced.put(message.key(), new String(message.value(), StandardCharsets.UTF_8));
            }
        }).start();
    }

    @AfterEach
    void stop() {
        tail.close();
        edge.close();
        admin.close();
    }

    private Admin.Answer call(String method, String path, String body) throws Exception {
        return admin.call(RouterSurroundings.ADMIN_TOKEN, method, path, body);
    }

    private Optional<OutboundTrunk> announced(String name) {
        return announced.values().stream()
                .filter(json -> json.contains("\"name\":\"" + name + "\""))
                .map(json -> {
                    try {
                        return EventJson.MAPPER.readValue(json, OutboundTrunk.class);
                    } catch (Exception e) {
                        throw new IllegalStateException(e);
                    }
                })
                .findFirst();
    }

    @Test
    void oneThatIsPutIsAnnouncedWithoutItsPasswordAndKeepsItWhenItIsPutAgain() throws Exception {
        assertThat(call("PUT", "/outbound-trunks/carrier", CARRIER).json().path("change").textValue()).isEqualTo("created");
        Await.until(() -> announced("carrier").isPresent());
        assertThat(announced.values()).noneMatch(json -> json.contains("wonderland") || json.contains("anna"));

        Admin.Answer told = call("GET", "/outbound-trunks/carrier", "");
        assertThat(told.body()).contains("anna").doesNotContain("wonderland");
        assertThat(call("GET", "/outbound-trunks", "").body()).contains("sip.carrier.example").doesNotContain("wonderland");
        assertThat(call("PUT", "/outbound-trunks/carrier", told.body()).json().path("change").textValue()).isEqualTo("unchanged");

        Admin.Answer faulty = call("PUT", "/outbound-trunks/carrier", "{\"gateways\": []}");
        assertThat(faulty.status()).isEqualTo(400);
        assertThat(faulty.json().at("/faults/0/path").textValue()).isEqualTo("gateways");

        assertThat(call("DELETE", "/outbound-trunks/carrier", "").status()).isEqualTo(204);
        Await.until(() -> announced("carrier").isEmpty());
        assertThat(call("GET", "/outbound-trunks/carrier", "").status()).isEqualTo(404);
    }

    @Test
    void aTrunkThatARuleNamesIsThereAndStays() throws Exception {
        call("PUT", "/outbound-trunks/desks", "{\"gateways\": [{\"host\": \"10.0.0.9\"}], \"dialling\": {\"form\": \"as-dialled\"}}");
        List<String> rules = List.of(
                "{\"wildcard\": true, \"type\": \"forward\", \"forward_to\": [[\"1001\", {\"to\": \"1000\", \"trunk\": \"desks\"}]]}",
                "{\"wildcard\": true, \"type\": \"callee\", \"fallback\": [{\"forward\": \"1000\", \"trunk\": \"desks\"}]}",
                "{\"wildcard\": true, \"type\": \"schedule\", \"schedule\": {\"time_zone\": \"Europe/Brussels\", \"hours\": {},"
                        + " \"open\": {\"type\": \"callee\"}, \"else\": {\"type\": \"forward\", \"forward_to\": {\"to\": \"1000\", \"trunk\": \"desks\"}}}}");
        List<String> faulty = List.of("forward_to", "fallback[0].trunk", "schedule.else.forward_to");

        for (int i = 0; i < rules.size(); i++) {
            Admin.Answer unknown = call("PUT", "/rules/onward", rules.get(i).replace("desks", "gone"));
            assertThat(unknown.status()).isEqualTo(400);
            assertThat(unknown.json().at("/faults/0/path").textValue()).isEqualTo(faulty.get(i));
            assertThat(unknown.json().at("/faults/0/problem").textValue()).contains("there is no outbound trunk gone");

            Admin.Answer written = call("PUT", "/rules/onward", rules.get(i));
            assertThat(written.status()).as(written.body()).isEqualTo(200);
            Admin.Answer needed = call("DELETE", "/outbound-trunks/desks", "");
            assertThat(needed.status()).as(needed.body()).isEqualTo(409);
            assertThat(needed.body()).contains("onward");
        }
        assertThat(call("DELETE", "/rules/onward", "").status()).isEqualTo(204);
        assertThat(call("DELETE", "/outbound-trunks/desks", "").status()).isEqualTo(204);
    }

    @Test
    void howTrunksStandIsToldAsTheEdgesSayIt() throws Exception {
        Instant now = Instant.now();
        var state = new OutboundTrunkState("edge-1", new TrunkRef("t1", "standing"),
                List.of(new GatewayState("sip.carrier.example", false, OptionalInt.of(408), OptionalInt.empty(), now)),
                Optional.of(new RegistrationState(false, Optional.empty(), OptionalInt.of(401), Optional.of("user name or password are wrong"), now)),
                now);
        edge.send(new ProducerRecord<>(Topics.OUTBOUND_STATES, "t1/edge-1", EventJson.MAPPER.writeValueAsBytes(state)))
                .toCompletableFuture().join();
        Await.until(() -> standing().size() == 1);
        JsonNode told = standing().get(0);
        assertThat(told.path("edge").textValue()).isEqualTo("edge-1");
        assertThat(told.path("stale").booleanValue()).isFalse();
        assertThat(told.at("/gateways/0/up").booleanValue()).isFalse();
        assertThat(told.at("/registration/why").textValue()).isEqualTo("user name or password are wrong");
        edge.send(new ProducerRecord<>(Topics.OUTBOUND_STATES, "t1/edge-1", null)).toCompletableFuture().join();
        Await.until(() -> standing().isEmpty());
    }

    private JsonNode standing() {
        try {
            return call("GET", "/gateways?trunk=standing", "").json().path("gateways");
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
