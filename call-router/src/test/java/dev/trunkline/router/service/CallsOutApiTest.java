package dev.trunkline.router.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.trunkline.bus.CallEventPublisher;
import dev.trunkline.bus.CallPartition;
import dev.trunkline.bus.KafkaAddress;
import dev.trunkline.bus.TopicTail;
import dev.trunkline.events.Agent;
import dev.trunkline.events.CallId;
import dev.trunkline.events.CallRouted;
import dev.trunkline.events.DialPurpose;
import dev.trunkline.events.Envelope;
import dev.trunkline.events.GatewayState;
import dev.trunkline.events.LiveCall;
import dev.trunkline.events.OrganisationRef;
import dev.trunkline.events.OutboundTrunkState;
import dev.trunkline.events.OutgoingLeg;
import dev.trunkline.events.RateScope;
import dev.trunkline.events.RuleRef;
import dev.trunkline.events.SrtpUse;
import dev.trunkline.events.Topics;
import dev.trunkline.events.TransferCall;
import dev.trunkline.events.TransferFailed;
import dev.trunkline.events.TransferRequested;
import dev.trunkline.events.TransferStarted;
import dev.trunkline.events.TransferWay;
import dev.trunkline.events.TrunkRef;
import dev.trunkline.events.codec.CallEventCodec;
import dev.trunkline.events.codec.Envelopes;
import dev.trunkline.events.codec.EventJson;
import dev.trunkline.events.privacy.CallerSecrets;
import dev.trunkline.events.privacy.DialExtras;
import dev.trunkline.events.privacy.DialTarget;
import dev.trunkline.events.privacy.Pseudonyms;
import dev.trunkline.events.privacy.SealedCallers;
import dev.trunkline.events.privacy.SealedTargets;
import dev.trunkline.events.privacy.Sealer;
import dev.trunkline.events.privacy.SuiteKeys;
import dev.trunkline.events.privacy.TransferTarget;
import dev.trunkline.router.directory.Organisation;
import dev.trunkline.router.snapshot.CurrentDirectory;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Outbound calls and transfers, from a request or an event to the records on Kafka. */
@QuarkusTest
@QuarkusTestResource(RouterSurroundings.class)
class CallsOutApiTest extends WholeService {
    private static final String TARGET = "+32470123456";
    private static final int PARTITIONS = 4;

    @Inject
    CurrentDirectory directory;

    private final KafkaAddress kafka = KafkaAddress.of("127.0.0.1:" + RouterSurroundings.KAFKA_PORT);
    private final Sealer sealer = new Sealer(SuiteKeys.parse("seal", RouterSurroundings.SEAL_KEY), new SecureRandom());
    private final SealedCallers callers = new SealedCallers(sealer);
    private final SealedTargets targets = new SealedTargets(sealer);
    private final Envelopes relay = new Envelopes("/media-relay/relay-1", Clock.systemUTC(), UUID::randomUUID);
    private final List<Envelope> heard = new CopyOnWriteArrayList<>();
    private final List<String> raw = new CopyOnWriteArrayList<>();
    private CallEventPublisher others;
    private TopicTail tail;
    private String bakery;

