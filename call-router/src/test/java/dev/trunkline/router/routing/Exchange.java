package dev.trunkline.router.routing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.trunkline.events.CallId;
import dev.trunkline.events.Caller;
import dev.trunkline.events.NumbersFrom;
import dev.trunkline.events.OrganisationRef;
import dev.trunkline.events.OutboundTrunk;
import dev.trunkline.router.directory.AgentInstance;
import dev.trunkline.router.directory.CallRate;
import dev.trunkline.router.directory.Directory;
import dev.trunkline.router.directory.DispatchRule;
import dev.trunkline.router.directory.InboundTrunk;
import dev.trunkline.router.directory.Organisation;
import dev.trunkline.router.directory.PhoneNumber;
import dev.trunkline.router.fields.Fault;
import dev.trunkline.router.fields.Fields;
import dev.trunkline.router.outbound.OutboundReader;
import dev.trunkline.router.rules.RuleDefinition;
import dev.trunkline.router.rules.RuleDefinitions;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.stream.Collectors;

/** A directory in the form of a file, and calls that it decides. Ids are names; each rule is a minute younger than the previous one. */
final class Exchange {
    static final String CALLER = "+4915112345678";
    /** A Wednesday, 11:00 in Berlin. */
    static final Instant NOW = Instant.parse("2026-11-18T10:00:00Z");

    private static final ObjectMapper YAML = new YAMLMapper();
    private static final String PSEUDONYM = "0123456789abcdef0123456789abcdef";

    private final List<Organisation> organisations = new ArrayList<>();
    private final List<AgentInstance> instances = new ArrayList<>();
    private final List<PhoneNumber> numbers = new ArrayList<>();
    private final List<InboundTrunk> trunks = new ArrayList<>();
    private final List<DispatchRule> rules = new ArrayList<>();
    private final List<OutboundTrunk> outbound = new ArrayList<>();
    private final Routing routing =
            new Routing(new SuiteDefaults(object(), new CallRate(10, 3600)), new RoomNames(call -> "random"));
    private final Directory directory;

    private Exchange(JsonNode file) {
        file.path("organisations").forEach(this::organisation);
        file.path("trunks").forEach(this::trunk);
        file.path("rules").forEach(rule -> rule((ObjectNode) rule));
        file.path("outbound_trunks").forEach(this::outboundTrunk);
        directory = Directory.of(1, organisations, instances, numbers, trunks, rules, outbound);
    }

