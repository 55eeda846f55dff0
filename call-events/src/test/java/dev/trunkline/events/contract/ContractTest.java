package dev.trunkline.events.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trunkline.events.AnswerPolicy;
import dev.trunkline.events.CallCommand;
import dev.trunkline.events.CallDirection;
import dev.trunkline.events.CallEvent;
import dev.trunkline.events.CallId;
import dev.trunkline.events.CallMessage;
import dev.trunkline.events.CallPurpose;
import dev.trunkline.events.CallerIdPlace;
import dev.trunkline.events.DialPurpose;
import dev.trunkline.events.EndReason;
import dev.trunkline.events.Envelope;
import dev.trunkline.events.FallbackKind;
import dev.trunkline.events.JoinStep;
import dev.trunkline.events.LiveCall;
import dev.trunkline.events.MediaFrom;
import dev.trunkline.events.MessageEnd;
import dev.trunkline.events.MessageGone;
import dev.trunkline.events.NumberForm;
import dev.trunkline.events.OutboundTrunk;
import dev.trunkline.events.OutboundTrunkState;
import dev.trunkline.events.RateScope;
import dev.trunkline.events.RefusalReason;
import dev.trunkline.events.RelayHeartbeat;
import dev.trunkline.events.RelayState;
import dev.trunkline.events.SrtpUse;
import dev.trunkline.events.Topics;
import dev.trunkline.events.TransferWay;
import dev.trunkline.events.Trunk;
import dev.trunkline.events.WaitFor;
import dev.trunkline.events.WarmRooms;
import dev.trunkline.events.WhenAgentLeaves;
import dev.trunkline.events.codec.CallEventCodec;
import dev.trunkline.events.codec.EventJson;
import dev.trunkline.events.codec.EventTypes;
import dev.trunkline.events.codec.UnreadableEventException;
import dev.trunkline.events.contract.Goldens.Golden;
import dev.trunkline.events.privacy.SealKeys;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Checks that the records, {@code asyncapi.yaml} and the golden examples agree. */
class ContractTest {
    private static final AsyncApi API = AsyncApi.read();
    private static final ContractLock DOCUMENT = ContractLock.of(API);
    private static final List<Class<?>> ENUMS =
            List.of(AnswerPolicy.class, MediaFrom.class, RateScope.class, CallerIdPlace.class, NumberForm.class, SrtpUse.class, FallbackKind.class, RefusalReason.class, EndReason.class,
                    RelayState.class, CallDirection.class, CallPurpose.class, WhenAgentLeaves.class, MessageEnd.class, MessageGone.class,
                    WaitFor.class, DialPurpose.class, TransferWay.class, JoinStep.class);
    /** Schemas that do not describe a record. */
    private static final Set<String> NO_RECORD = Set.of("Headers");
    private static final Set<String> KEYWORDS = Set.of(
            "$ref", "type", "format", "description", "examples", "const", "pattern", "minimum", "maximum", "items",
            "properties", "required", "enum");

    static Stream<Golden> events() {
        return Goldens.events();
    }

    static Stream<Golden> trunks() {
        return Goldens.trunks();
    }