    @BeforeEach
    void lines() throws Exception {
        others = new CallEventPublisher(kafka, "tests-others");
        tail = new TopicTail(kafka, "tests-calls-out", List.of(Topics.EVENTS, Topics.COMMANDS), new TopicTail.From.Beginning(), message -> {
            raw.add(message.headers() + new String(message.value(), StandardCharsets.UTF_8));
            try {
                CallEventCodec.decode(message).ifPresent(heard::add);
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }).start();
        tail.caughtUp().toCompletableFuture().get(30, TimeUnit.SECONDS);
        JsonNode report = whole("""
                organisations:
                  - name: bakery
                    config: {language: nl, calls_out: {max_concurrent: 3, longest_seconds: 600}}
                    caller_rate: {calls: 7, window_seconds: 60}
                    numbers: [{phone_number: "+3225550801"}, {phone_number: "+3225550802", config_override: {language: fr}}]
                  - name: cinema
                    numbers: [{phone_number: "+3225550901"}]
                  - {name: mute}
                trunks: [{name: pbx, addresses: [127.0.0.9]}]
                outbound_trunks:
                  - {name: carrier, gateways: [{host: sip.carrier.example, port: 5080, transport: tcp, order: 1}, {host: first.carrier.example}],
                     dialling: {country: BE}, codecs: [PCMA], max_concurrent_calls: 30}
                  - {name: of-the-cinema, organisation: cinema, gateways: [{host: cinema.example}], dialling: {country: BE}}
                rules:
                  - {name: counter, organisation: bakery, wildcard: true, type: individual, room_prefix: counter, agents: [{name: baker}]}
                  - {name: box-office, organisation: cinema, wildcard: true, type: individual, room_prefix: seats, agents: [{name: usher}]}
                """);
        long version = report.path("version").longValue();
        Await.until(() -> directory.get().filter(now -> now.version() >= version && now.outbound().size() == 2).isPresent());
        bakery = admin.tokenOf("bakery");
    }

    @AfterEach
    void hangUp() {
        tail.close();
        others.close();
    }

    private Admin.Answer call(String token, String body, String... header) throws Exception {
        var request = Admin.bare("/calls").header("Authorization", "Bearer " + token).POST(BodyPublishers.ofString(body));
        if (header.length == 2) {
            request.header(header[0], header[1]);
        }
        return admin.send(request);
    }

    private Admin.Answer byAdmin(String body) throws Exception {
        return call(RouterSurroundings.ADMIN_TOKEN, body);
    }

    private List<Envelope> of(CallId callId) {
        return heard.stream().filter(envelope -> envelope.callId().equals(callId)).toList();
    }

    private CallRouted routed(Admin.Answer answer) throws Exception {
        assertThat(answer.status()).as(answer.body()).isEqualTo(202);
        CallId callId = CallId.of(answer.json().get("call_id").textValue());
        return (CallRouted) Await.present(() -> of(callId).stream().findFirst()).record();
    }

    @Test
    void whatACallIsToHaveBesidesIsSealedAndTheStricterEncryptionCounts() throws Exception {
        CallRouted call = routed(byAdmin("""
                {"organisation": "bakery", "to": "0470 12 34 56", "display_name": "Bakery", "keys": "12w#", "dial_tone": true, "srtp": "require",
                 "answer_headers": "x", "headers_to_attributes": {"X-Queue": "queue"}, "attributes_to_headers": {"outcome": "X-Outcome"}}"""));
        assertThat(call.participant().orElseThrow().attributesToHeaders()).contains(Map.of("outcome", "X-Outcome"));
        OutgoingLeg leg = call.outgoing().orElseThrow();
        assertThat(leg.srtp()).isEqualTo(SrtpUse.REQUIRE);
        assertThat(targets.dialled(call.callId(), leg.sealedTarget()).extras())
                .isEqualTo(new DialExtras("Bakery", "12w#", true, "x", Map.of("X-Queue", "queue")));
        assertThat(String.join("\n", raw)).doesNotContain("12w#");
        assertThat(routed(byAdmin("{\"organisation\": \"bakery\", \"to\": \"0470 12 34 56\"}")).outgoing().orElseThrow().srtp())
                .isEqualTo(SrtpUse.OFF);
    }

    private OrganisationRef organisation(String name) {
        return directory.get().flatMap(now -> now.organisationNamed(name)).map(Organisation::ref).orElseThrow();
    }

    @Test
    void aCallOutIsRoutedWithAllThatTheOthersNeed() throws Exception {
        Admin.Answer answer = byAdmin("""
                {"organisation": "bakery", "to": "0470 12 34 56", "agents": [{"name": "baker", "metadata": {"order": 17}}, {"name": "second"}],
                 "ringing_seconds": 20, "headers": {"X-Order": "17"}, "metadata": "bread", "attributes": {"order": "17"}, "hide_phone_number": true}""");

        JsonNode told = answer.json();
        assertThat(told.get("trunk").textValue()).isEqualTo("carrier");
        assertThat(told.get("organisation").textValue()).isEqualTo("bakery");
        assertThat(told.get("number").textValue()).isEqualTo("+3225550801");
        assertThat(told.get("emergency").booleanValue()).isFalse();
        assertThat(told.get("trace").findValuesAsText("step")).contains("outbound-trunk", "destination-allowed", "caller-id", "limits-out");

        CallRouted call = routed(answer);
        assertThat(call.room()).isEqualTo(told.get("room").textValue()).matches("out_[a-z0-9]{12}");
        assertThat(call.agents()).containsExactly(new Agent("baker", "{\"order\":17}"), new Agent("second", "bread"));
        assertThat(call.organisation()).isEqualTo(organisation("bakery"));
        assertThat(call.config().get("language").textValue()).isEqualTo("nl");
        assertThat(call.participant()).hasValueSatisfying(participant -> {
            assertThat(participant.metadata()).isEqualTo("bread");
            assertThat(participant.attributes().get("order").textValue()).isEqualTo("17");
            assertThat(participant.hideNumber()).isTrue();
        });
        assertThat(call.limits().callerRate().calls()).isEqualTo(7);
        assertThat(call.limits().callerRate().scope()).isEqualTo(RateScope.ORGANISATION);
        assertThat(call.limits().numberConcurrency()).isEmpty();
        assertThat(call.limits().outgoing()).hasValueSatisfying(limits -> {
            assertThat(limits.organisationConcurrency()).hasValue(3);
            assertThat(limits.organisationHourly()).hasValue(100);
            assertThat(limits.trunkConcurrency()).hasValue(30);
        });
        OutgoingLeg leg = call.outgoing().orElseThrow();
        assertThat(leg.purpose()).isEqualTo(DialPurpose.DIAL);
        assertThat(leg.parent()).isEmpty();
        assertThat(leg.ringingSeconds()).isEqualTo(20);
        assertThat(leg.longestSeconds()).hasValue(600);
        assertThat(leg.codecs()).containsExactly("PCMA");
        assertThat(targets.dialled(call.callId(), leg.sealedTarget()))
                .isEqualTo(new DialTarget(TARGET, "+3225550801", Map.of("X-Order", "17")));
        assertThat(callers.open(call.callId(), call.invite().sealed()))
                .isEqualTo(new CallerSecrets(TARGET, "", call.callId().toString(), Map.of("x-order", "17")));
        assertThat(call.invite().caller()).isEqualTo(new Pseudonyms(new byte[32]).ofNumber(TARGET));
        assertThat(call.invite().trunk().name()).isEqualTo("carrier");
        assertThat(String.join("\n", raw)).doesNotContain("470123456").doesNotContain("470 12 34 56");
    }

    @Test
    void aCallShowsTheNumberThatIsAskedForIfItIsTheOrganisations() throws Exception {
        CallRouted call = routed(byAdmin("{\"organisation\": \"bakery\", \"to\": \"" + TARGET + "\", \"caller_id\": \"+32 2 555 08 02\"}"));

        assertThat(call.number()).isEqualTo("+3225550802");
        assertThat(call.config().get("language").textValue()).isEqualTo("fr");
        Admin.Answer others = byAdmin("{\"organisation\": \"bakery\", \"to\": \"" + TARGET + "\", \"caller_id\": \"+3225550901\"}");
        assertThat(others.status()).isEqualTo(400);
        assertThat(others.json().at("/faults/0/path").textValue()).isEqualTo("caller_id");
        assertThat(byAdmin("{\"organisation\": \"mute\", \"to\": \"" + TARGET + "\"}").status()).isEqualTo(400);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', value = {
        "+33612345678 | 403 | destination-forbidden",
        "+3290012345  | 403 | destination-forbidden",
        "sip:anna@evil.example | 403 | destination-forbidden",
        "1001         | 404 | destination-invalid",
    })
    void aRefusalHasItsReasonAndTrace(String to, int status, String reason) throws Exception {
        Admin.Answer answer = byAdmin("{\"organisation\": \"bakery\", \"to\": \"" + to + "\"}");

        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(answer.type()).startsWith("application/problem+json");
        assertThat(answer.json().get("reason").textValue()).isEqualTo(reason);
        assertThat(answer.json().get("status").intValue()).isEqualTo(status);
        assertThat(answer.json().get("detail").textValue()).isNotBlank();
        assertThat(answer.json().get("trace").findValuesAsText("step")).endsWith(reason);
    }