    static Exchange ofResource(String name) {
        try (InputStream file = Exchange.class.getResourceAsStream(name)) {
            return new Exchange(YAML.readTree(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Exchange of(String yaml) {
        try {
            return new Exchange(YAML.readTree(yaml));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Directory directory() {
        return directory;
    }

    Routing routing() {
        return routing;
    }

    Decision call(String trunk, String dialled) {
        return routing.decide(of(trunk, dialled, CALLER, Map.of()), directory);
    }

    Decision explain(String trunk, String dialled) {
        return routing.explain(of(trunk, dialled, CALLER, Map.of()), directory);
    }

    Decision call(String trunk, String dialled, String caller, Map<String, String> headers) {
        return routing.decide(of(trunk, dialled, caller, headers), directory);
    }

    /** @param caller as received; empty for an anonymous caller */
    Call of(String trunk, String dialled, String caller, Map<String, String> headers) {
        return of(trunk, dialled, caller, headers, Optional.empty(), NOW);
    }

    Call of(
            String trunk,
            String dialled,
            String caller,
            Map<String, String> headers,
            Optional<NumbersFrom> from,
            Instant at) {
        InboundTrunk by = directory.trunk(trunk).orElseThrow().trunk();
        boolean anonymous = caller.isEmpty();
        return new Call(
                new CallId(new UUID(0, 1)), by.ref(), dialled, by.plan().normalise(dialled).text(),
                new Caller(anonymous ? "anonymous-" + trunk : PSEUDONYM, anonymous),
                anonymous ? Optional.empty() : Optional.of(by.plan().normalise(caller).text()), headers, from, at);
    }

    /** Returns a decision as one line, in the form that the tables use. */
    static String outcome(Decision decision) {
        return switch (decision) {
            case Decision.Route route when route.forward().isPresent() -> "rings " + route.forward().get().rounds().stream()
                            .map(round -> round.targets().stream()
                                    .map(target -> target.to() + target.outboundTrunk().map(name -> " by " + name).orElse(""))
                                    .collect(Collectors.joining(" and ", "", " for " + round.ringingSeconds() + " s")))
                            .collect(Collectors.joining(", then "))
                    + (route.answerPolicy().code().equals("immediate") ? ", immediate" : "");
            case Decision.Route route -> "room " + route.room()
                    + (route.agents().isEmpty()
                            ? ""
                            : route.agents().stream().map(agent -> agent.name()).collect(Collectors.joining("+", ", agents ", "")))
                    + (route.entry().mustExist() ? ", must exist" : "")
                    + (route.entry().desk() ? ", desk" : "")
                    + (route.entry().pin().isPresent() ? ", PIN" : "")
                    + (route.answerPolicy().code().equals("immediate") ? ", immediate" : "");
            case Decision.Redirect redirect -> "redirect " + redirect.target();
            case Decision.Refuse refuse -> "refuse %s %d".formatted(refuse.reason().code(), refuse.answer());
            case Decision.Ask(Question question) -> "asks " + question.url();
        };
    }

    private void organisation(JsonNode node) {
        String name = node.get("name").asText();
        organisations.add(new Organisation(name, name, object(node, "config"), OptionalInt.empty(), Optional.empty()));
        node.path("agents").forEach(agent -> instances.add(new AgentInstance(
                agent.get("name").asText(), name, agent.get("name").asText(), object(agent, "config"))));
        node.path("numbers").forEach(number -> numbers.add(new PhoneNumber(
                number.get("phone_number").asText(), name, number.path("active").asBoolean(true), number.path("label").asText(),
                Optional.ofNullable(number.get("agent_instance")).map(JsonNode::asText),
                object(number, "config_override"), 1, Optional.empty(), Instant.EPOCH.plusSeconds(numbers.size()))));
    }

    private void trunk(JsonNode node) {
        String name = node.get("name").asText();
        trunks.add(new InboundTrunk(
                name, name, List.of("192.0.2.1/32"), Optional.ofNullable(node.get("country")).map(JsonNode::asText),
                List.of(), texts(node, "numbers"), texts(node, "allowed_numbers")));
    }

    private void outboundTrunk(JsonNode node) {
        List<Fault> faults = new ArrayList<>();
        var definition = OutboundReader.read(new Fields(node, "", faults));
        if (!faults.isEmpty()) {
            throw new IllegalArgumentException(faults.toString());
        }
        outbound.add(definition.withoutAccount(
                definition.name(), definition.organisation().map(name -> new OrganisationRef(name, name)), Optional.empty()));
    }

    private void rule(ObjectNode node) {
        List<Fault> faults = new ArrayList<>();
        RuleDefinition rule = RuleDefinitions.read(node, faults);
        if (!faults.isEmpty()) {
            throw new IllegalArgumentException(faults.toString());
        }
        rules.add(new DispatchRule(
                rule.name(), rule.name(), rule.organisation(), rule.trunks(), rule.terms(), rule.priority(),
                Instant.EPOCH.plusSeconds(60L * rules.size())));
    }

    private static List<String> texts(JsonNode node, String field) {
        List<String> texts = new ArrayList<>();
        node.path(field).forEach(text -> texts.add(text.asText()));
        return texts;
    }

    private static ObjectNode object(JsonNode node, String field) {
        return node.get(field) instanceof ObjectNode object ? object : object();
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }
}
