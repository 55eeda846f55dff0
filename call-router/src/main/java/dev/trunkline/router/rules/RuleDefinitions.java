package dev.trunkline.router.rules;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trunkline.events.Agent;
import dev.trunkline.router.directory.Destination;
import dev.trunkline.router.directory.DispatchRule;
import dev.trunkline.router.directory.RoomLimits;
import dev.trunkline.router.directory.RuleTerms;
import dev.trunkline.router.fields.Comments;
import dev.trunkline.router.fields.Fault;
import dev.trunkline.router.fields.Fields;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * The one JSON form of a rule, shared by files, API and Postgres. The names are LiveKit's where LiveKit has one.
 * Reading and writing a rule gives the same rule, and writing it twice gives the same text.
 */
public final class RuleDefinitions {
    private static final int MOST_PRIORITY = 1_000_000;

    private RuleDefinitions() {}

    /**
     * Reads a rule of a file or a request.
     *
     * @param faults receives everything that is wrong, with its path and what to write instead; then the result is of
     *     no use
     */
    public static RuleDefinition read(ObjectNode json, List<Fault> faults) {
        ObjectNode rule = json.deepCopy();
        Comments.drop(rule);
        return read(new Fields(rule, "", faults));
    }

    /** Reads a rule at its place in a larger document, from which comments were removed. */
    public static RuleDefinition read(Fields fields) {
        String name = fields.text("name", "the rule's name");
        var organisation = fields.optionalText("organisation").filter(text -> !text.isEmpty());
        List<String> trunks = trunks(fields);
        RuleTerms terms = TermsReader.read(fields);
        refuseTooLong(fields, terms);
        refusePin(fields, terms);
        int priority = fields.integer("priority", -MOST_PRIORITY, MOST_PRIORITY).orElse(0);
        fields.nothingElse();
        return new RuleDefinition(name, organisation, trunks, priority, terms);
    }

    /** Not checked when Postgres is read: a stored rule must not prevent the directory from being read. */
    private static void refuseTooLong(Fields fields, RuleTerms terms) {
        RoomLimits.metadata(terms.metadata()).ifPresent(text -> fields.fault("metadata", text));
        RoomLimits.attributes(terms.attributes()).ifPresent(text -> fields.fault("attributes", text));
        agents(fields, terms.agents(), "agents");
        for (int i = 0; i < terms.fallback().size(); i++) {
            String field = "fallback[%d].metadata".formatted(i);
            RoomLimits.metadata(terms.fallback().get(i).metadata()).ifPresent(text -> fields.fault(field, text));
        }
        if (terms.destination() instanceof Destination.Scheduled scheduled) {
            agents(fields, scheduled.open(), "schedule.open.agents");
            agents(fields, scheduled.closed(), "schedule.else.agents");
        }
    }

    /** Likewise: such a rule that is already stored never asked for the PIN either. */
    private static void refusePin(Fields fields, RuleTerms terms) {
        boolean onward = terms.destination() instanceof Destination.Forward || terms.destination() instanceof Destination.Redirect;
        if (terms.pin().isPresent() && onward) {
            fields.fault("pin", "no PIN is asked for if a call is forwarded or redirected: leave it out");
        }
    }

    private static void agents(Fields fields, Destination destination, String path) {
        if (destination instanceof Destination.Room room) {
            agents(fields, room.agents(), path);
        }
    }

    private static void agents(Fields fields, List<Agent> agents, String path) {
        for (int i = 0; i < agents.size(); i++) {
            String field = "%s[%d].metadata".formatted(path, i);
            RoomLimits.metadata(agents.get(i).metadata()).ifPresent(text -> fields.fault(field, text));
        }
    }

    private static List<String> trunks(Fields fields) {
        List<String> trunks = fields.texts("trunks");
        boolean wildcard = fields.bool("wildcard", false);
        if (trunks.isEmpty() && !wildcard) {
            fields.fault("trunks", "write the names of the trunks whose calls the rule may take, or `wildcard: true` for those of every trunk");
        } else if (!trunks.isEmpty() && wildcard) {
            fields.fault("wildcard", "a rule names trunks or is a wildcard, not both: leave one out");
        }
        return trunks;
    }

    /**
     * Reads what {@link #writeTerms} wrote.
     *
     * @throws IllegalArgumentException with everything that is wrong
     */
    public static RuleTerms readTerms(JsonNode json) {
        List<Fault> faults = new ArrayList<>();
        Fields fields = new Fields(json, "", faults);
        RuleTerms terms = TermsReader.read(fields);
        fields.nothingElse();
        if (!faults.isEmpty()) {
            throw new IllegalArgumentException("no definition of a rule: " + faults);
        }
        return terms;
    }

    /** Writes the part of a rule that Postgres stores as a document. */
    public static ObjectNode writeTerms(RuleTerms terms) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        TermsWriter.write(terms, json);
        return json;
    }

    public static ObjectNode write(RuleDefinition rule) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("name", rule.name());
        rule.organisation().ifPresent(organisation -> json.put("organisation", organisation));
        if (rule.wildcard()) {
            json.put("wildcard", true);
        } else {
            ArrayNode trunks = json.putArray("trunks");
            rule.trunks().forEach(trunks::add);
        }
        TermsWriter.write(rule.terms(), json);
        json.put("priority", rule.priority());
        return json;
    }

    /**
     * Returns a rule of the directory as a person would have written it.
     *
     * @param organisations from id to name
     * @param trunks from id to name
     */
    public static RuleDefinition of(
            DispatchRule rule, UnaryOperator<String> organisations, UnaryOperator<String> trunks) {
        return new RuleDefinition(
                rule.name(), rule.organisationId().map(organisations), rule.trunkIds().stream().map(trunks).toList(),
                rule.priority(), rule.terms());
    }
}