    @Test
    void whoIsCalledForLiveKitIsNamedAsItSays() throws Exception {
        String names = "{\"organisation\": \"bakery\", \"to\": \"" + TARGET + "\", \"identity\": \"anna\", \"name\": \"Anna\","
                + " \"attributes\": {\"sip.hostname\": \"carrier.example\"}, \"longest_seconds\": 60";
        CallRouted call = routed(byAdmin(names + ", \"sip_call_id\": \"SCL_a1B2c3D4e5F6\", \"sip_trunk_id\": \"ST_a\"}"));

        assertThat(call.participant()).hasValueSatisfying(participant -> {
            assertThat(participant.sipCallId()).contains("SCL_a1B2c3D4e5F6");
            assertThat(participant.sipTrunkId()).contains("ST_a");
            assertThat(participant.attributes().get("sip.hostname").textValue()).isEqualTo("carrier.example");
        });
        assertThat(call.outgoing()).hasValueSatisfying(leg -> assertThat(leg.longestSeconds()).hasValue(60));
        CallerSecrets callee = callers.open(call.callId(), call.invite().sealed());
        assertThat(callee.identity()).contains("anna");
        assertThat(callee.participantName()).contains("Anna");
        assertThat(String.join("\n", raw)).doesNotContain("Anna");

        assertThat(call(bakery, names + ", \"sip_call_id\": \"SCL_a1B2c3D4e5F6\"}").status()).isEqualTo(403);
        assertThat(byAdmin(names + ", \"sip_call_id\": \"SCL a\"}").json().at("/faults/0/path").textValue()).isEqualTo("sip_call_id");
    }