    @Test
    void everyRecordHasItsTypeAndMessage() {
        Set<Class<?>> records = new HashSet<>(List.of(CallEvent.class.getPermittedSubclasses()));
        records.addAll(List.of(CallCommand.class.getPermittedSubclasses()));
        assertThat(EventTypes.all().keySet()).isEqualTo(records);
        Map<String, String> expected = EventTypes.all().entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getValue, entry -> entry.getKey().getSimpleName()));
        assertThat(API.schemaOfType()).isEqualTo(expected);
    }

    @Test
    void everyRecordIsItsSchema() {
        Map<String, Class<?>> records = reachable();
        records.forEach((name, type) -> assertThat(DOCUMENT.schemas().get(name))
                .as("fields of %s in asyncapi.yaml, against the record", name)
                .isEqualTo(RecordShape.of(type)));
        Set<String> schemas = new TreeSet<>(DOCUMENT.schemas().keySet());
        schemas.removeAll(NO_RECORD);
        assertThat(schemas).isEqualTo(new TreeSet<>(records.keySet()));
    }

    @Test
    void everyEnumHasItsValues() {
        assertThat(DOCUMENT.enums().keySet())
                .isEqualTo(ENUMS.stream().map(Class::getSimpleName).collect(Collectors.toSet()));
        for (Class<?> type : ENUMS) {
            assertThat(DOCUMENT.enums().get(type.getSimpleName()))
                    .as(type.getSimpleName())
                    .isEqualTo(RecordShape.valuesOf(type));
        }
    }

    @Test
    void reasonsAreExplainedWithTheirStatus() {
        String refusals = API.schema("RefusalReason").path("description").asText();
        for (RefusalReason reason : RefusalReason.values()) {
            String retry = reason.retryAfterSeconds().isPresent() ? ", Retry-After" : "";
            assertThat(refusals).contains("`%s` (%d%s)".formatted(reason.code(), reason.status(), retry));
        }
        String ends = API.schema("EndReason").path("description").asText();
        for (EndReason reason : EndReason.values()) {
            assertThat(ends).contains("`" + reason.code() + "`");
        }
    }

    @Test
    void everyFieldIsDescribedInWordsThatTheDocumentKnows() {
        API.schemas().properties().forEach(schema -> {
            assertThat(schema.getValue().path("description").asText()).as(schema.getKey()).isNotBlank();
            assertThat(KEYWORDS).as(schema.getKey()).containsAll(names(schema.getValue()));
            schema.getValue().path("properties").properties().forEach(property -> {
                String where = schema.getKey() + "." + property.getKey();
                assertThat(KEYWORDS).as(where).containsAll(names(property.getValue()));
                assertThat(property.getValue().has("$ref") || property.getValue().hasNonNull("description"))
                        .as("%s has a description", where)
                        .isTrue();
            });
        });
    }

    @Test
    void theChannelsAreTheTopics() {
        Map<String, JsonNode> channels = new TreeMap<>();
        API.document().path("channels").forEach(channel -> channels.put(channel.path("address").asText(), channel));
        assertThat(channels.keySet())
                .isEqualTo(Set.of(Topics.EVENTS, Topics.COMMANDS, Topics.TRUNKS, Topics.RELAYS, Topics.LIVE_CALLS,
                        Topics.OUTBOUND_TRUNKS, Topics.OUTBOUND_STATES, Topics.WARM_POOLS, Topics.SOUNDS, Topics.CALL_MESSAGES, Topics.DEAD_LETTERS));
        Map<String, String> topics = new TreeMap<>();
        EventTypes.all().keySet().forEach(type -> topics.put(
                type.getSimpleName(), CallCommand.class.isAssignableFrom(type) ? Topics.COMMANDS : Topics.EVENTS));
        topics.forEach((message, topic) -> assertThat(messagesOf(channels.get(topic))).contains(message));
        assertThat(messagesOf(channels.get(Topics.TRUNKS))).containsExactly("Trunk");
    }

    @Test
    void everyTypeHasAnExample() {
        assertThat(events().map(Golden::ceType)).containsAll(EventTypes.all().values());
        assertThat(events()).allSatisfy(golden -> assertThat(golden.file()).startsWith(golden.ceType()));
    }

    @ParameterizedTest
    @MethodSource("events")
    void anExampleIsWhatTheDocumentSays(Golden golden) {
        assertThat(API.faults(API.schema(API.schemaOfType().get(golden.ceType())), golden.data())).isEmpty();
        assertThat(API.faults(API.headersOf(golden.ceType()), golden.headers())).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("events")
    void anExampleGoesThroughTheRecordsUnchanged(Golden golden) throws Exception {
        Envelope envelope = CallEventCodec.decode(golden.message()).orElseThrow();
        ProducerRecord<String, byte[]> again = CallEventCodec.encode(envelope);
        assertThat(EventJson.MAPPER.readTree(again.value())).isEqualTo(golden.data());
        Map<String, String> headers = new TreeMap<>();
        again.headers().forEach(header ->
                headers.put(header.key(), new String(header.value(), StandardCharsets.UTF_8)));
        assertThat(EventJson.MAPPER.<JsonNode>valueToTree(headers)).isEqualTo(golden.headers());
        assertThat(again.key()).isEqualTo(golden.headers().path("ce_subject").asText());
    }

    @ParameterizedTest
    @MethodSource("events")
    void aMissingRequiredFieldIsUnreadableAndAMissingOptionalOneIsNot(Golden golden) throws Exception {
        String schema = API.schemaOfType().get(golden.ceType());
        for (Map.Entry<String, ContractLock.Field> field : DOCUMENT.schemas().get(schema).entrySet()) {
            ObjectNode data = golden.data().deepCopy();
            if (data.remove(field.getKey()) == null) {
                continue;
            }
            if (field.getValue().required()) {
                assertThatThrownBy(() -> CallEventCodec.decode(golden.message(data)))
                        .as("without " + field.getKey())
                        .isInstanceOf(UnreadableEventException.class);
            } else {
                assertThat(CallEventCodec.decode(golden.message(data))).as("without " + field.getKey()).isPresent();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("events")
    void aNewerSendersFieldIsPassedOver(Golden golden) throws Exception {
        ObjectNode data = golden.data().deepCopy();
        data.putObject("addedLater").put("x", 1);
        assertThat(CallEventCodec.decode(golden.message(data)).orElseThrow().record())
                .isEqualTo(CallEventCodec.decode(golden.message()).orElseThrow().record());
    }

    @ParameterizedTest
    @MethodSource("trunks")
    void aTrunkIsWhatTheDocumentSays(Golden golden) throws Exception {
        assertThat(API.faults(API.schema("Trunk"), golden.json())).isEmpty();
        Trunk trunk = EventJson.MAPPER.treeToValue(golden.json(), Trunk.class);
        assertThat(EventJson.MAPPER.<JsonNode>valueToTree(trunk)).isEqualTo(golden.json());
    }

    @Test
    void aRelaysHeartbeatIsWhatTheDocumentSays() throws Exception {
        Golden golden = Goldens.relay();
        assertThat(API.faults(API.schema("RelayHeartbeat"), golden.json())).isEmpty();
        RelayHeartbeat heartbeat = EventJson.MAPPER.treeToValue(golden.json(), RelayHeartbeat.class);
        assertThat(EventJson.MAPPER.<JsonNode>valueToTree(heartbeat)).isEqualTo(golden.json());
        assertThat(messagesOf(API.document().path("channels").path("relays"))).containsExactly("RelayHeartbeat");
    }

    @Test
    void aMessageOfACallIsWhatTheDocumentSays() throws Exception {
        Golden golden = Goldens.callMessage();
        assertThat(API.faults(API.schema("CallMessage"), golden.json())).isEmpty();
        CallMessage message = EventJson.MAPPER.treeToValue(golden.json(), CallMessage.class);
        assertThat(EventJson.MAPPER.<JsonNode>valueToTree(message)).isEqualTo(golden.json());
        assertThat(messagesOf(API.document().path("channels").path("callMessages"))).containsExactly("CallMessage");
    }

    @Test
    void aLiveCallIsWhatTheDocumentSays() throws Exception {
        Golden golden = Goldens.liveCall();
        assertThat(API.faults(API.schema("LiveCall"), golden.json())).isEmpty();
        LiveCall call = EventJson.MAPPER.treeToValue(golden.json(), LiveCall.class);
        assertThat(EventJson.MAPPER.<JsonNode>valueToTree(call)).isEqualTo(golden.json());
        assertThat(messagesOf(API.document().path("channels").path("liveCalls"))).containsExactly("LiveCall");
    }

    @Test
    void outboundTrunksAndTheirStatesAreWhatTheDocumentSays() throws Exception {
        goesThrough("outbound-trunk.json", "OutboundTrunk", OutboundTrunk.class);
        goesThrough("outbound-trunk.minimal.json", "OutboundTrunk", OutboundTrunk.class);
        goesThrough("outbound-state.json", "OutboundTrunkState", OutboundTrunkState.class);
        assertThat(messagesOf(API.document().path("channels").path("outboundTrunks"))).containsExactly("OutboundTrunk");
        assertThat(messagesOf(API.document().path("channels").path("outboundStates"))).containsExactly("OutboundTrunkState");
    }

    private static void goesThrough(String file, String schema, Class<?> type) throws Exception {
        Golden golden = Goldens.named(file);
        assertThat(API.faults(API.schema(schema), golden.json())).isEmpty();
        assertThat(EventJson.MAPPER.<JsonNode>valueToTree(EventJson.MAPPER.treeToValue(golden.json(), type))).isEqualTo(golden.json());
    }

    /** While the seal key is changed, two keys are known, and seals have another form. */
    @Test
    void sealsOfEitherFormAreWhatTheDocumentSays() {
        byte[] key = new byte[32];
        byte[] other = new byte[32];
        other[0] = 1;
        CallId call = new CallId(UUID.randomUUID());
        for (Optional<byte[]> also : List.of(Optional.<byte[]>empty(), Optional.of(other))) {
            String sealed = new SealKeys(key, also).sealer(new SecureRandom()).seal(call, new byte[300]);
            for (String field : List.of("InviteReceived/properties/sealed", "CallAnswered/properties/sealedDialog", "CallAnswered/properties/sealedAnswer")) {
                assertThat(API.faults(API.schemas().at("/" + field), EventJson.MAPPER.valueToTree(sealed))).as(field).isEmpty();
            }
        }
    }

    @Test
    void roomsThatAreToWaitAreWhatTheDocumentSays() throws Exception {
        goesThrough("warm-rooms.json", "WarmRooms", WarmRooms.class);
        assertThat(messagesOf(API.document().path("channels").path("warmPools"))).containsExactly("WarmRooms");
    }

    /** The only phone numbers in clear text are those of the suite's organisations. */
    @Test
    void noExampleHoldsACallersNumber() {
        Pattern number = Pattern.compile("\\+\\d{6,15}");
        assertThat(Goldens.all()).allSatisfy(golden -> assertThat(number.matcher(golden.text()).results()
                        .map(match -> match.group()))
                .isSubsetOf("+3225550100", "+3225550101"));
        assertThat(Goldens.all()).noneSatisfy(golden -> assertThat(golden.text()).contains("4350352"));
    }

    /** Returns every record that can occur in a message, by name. */
    private static Map<String, Class<?>> reachable() {
        Map<String, Class<?>> found = new TreeMap<>();
        Stream.concat(EventTypes.all().keySet().stream(), Stream.of(
                        Trunk.class, RelayHeartbeat.class, LiveCall.class, OutboundTrunk.class, OutboundTrunkState.class,
                        WarmRooms.class, CallMessage.class))
                .forEach(type -> collect(type, found));
        return found;
    }

    private static void collect(Class<?> type, Map<String, Class<?>> found) {
        if (!type.isRecord() || type.getRecordComponents().length == 0
                || type == dev.trunkline.events.CallId.class
                || found.put(type.getSimpleName(), type) != null) {
            return;
        }
        for (var component : type.getRecordComponents()) {
            if (component.getGenericType() instanceof java.lang.reflect.ParameterizedType generic) {
                // Maps contain no records.
                if (generic.getActualTypeArguments()[0] instanceof Class<?> argument) {
                    collect(argument, found);
                }
            } else {
                collect(component.getType(), found);
            }
        }
    }

    private static Set<String> messagesOf(JsonNode channel) {
        return channel.path("messages").properties().stream()
                .map(message -> AsyncApi.lastOf(message.getValue().path("$ref").asText()))
                .collect(Collectors.toSet());
    }

    private static Set<String> names(JsonNode node) {
        return node.properties().stream().map(Map.Entry::getKey).collect(Collectors.toSet());
    }
}
