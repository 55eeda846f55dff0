package dev.trunkline.router.livekit;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One request of a file, recognised by its fields.
 *
 * @param body the rule or the trunk itself
 * @param wildcardBeside whether {@code wildcard: true} stands beside a wrapped rule
 */
record Request(Kind kind, Message body, boolean wildcardBeside) {

    enum Kind {
        WRAPPED_RULE,
        /** The fields of the rule are in the request itself: deprecated. */
        FLAT_RULE,
        TRUNK,
        /** An outbound trunk. */
        OUTBOUND_TRUNK
    }

    /** Objects that look like those that are read here but are something else, by a field that only they have. */
    private static final Map<String, String> OTHERS = Map.of(
            "replace", "this is an Update request: write what it replaces as a Create request, and apply that",
            "update", "this is an Update request: write the whole rule or trunk as a Create request, and apply that",
            "inbound_addresses", "this is a CreateSIPTrunk request, which LiveKit has given up: write {\"trunk\": {\"allowed_addresses\": [...]}}",
            "inbound_numbers_regex", "this is a CreateSIPTrunk request, which LiveKit has given up: write {\"trunk\": {\"numbers\": [...]}}",
            "sip_call_to", "this is a CreateSIPParticipant request, which makes a call: send it to LiveKit, or see POST /calls");

    static List<Request> all(JsonNode root, Remarks remarks) {
        List<Request> requests = new ArrayList<>();
        if (root.isArray()) {
            each(root, "", false, remarks, requests);
        } else if (root.path("items").isArray()) {
            each(root.get("items"), "items", true, remarks, requests);
        } else {
            of(root, "", false, remarks).ifPresent(requests::add);
        }
        return requests;
    }

    private static void each(JsonNode list, String path, boolean listed, Remarks remarks, List<Request> onto) {
        for (int i = 0; i < list.size(); i++) {
            of(list.get(i), path + "[" + i + "]", listed, remarks).ifPresent(onto::add);
        }
    }

    /** @param listed whether it comes from a List answer, which has no wrappers */
    private static Optional<Request> of(JsonNode node, String path, boolean listed, Remarks remarks) {
        Message message = new Message(node, path, remarks);
        if (!node.isObject()) {
            return Optional.empty();
        }
        Optional<String> other = other(node).or(() -> Optional.ofNullable(node.get("trunk")).flatMap(Request::other));
        if (other.isPresent()) {
            remarks.fault(path, other.get());
            return Optional.empty();
        }
        if (has(node, "dispatch_rule")) {
            return message.message("dispatch_rule").map(rule -> {
                boolean wildcard = message.bool("wildcard");
                message.unread().forEach(field -> remarks.warn(
                        field, "stands beside dispatch_rule, and LiveKit does not read it there: it is left out"));
                return new Request(Kind.WRAPPED_RULE, rule, wildcard);
            });
        }
        if (has(node, "trunk")) {
            return message.message("trunk").map(trunk -> {
                message.nothingElse();
                return new Request(trunkKind(node.path("trunk")), trunk, false);
            });
        }
        if (has(node, "rule")) {
            // Only a rule that LiveKit returned has an id, and such a rule is never in the deprecated form.
            boolean answered = listed || has(node, "sip_dispatch_rule_id");
            return Optional.of(new Request(answered ? Kind.WRAPPED_RULE : Kind.FLAT_RULE, message, false));
        }
        if (listed || Stream.of("sip_trunk_id", "address", "allowed_addresses", "allowed_numbers", "auth_username").anyMatch(field -> has(node, field))) {
            return Optional.of(new Request(trunkKind(node), message, false));
        }
        remarks.fault(path, "this is neither a dispatch rule nor a trunk: write {\"dispatch_rule\": {\"rule\": ...}} or {\"trunk\": {...}}");
        return Optional.empty();
    }

    /** Only outbound trunks have an address of their own. */
    private static Kind trunkKind(JsonNode trunk) {
        return has(trunk, "address") ? Kind.OUTBOUND_TRUNK : Kind.TRUNK;
    }

    private static Optional<String> other(JsonNode node) {
        return OTHERS.entrySet().stream()
                .filter(entry -> has(node, entry.getKey()))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    private static boolean has(JsonNode node, String field) {
        return node.hasNonNull(field) || node.hasNonNull(Message.camelCase(field));
    }
}