    @Test
    void anEmergencyCallIsMarked() throws Exception {
        CallRouted call = routed(byAdmin("{\"organisation\": \"bakery\", \"to\": \"112\", \"longest_seconds\": 60}"));

        assertThat(call.outgoing()).hasValueSatisfying(leg -> {
            assertThat(leg.emergency()).isTrue();
            assertThat(leg.longestSeconds()).isEmpty();
        });
        assertThat(call.limits().outgoing()).hasValueSatisfying(limits -> assertThat(limits.emergency()).isTrue());
    }

    @Test
    void aRequestThatIsRepeatedUnderItsKeyMakesNoSecondCall() throws Exception {
        String body = "{\"organisation\": \"bakery\", \"to\": \"" + TARGET + "\"}";
        String key = "order-" + UUID.randomUUID();
        Admin.Answer first = call(bakery, body, "Idempotency-Key", key);
        Admin.Answer second = call(bakery, body, "Idempotency-Key", key);
        Admin.Answer other = call(bakery, body, "Idempotency-Key", key + "b");
        Admin.Answer cinemas = call(admin.tokenOf("cinema"), "{\"to\": \"" + TARGET + "\"}", "Idempotency-Key", key);

        CallId callId = routed(first).callId();
        assertThat(second.json().get("call_id")).isEqualTo(first.json().get("call_id"));
        assertThat(second.json().get("room")).isEqualTo(first.json().get("room"));
        assertThat(other.json().get("call_id")).isNotEqualTo(first.json().get("call_id"));
        assertThat(cinemas.json().get("call_id")).isNotEqualTo(first.json().get("call_id"));
        // Published after everything else about the call.
        var last = new TransferFailed(
                callId, "t-0", Optional.empty(), Optional.empty(), OptionalInt.empty(), "The last word of this test.", List.of());
        others.publish(relay.first(last, Envelope.Owners.NONE)).toCompletableFuture().join();
        Await.until(() -> of(callId).stream().anyMatch(envelope -> envelope.record() instanceof TransferFailed));
        assertThat(of(callId)).hasSize(2);
        assertThat(call(bakery, body, "Idempotency-Key", "k".repeat(256)).status()).isEqualTo(400);
    }

