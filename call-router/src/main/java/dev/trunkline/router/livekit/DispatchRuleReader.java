package dev.trunkline.router.livekit;

import dev.trunkline.events.Agent;
import dev.trunkline.router.livekit.LiveKitRule.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads LiveKit's SIPDispatchRuleInfo, and the deprecated fields of CreateSIPDispatchRuleRequest. */
final class DispatchRuleReader {
    private static final String WHAT_TO_WRITE =
            "write {\"dispatch_rule_individual\": {\"room_prefix\": \"call\"}}, or dispatch_rule_direct with a room_name, or"
                    + " dispatch_rule_callee with a room_prefix";
    private static final String DEFAULT_PREFIX = "call";

    private final TrunkNames trunks;
    private final Set<String> names = new HashSet<>();

    DispatchRuleReader(TrunkNames trunks) {
        this.trunks = trunks;
    }

    /**
     * Reads the wrapped form.
     *
     * @param wildcardBeside whether {@code wildcard: true} stands beside the rule
     */
    Optional<LiveKitRule> wrapped(Message rule, boolean wildcardBeside) {
        List<String> called = rule.texts("numbers");
        List<String> callers = rule.texts("inbound_numbers");
        rule.notCarried("krisp_enabled", "voice isolation is not offered here: let the agent do it, for example by its noise cancellation option");
        MediaSettings.ofRule(rule);
        rule.passOver("sip_dispatch_rule_id", "created_at", "updated_at");
        return read(rule, called, callers, wildcardBeside);
    }

    /** Reads the deprecated form, whose {@code inbound_numbers} are the dialled numbers. */
    Optional<LiveKitRule> flat(Message request) {
        List<String> called = request.texts("inbound_numbers");
        if (request.has("numbers")) {
            request.fault("numbers", "stands only in the wrapped form, where inbound_numbers are the callers:"
                    + " write {\"dispatch_rule\": {\"rule\": ..., \"numbers\": [dialled], \"inbound_numbers\": [callers]}}");
        } else if (!called.isEmpty()) {
            request.warn("inbound_numbers", "the rule is in the deprecated flat form, which describes inbound_numbers as the DIALLED"
                    + " numbers: they became `numbers` here. Some LiveKit servers compare them with the caller instead; if"
                    + " callers are meant, write {\"dispatch_rule\": {\"rule\": ..., \"inbound_numbers\": [...]}}");
        } else {
            request.warn("rule", "the rule is in the deprecated flat form; write {\"dispatch_rule\": {\"rule\": ...}}");
        }
        return read(request, called, List.of(), false);
    }

    private Optional<LiveKitRule> read(
            Message rule, List<String> called, List<String> callers, boolean wildcardBeside) {
        boolean wildcard = rule.bool("wildcard") || wildcardBeside;
        List<String> trunkNames = trunks.resolve(rule, rule.texts("trunk_ids"), wildcard);
        rule.notCarried("room_preset", "presets are LiveKit Cloud's: write what it holds into the rule");
        List<Agent> agents = rule.message("room_config").map(DispatchRuleReader::agents).orElse(List.of());
        Optional<Message> kinds = rule.message("rule");
        if (kinds.isEmpty()) {
            rule.fault("rule", "is missing: " + WHAT_TO_WRITE);
        }
        var read = kinds.flatMap(DispatchRuleReader::theOneKind).map(kind -> {
            Message details = kinds.orElseThrow().message(kind.field()).orElseThrow();
            String room = room(kind, details);
            String pin = pin(details);
            boolean randomFlag = switch (kind) {
                case DIRECT -> false;
                case INDIVIDUAL -> details.bool("no_randomness");
                case CALLEE -> details.bool("randomize");
            };
            details.nothingElse();
            return new LiveKitRule(
                    rule.path(),
                    name(rule, kind, room, called),
                    trunkNames,
                    kind,
                    room,
                    pin,
                    randomFlag,
                    called,
                    callers,
                    rule.bool("hide_phone_number"),
                    rule.textOrJson("metadata"),
                    rule.pairs("attributes"),
                    agents,
                    rule.text("when_agent_leaves"),
                    rule.text("wait_for"));
        });
        rule.passOver("name", "hide_phone_number", "metadata", "attributes", "when_agent_leaves", "wait_for");
        rule.nothingElse();
        return read;
    }

    private static Optional<Kind> theOneKind(Message rule) {
        List<Kind> given = Arrays.stream(Kind.values()).filter(kind -> rule.has(kind.field())).toList();
        rule.nothingElse();
        if (given.size() > 1) {
            rule.fault(given.getLast().field(), "a rule is of one kind, and this one is of %s: leave one"
                    .formatted(given.stream().map(Kind::type).collect(Collectors.joining(" and "))));
        } else if (given.isEmpty() && rule.unread().isEmpty()) {
            rule.fault("dispatch_rule_individual", "the rule says no kind: " + WHAT_TO_WRITE);
        }
        return given.size() == 1 ? Optional.of(given.getFirst()) : Optional.empty();
    }

    private static String room(Kind kind, Message details) {
        if (kind == Kind.DIRECT) {
            String name = details.text("room_name");
            if (name.isEmpty()) {
                details.fault("room_name", "is missing: write the name of the room");
            }
            return name;
        }
        String prefix = details.text("room_prefix");
        if (prefix.isEmpty()) {
            details.warn("room_prefix", "is empty, and LiveKit's room names would begin with a phone number; here they begin with "
                    + DEFAULT_PREFIX);
        }
        return prefix.isEmpty() ? DEFAULT_PREFIX : prefix;
    }

    private static String pin(Message details) {
        String pin = details.text("pin");
        if (!pin.matches("[0-9]{0,16}")) {
            details.fault("pin", "a caller can only enter digits: write 1 to 16 of them");
        }
        return pin;
    }

    private String name(Message rule, Kind kind, String room, List<String> called) {
        String given = rule.text("name");
        if (!given.isEmpty()) {
            return given;
        }
        String base = "livekit-" + kind.type() + "-" + room.replaceFirst("[-_]+$", "")
                + called.stream().findFirst().map(number -> "-" + number).orElse("");
        String name = base;
        for (int i = 2; !names.add(name); i++) {
            name = base + "-" + i;
        }
        rule.warn("name", "the rule has no name and is called %s here; give it one, as a file that is applied again is matched by it"
                .formatted(name));
        return name;
    }

    private static List<Agent> agents(Message room) {
        String perRoom = "rooms are made by LiveKit's own settings here: set it there, or let the agent do it";
        for (String field : List.of(
                "name", "empty_timeout", "departure_timeout", "max_participants", "metadata", "egress", "min_playout_delay",
                "max_playout_delay", "sync_streams", "tags")) {
            room.notCarried(field, perRoom);
        }
        List<Agent> agents = new ArrayList<>();
        for (Message agent : room.messages("agents")) {
            String name = agent.text("agent_name");
            String metadata = agent.textOrJson("metadata");
            if (name.isEmpty()) {
                agent.warn("agent_name", "an agent without a name is dispatched by LiveKit by itself, to every room: left out");
            } else {
                agents.add(new Agent(name, metadata));
            }
            agent.notCarried("restart_policy", "is LiveKit Cloud's and is not told to the dispatch");
            agent.notCarried("deployment", "is LiveKit Cloud's and is not told to the dispatch");
            agent.notCarried("attributes", "are not told to the dispatch: write them into the agent's metadata");
            agent.nothingElse();
        }
        room.nothingElse();
        return agents;
    }
}
