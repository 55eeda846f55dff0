package dev.trunkline.events.contract;

import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trunkline.events.CallId;
import dev.trunkline.events.codec.EventJson;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;

/** The JSON form of a record, in the terms of {@link ContractLock}. */
final class RecordShape {
    /**
     * Fields that are not required although they are not {@code Optional}: if they are missing, they are read as an
     * empty list.
     */
    private static final Set<String> EMPTY_IF_MISSING = Set.of(
            "Trunk.headersToRoom", "Trunk.internationalPrefixes", "Trunk.nationalPrefixes", "Trunk.calledFrom",
            "Trunk.callerFrom", "Trunk.numbers", "Trunk.transports", "CallRouted.fallback", "CallRejected.counts",
            "AgentUnavailable.fallback", "OutboundTrunk.codecs");
    private static final Map<Type, String> NAMES = Map.ofEntries(
            Map.entry(String.class, "string"),
            Map.entry(int.class, "integer:int32"),
            Map.entry(long.class, "integer:int64"),
            Map.entry(double.class, "number:double"),
            Map.entry(boolean.class, "boolean"),
            Map.entry(Boolean.class, "boolean"),
            Map.entry(OptionalInt.class, "integer:int32"),
            Map.entry(OptionalLong.class, "integer:int64"),
            Map.entry(Instant.class, "string:date-time"),
            Map.entry(CallId.class, "CallId"),
            Map.entry(java.util.UUID.class, "string:uuid"),
            Map.entry(ObjectNode.class, "object"));

    private RecordShape() {}

    static Map<String, ContractLock.Field> of(Class<?> type) {
        Map<String, ContractLock.Field> fields = new TreeMap<>();
        for (RecordComponent component : type.getRecordComponents()) {
            boolean optional = component.getType() == Optional.class
                    || component.getType() == OptionalInt.class
                    || component.getType() == OptionalLong.class
                    || EMPTY_IF_MISSING.contains(type.getSimpleName() + "." + component.getName());
            fields.put(component.getName(), new ContractLock.Field(nameOf(component.getGenericType()), !optional));
        }
        return fields;
    }

    private static String nameOf(Type type) {
        if (NAMES.containsKey(type)) {
            return NAMES.get(type);
        }
        if (type instanceof ParameterizedType generic && generic.getRawType() == Map.class) {
            return "object";
        }
        if (type instanceof ParameterizedType generic) {
            String argument = nameOf(generic.getActualTypeArguments()[0]);
            return generic.getRawType() == List.class ? "array of " + argument : argument;
        }
        if (type instanceof Class<?> named && (named.isRecord() || named.isEnum())) {
            return named.getSimpleName();
        }
        throw new AssertionError("say in RecordShape what " + type + " is in JSON");
    }

    /** Returns the constants of an enum as they appear in JSON. */
    static List<String> valuesOf(Class<?> type) {
        boolean coded = Arrays.stream(type.getMethods()).anyMatch(method -> method.isAnnotationPresent(JsonValue.class));
        if (!coded) {
            throw new AssertionError(type + " needs a @JsonValue: a Java name is no contract");
        }
        return Arrays.stream(type.getEnumConstants())
                .map(constant -> EventJson.MAPPER.valueToTree(constant).asText())
                .toList();
    }
}