    @Test
    void aTenantCallsForItsOwnOrganisationIntoItsOwnRoomsWithItsOwnAgents() throws Exception {
        CallRouted call = routed(call(bakery, "{\"to\": \"" + TARGET + "\", \"room\": \"bakery-17\", \"agents\": [{\"name\": \"baker\"}]}"));
        assertThat(call.room()).isEqualTo("bakery-17");
        assertThat(call.organisation().name()).isEqualTo("bakery");
        assertThat(routed(call(bakery, "{\"to\": \"" + TARGET + "\", \"room\": \"counter_0123_abc\"}")).room()).isEqualTo("counter_0123_abc");

        assertThat(call(bakery, "{\"to\": \"" + TARGET + "\", \"organisation\": \"cinema\"}").status()).isEqualTo(404);
        assertThat(call(bakery, "{\"to\": \"" + TARGET + "\", \"room\": \"cinema-17\"}").status()).isEqualTo(403);
        assertThat(call(bakery, "{\"to\": \"" + TARGET + "\", \"room\": \"seats_0123_abc\"}").status()).isEqualTo(403);
        assertThat(call(bakery, "{\"to\": \"" + TARGET + "\", \"agents\": [{\"name\": \"usher\"}]}").status()).isEqualTo(403);
        assertThat(call(bakery, "{\"to\": \"" + TARGET + "\", \"caller_id\": \"+3225550901\"}").status()).isEqualTo(400);
        Admin.Answer others = call(bakery, "{\"to\": \"" + TARGET + "\", \"trunk\": \"of-the-cinema\"}");
        assertThat(others.status()).isEqualTo(404);
        assertThat(others.json().get("reason").textValue()).isEqualTo("no-outbound-trunk");
        assertThat(admin.send(Admin.bare("/calls").POST(BodyPublishers.ofString("{}"))).status()).isEqualTo(401);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', value = {
        "{\"organisation\": \"bakery\"} | to",
        "{\"organisation\": \"bakery\", \"to\": 32470123456} | to",
        "{\"organisation\": \"bakery\", \"to\": \"1\", \"ringing_seconds\": 0} | ringing_seconds",
        "{\"organisation\": \"bakery\", \"to\": \"1\", \"headers\": {\"From\": \"x\"}} | headers",
        "{\"organisation\": \"bakery\", \"to\": \"1\", \"keys\": \"12x\"} | keys",
        "{\"organisation\": \"bakery\", \"to\": \"1\", \"srtp\": \"always\"} | srtp",
        "{\"organisation\": \"bakery\", \"to\": \"1\", \"answer_headers\": \"some\"} | answer_headers",
        "{\"organisation\": \"bakery\", \"to\": \"1\", \"headers_to_attributes\": {\"X-A\": \"sip.callStatus\"}} | headers_to_attributes.X-A",
        "{\"organisation\": \"bakery\", \"to\": \"1\", \"headers\": {\"X-A\": \"x\\r\\nVia: y\"}} | headers.X-A",
        "{\"organisation\": \"bakery\", \"to\": \"1\", \"attributes_to_headers\": {\"a\": \"Reason\"}} | attributes_to_headers.a",
        "{\"organisation\": \"bakery\", \"to\": \"1\", \"attributes\": {\"sip.callID\": \"x\"}} | attributes.sip.callID",
        "{\"organisation\": \"bakery\", \"to\": \"1\", \"colour\": \"red\"} | colour",
    })
    void whatIsWrittenWronglyIsNamedByItsField(String body, String field) throws Exception {
        Admin.Answer answer = byAdmin(body.replace("\"\"", "\""));

        assertThat(answer.status()).as(answer.body()).isEqualTo(400);
        assertThat(answer.json().findValuesAsText("path")).contains(field);
    }

    @Test
    void anOrganisationMustBeNamedByAnAdminAndThere() throws Exception {
        assertThat(byAdmin("{\"to\": \"" + TARGET + "\"}").status()).isEqualTo(400);
        assertThat(byAdmin("{\"organisation\": \"nobody\", \"to\": \"" + TARGET + "\"}").status()).isEqualTo(404);
        assertThat(byAdmin("[]").status()).isEqualTo(400);
    }

    @Test
    void anExplanationSaysWhichTrunkAndGatewaysAndWhy() throws Exception {
        String trunkId = directory.get().orElseThrow().outbound().getFirst().id();
        Instant now = Instant.now();
        var state = new OutboundTrunkState("edge-1", new TrunkRef(trunkId, "carrier"),
                List.of(
                        new GatewayState("first.carrier.example", false, OptionalInt.of(408), OptionalInt.empty(), now),
                        new GatewayState("sip.carrier.example:5080;transport=tcp", true, OptionalInt.of(200), OptionalInt.of(3), now)),
                Optional.empty(), now);
        others.send(new ProducerRecord<>(Topics.OUTBOUND_STATES, trunkId + "/edge-1", EventJson.MAPPER.writeValueAsBytes(state)))
                .toCompletableFuture().join();
        Await.until(() -> explained(RouterSurroundings.ADMIN_TOKEN, "{\"organisation\": \"bakery\", \"to\": \"0470 12 34 56\"}")
                .at("/gateways/0/up").isBoolean());

        JsonNode told = explained(RouterSurroundings.ADMIN_TOKEN, "{\"organisation\": \"bakery\", \"to\": \"0470 12 34 56\"}");
        assertThat(told.get("outcome").textValue()).isEqualTo("dialled");
        assertThat(told.get("trunk").textValue()).isEqualTo("carrier");
        assertThat(told.get("dialled").textValue()).isEqualTo(TARGET);
        assertThat(told.get("shown").textValue()).isEqualTo("+3225550801");
        assertThat(told.get("gateways").findValuesAsText("host")).containsExactly("first.carrier.example", "sip.carrier.example");
        assertThat(told.at("/gateways/0/up").booleanValue()).isFalse();
        assertThat(told.at("/gateways/1/up").booleanValue()).isTrue();

        JsonNode tenants = explained(bakery, "{\"to\": \"0470 12 34 56\"}");
        assertThat(tenants.get("trunk").textValue()).isEqualTo("carrier");
        assertThat(tenants.toString()).doesNotContain("carrier.example");
        JsonNode refused = explained(bakery, "{\"to\": \"+33612345678\"}");
        assertThat(refused.get("outcome").textValue()).isEqualTo("refused");
        assertThat(refused.get("reason").textValue()).isEqualTo("destination-forbidden");
        assertThat(refused.get("trace").findValuesAsText("step")).endsWith("destination-forbidden");
        assertThat(admin.call(bakery, "POST", "/dialling/explain", "{\"to\": \"1\", \"organisation\": \"cinema\"}").status()).isEqualTo(404);
        assertThat(admin.send(Admin.bare("/dialling/explain").POST(BodyPublishers.ofString("{}"))).status()).isEqualTo(401);
        others.send(new ProducerRecord<>(Topics.OUTBOUND_STATES, trunkId + "/edge-1", null)).toCompletableFuture().join();
    }

    private JsonNode explained(String token, String body) {
        try {
            Admin.Answer answer = admin.call(token, "POST", "/dialling/explain", body);
            assertThat(answer.status()).as(answer.body()).isEqualTo(200);
            return answer.json();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aTransferOfALiveCallIsPassedOnToItsRelay() throws Exception {
        CallId callId = live("bakery", "+3225550801");
        String body = "{\"to\": \"0470 12 34 56\", \"trunk\": \"carrier\", \"way\": \"refer-first\", \"agents_stay\": true, \"ringing_seconds\": 20}";
        Await.until(() -> transfer(bakery, callId.toString(), body).status() == 202);

        Admin.Answer answer = transfer(bakery, callId.toString(), body);

        TransferCall command = (TransferCall) Await.present(() -> of(callId).stream()
                        .filter(envelope -> envelope.record() instanceof TransferCall said
                                && said.transfer().equals(answer.json().get("transfer").textValue()))
                        .findFirst())
                .record();
        assertThat(answer.json().get("call_id").textValue()).isEqualTo(callId.toString());
        assertThat(targets.transfer(callId, command.sealedTarget()).to()).isEqualTo("0470 12 34 56");
        assertThat(command.outboundTrunk()).contains("carrier");
        assertThat(command.way()).contains(TransferWay.REFER_FIRST);
        assertThat(command.agentsStay()).isTrue();
        assertThat(command.ringingSeconds()).hasValue(20);
        assertThat(command.requestedBy()).isEqualTo("api");

        assertThat(transfer(admin.tokenOf("cinema"), callId.toString(), body).status()).isEqualTo(404);
        assertThat(transfer(RouterSurroundings.ADMIN_TOKEN, callId.toString(), body).status()).isEqualTo(202);
        assertThat(transfer(bakery, UUID.randomUUID().toString(), body).status()).isEqualTo(404);
        assertThat(transfer(bakery, "seventeen", body).status()).isEqualTo(404);
        assertThat(transfer(bakery, callId.toString(), "{}").status()).isEqualTo(400);
        assertThat(transfer(bakery, callId.toString(), "{\"to\": \"1\", \"way\": \"by-foot\"}").json().at("/faults/0/path").textValue())
                .isEqualTo("way");
        over(callId);
    }

    @Test
    void aTransferThatIsRepeatedUnderItsKeyIsOneTransfer() throws Exception {
        CallId callId = live("bakery", "+3225550801");
        String body = "{\"to\": \"" + TARGET + "\"}";
        Await.until(() -> transfer(bakery, callId.toString(), body).status() == 202);

        Admin.Answer first = admin.send(Admin.bare("/calls/" + callId + "/transfer").header("Authorization", "Bearer " + bakery)
                .header("Idempotency-Key", "k").POST(BodyPublishers.ofString(body)));
        Admin.Answer second = admin.send(Admin.bare("/calls/" + callId + "/transfer").header("Authorization", "Bearer " + bakery)
                .header("Idempotency-Key", "k").POST(BodyPublishers.ofString(body)));

        assertThat(first.status()).isEqualTo(202);
        assertThat(second.json()).isEqualTo(first.json());
        over(callId);
    }

    private Admin.Answer transfer(String token, String callId, String body) {
        try {
            return admin.call(token, "POST", "/calls/" + callId + "/transfer", body);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private CallId live(String organisation, String number) throws Exception {
        CallId callId = new CallId(UUID.randomUUID());
        var trunk = directory.get().orElseThrow().trunkNamed("pbx").orElseThrow().trunk();
        var call = new LiveCall(callId, organisation(organisation), number, trunk.ref(), Optional.empty(), Optional.empty(), Instant.now());
        others.send(new ProducerRecord<>(Topics.LIVE_CALLS, callId.toString(), EventJson.MAPPER.writeValueAsBytes(call)))
                .toCompletableFuture().join();
        return callId;
    }

    private void over(CallId callId) {
        others.send(new ProducerRecord<>(Topics.LIVE_CALLS, callId.toString(), null)).toCompletableFuture().join();
    }

    @Test
    void aRelaysWishIsFollowedByALegInThePartitionOfItsParentAndOnlyOne() throws Exception {
        for (int each = 0; each < 6; each++) {
            CallId parent = new CallId(UUID.randomUUID());
            Envelope wish = relay.first(wish(parent, TARGET, Optional.empty()), Envelope.Owners.edge("edge-1").withRelay("relay-1"));
            others.publish(wish).toCompletableFuture().join();
            others.publish(wish).toCompletableFuture().join();

            Await.until(() -> of(parent).stream().filter(envelope -> envelope.record() instanceof TransferStarted).count() == 2);
            List<Envelope> started = of(parent).stream().filter(envelope -> envelope.record() instanceof TransferStarted).toList();
            assertThat(started.get(0).id()).isEqualTo(started.get(1).id());
            assertThat(started.get(0).record()).isEqualTo(started.get(1).record());
            CallId leg = ((TransferStarted) started.getFirst().record()).leg().orElseThrow();
            assertThat(CallPartition.of(leg.toString(), PARTITIONS)).isEqualTo(CallPartition.of(parent.toString(), PARTITIONS));
            Await.until(() -> of(leg).size() == 2);
            assertThat(of(leg).get(0).id()).isEqualTo(of(leg).get(1).id());
            CallRouted route = (CallRouted) of(leg).getFirst().record();
            assertThat(route.room()).isEqualTo("counter_1");
            assertThat(route.outgoing().flatMap(OutgoingLeg::parent)).contains(parent);
        }
    }

    @Test
    void aForbiddenTransferFailsWithItsTrace() throws Exception {
        CallId parent = new CallId(UUID.randomUUID());
        others.publish(relay.first(wish(parent, TARGET, Optional.of("of-the-cinema")), Envelope.Owners.NONE)).toCompletableFuture().join();

        TransferFailed failed = (TransferFailed) Await.present(() -> of(parent).stream()
                        .filter(envelope -> envelope.record() instanceof TransferFailed).findFirst())
                .record();
        assertThat(failed.transfer()).isEqualTo("t-1");
        assertThat(failed.trace().getLast().step()).isEqualTo("no-outbound-trunk");
    }

    private TransferRequested wish(CallId parent, String to, Optional<String> trunk) {
        return new TransferRequested(
                parent, "t-1", "relay-1", organisation("bakery"), "+3225550801", new RuleRef("r", "counter"), "counter_1",
                new TrunkRef("pbx-id", "pbx"), Optional.empty(), callers.seal(parent, new CallerSecrets("+32470000000", "", "", Map.of())),
                targets.seal(parent, new TransferTarget(to)), trunk, Optional.empty(), false, OptionalInt.empty(), "agent", Optional.empty(), Optional.empty());
    }
}
