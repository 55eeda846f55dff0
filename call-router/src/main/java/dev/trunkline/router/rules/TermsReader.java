package dev.trunkline.router.rules;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trunkline.events.Agent;
import dev.trunkline.events.AgentPool;
import dev.trunkline.events.AnswerPolicy;
import dev.trunkline.events.WaitFor;
import dev.trunkline.events.WhenAgentLeaves;
import dev.trunkline.router.directory.Destination;
import dev.trunkline.router.directory.RoomChoice;
import dev.trunkline.router.directory.RuleTerms;
import dev.trunkline.router.fields.Fields;
import dev.trunkline.router.fields.NumberPatterns;
import dev.trunkline.router.fields.TransferWays;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads the contents of a rule, apart from its name, organisation, trunks and priority. */
final class TermsReader {
    static final int MOST_PATIENCE_SECONDS = 600;
    private static final int MOST_SESSIONS = 1_000_000;
    private static final int MOST_WARM = 100;
    /** The longest that livekit-sip reads. */
    private static final Pattern PIN = Pattern.compile("[0-9]{1,16}");

    private TermsReader() {}

    static RuleTerms read(Fields fields) {
        Destination destination = DestinationReader.ofRule(fields);
        var terms = new RuleTerms(
                NumberPatterns.read(fields, "numbers"),
                NumberPatterns.read(fields, "inbound_numbers"),
                destination,
                agents(fields),
                fields.textOrJson("metadata"),
                attributes(fields),
                fields.bool("hide_phone_number", false),
                pin(fields),
                agentPool(fields),
                answerPolicy(fields),
                fields.integer("patience_seconds", 1, MOST_PATIENCE_SECONDS).orElse(RuleTerms.DEFAULT_PATIENCE_SECONDS),
                FallbackReader.read(fields),
                whenAgentLeaves(fields),
                waitFor(fields),
                fields.integer("warm", 0, MOST_WARM).orElse(0),
                TransferWays.read(fields, "transfer_way"),
                AnnouncementForm.read(fields));
        refuseCold(fields, terms);
        if (terms.waitFor().isPresent() && terms.answerPolicy() == AnswerPolicy.IMMEDIATE) {
            fields.fault("wait_for", "a call with the answer_policy immediate is answered without waiting for anybody: leave one of"
                    + " the two out");
        }
        if (destination instanceof Destination.Desk && !terms.agents().isEmpty()) {
            fields.fault("agents", "a person answers at a desk: leave agents out, or write the type of a room for them");
        }
        return terms;
    }

    /** Refuses combinations in which agents cannot wait before a call comes. */
    private static void refuseCold(Fields fields, RuleTerms terms) {
        if (terms.warm() == 0) {
            return;
        }
        boolean roomACall = terms.destination() instanceof Destination.Room(RoomChoice.Individual individual, boolean mustExist, var none)
                && !individual.noRandomness() && !mustExist;
        if (!roomACall) {
            fields.fault("warm", "agents can wait only where each call has a room of its own that is made for it: write the type individual"
                    + " without no_randomness and room_must_exist, or leave warm out");
        }
        if (terms.agents().isEmpty()) {
            fields.fault("warm", "only agents with a name can be asked to wait: name them in agents, or leave warm out");
        }
        if (terms.pin().isPresent()) {
            fields.fault("warm", "no agent is asked for before the caller has entered the PIN: leave one of the two out");
        }
        if (terms.agentPool().filter(pool -> pool.sessions() <= terms.warm()).isPresent()) {
            fields.fault("warm", "waiting agents take sessions of the agent_pool, and none is left for calls: write fewer than its"
                    + " sessions");
        }
    }

    static List<Agent> agents(Fields fields) {
        return fields.objects("agents").stream().map(TermsReader::agent).toList();
    }

    private static Agent agent(Fields fields) {
        var agent = new Agent(
                fields.text("name", "the name that the agent registers with"), fields.textOrJson("metadata"));
        fields.nothingElse();
        return agent;
    }

    private static ObjectNode attributes(Fields fields) {
        ObjectNode attributes = fields.json("attributes");
        attributes.properties().forEach(attribute -> {
            if (!attribute.getValue().isTextual()) {
                fields.fault("attributes." + attribute.getKey(), "an attribute is a text: put it in quotes");
            } else if (attribute.getKey().startsWith("sip.")) {
                fields.fault("attributes." + attribute.getKey(),
                        "attributes that begin with sip. describe the call itself: choose another name");
            }
        });
        return attributes;
    }

    private static Optional<String> pin(Fields fields) {
        Optional<String> pin = fields.optionalText("pin").filter(text -> !text.isEmpty());
        if (pin.filter(text -> !PIN.matcher(text).matches()).isPresent()) {
            fields.fault("pin", "write 1 to 16 digits, in quotes");
        }
        return pin;
    }

    private static Optional<AgentPool> agentPool(Fields fields) {
        return fields.object("agent_pool").map(pool -> {
            String name = pool.text("name", "the pool's name; rules that write the same share it");
            var sessions = pool.integer("sessions", 1, MOST_SESSIONS);
            if (!pool.has("sessions")) {
                pool.fault("sessions", "is missing: write how many calls the pool takes at once");
            }
            pool.nothingElse();
            return new AgentPool(name, sessions.orElse(1));
        });
    }

    private static AnswerPolicy answerPolicy(Fields fields) {
        String code = fields.optionalText("answer_policy").orElse(AnswerPolicy.ON_AGENT.code());
        Optional<AnswerPolicy> policy =
                Arrays.stream(AnswerPolicy.values()).filter(known -> known.code().equals(code)).findFirst();
        if (policy.isEmpty()) {
            fields.fault("answer_policy", "write " + Arrays.stream(AnswerPolicy.values())
                    .map(AnswerPolicy::code)
                    .collect(Collectors.joining(" or ")));
        }
        return policy.orElse(AnswerPolicy.ON_AGENT);
    }

    private static Optional<WhenAgentLeaves> whenAgentLeaves(Fields fields) {
        Optional<String> written = fields.optionalText("when_agent_leaves");
        Optional<WhenAgentLeaves> meant = written.flatMap(text ->
                Arrays.stream(WhenAgentLeaves.values()).filter(known -> known.code().equals(text)).findFirst());
        if (written.isPresent() && meant.isEmpty()) {
            fields.fault("when_agent_leaves", "write replace (another agent is asked for, then the fallback), hang_up (the call ends)"
                    + " or stay (the caller waits: people come and go in this room)");
        }
        return meant;
    }

    private static Optional<WaitFor> waitFor(Fields fields) {
        Optional<String> written = fields.optionalText("wait_for");
        Optional<WaitFor> meant =
                written.flatMap(text -> Arrays.stream(WaitFor.values()).filter(known -> known.code().equals(text)).findFirst());
        if (written.isPresent() && meant.isEmpty()) {
            fields.fault("wait_for", "write published-or-listening (the call is answered when the agent has published audio or"
                    + " subscribed to the caller's) or listening (only when it has subscribed to the caller's)");
        }
        return meant;
    }
}
