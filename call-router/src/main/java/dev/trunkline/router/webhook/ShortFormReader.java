package dev.trunkline.router.webhook;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.trunkline.events.Agent;
import dev.trunkline.events.AnswerPolicy;
import dev.trunkline.events.ForwardPlan;
import dev.trunkline.router.fields.Fault;
import dev.trunkline.router.fields.Fields;
import dev.trunkline.router.routing.WebhookResult.Instruction;
import dev.trunkline.router.rules.Forwards;
import dev.trunkline.router.webhook.Answer.Verb;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads Trunkline's own form of an answer, an object with one of the fields {@code room}, {@code forward},
 * {@code refer}, {@code decline} and {@code redirect}.
 */
final class ShortFormReader {
    private static final int LONGEST = 256;
    private static final List<String> DECISIONS = List.of("room", "forward", "refer", "decline", "redirect");

    private final CallTarget targets;

    ShortFormReader(CallTarget targets) {
        this.targets = targets;
    }

    Answer read(JsonPlace root, URI asked) throws UnusableAnswerException {
        List<String> named = DECISIONS.stream().filter(name -> root.field(name).isPresent()).toList();
        if (named.size() != 1) {
            throw root.wrong(
                    "%s of %s: write one".formatted(named.isEmpty() ? "has none" : "has several", DECISIONS));
        }
        String name = named.getFirst();
        JsonPlace place = root.need(name, "");
        Instruction instruction = switch (name) {
            case "room" -> room(root, place);
            case "forward" -> forward(root, place);
            case "refer" -> targets.refer(place);
            case "decline" -> decline(root, place);
            default -> Instructions.redirect(place, asked);
        };
        return new Answer(
                Optional.of(instruction),
                List.of(new Verb(
                        name, name, true, Instructions.told(instruction) + VerbReader.notUsed(root, used(name)))));
    }

    private static Set<String> used(String name) {
        return switch (name) {
            case "room" -> Set.of("room", "room_must_exist", "agents", "metadata", "config", "answer_policy");
            case "decline" -> Set.of("decline", "reason");
            case "forward" -> Set.of("forward", "answer_policy");
            default -> Set.of(name);
        };
    }

    /** Reads a SIP URI, which may mean a room of this suite, or anything else that a rule may have in {@code forward_to}. */
    private Instruction forward(JsonPlace root, JsonPlace place) throws UnusableAnswerException {
        Optional<JsonPlace> policy = root.field("answer_policy");
        Optional<AnswerPolicy> wanted = policy.isPresent() ? Optional.of(answerPolicy(policy.get())) : Optional.empty();
        if (place.node().isTextual() && place.text(LONGEST).regionMatches(true, 0, "sip", 0, 3)
                && !(targets.sip(place) instanceof Instruction.Forward)) {
            return targets.sip(place);
        }
        List<Fault> faults = new ArrayList<>();
        ForwardPlan plan = Forwards.read(new Fields(root.node(), root.path(), faults), "forward");
        if (!faults.isEmpty()) {
            throw new UnusableAnswerException(faults.getFirst().path(), faults.getFirst().problem());
        }
        return new Instruction.Forward(plan, wanted);
    }

    private static Instruction decline(JsonPlace root, JsonPlace place) throws UnusableAnswerException {
        Optional<JsonPlace> reason = root.field("reason");
        return Instructions.decline(place, reason.isPresent() ? reason.get().text(LONGEST) : "");
    }

    private static Instruction room(JsonPlace root, JsonPlace place) throws UnusableAnswerException {
        Optional<JsonPlace> agents = root.field("agents");
        Optional<JsonPlace> metadata = root.field("metadata");
        Optional<JsonPlace> config = root.field("config");
        Optional<JsonPlace> mustExist = root.field("room_must_exist");
        Optional<JsonPlace> policy = root.field("answer_policy");
        return new Instruction.Room(
                Instructions.roomName(place),
                mustExist.isPresent() && mustExist.get().truth(),
                agents.isPresent() ? agents(agents.get()) : List.of(),
                metadata.isPresent() ? metadata(metadata.get()) : "",
                config.isPresent() ? config.get().objectNode() : JsonNodeFactory.instance.objectNode(),
                policy.isPresent() ? Optional.of(answerPolicy(policy.get())) : Optional.empty());
    }

    private static AnswerPolicy answerPolicy(JsonPlace place) throws UnusableAnswerException {
        String code = place.text(LONGEST);
        for (AnswerPolicy policy : AnswerPolicy.values()) {
            if (policy.code().equals(code)) {
                return policy;
            }
        }
        throw place.wrong("is not an answer policy: write on-agent or immediate");
    }

    private static List<Agent> agents(JsonPlace list) throws UnusableAnswerException {
        List<Agent> agents = new ArrayList<>();
        for (JsonPlace place : list.elements()) {
            agents.add(place.node().isTextual() ? new Agent(place.text(LONGEST), "") : agent(place.object()));
        }
        return agents;
    }

    private static Agent agent(JsonPlace place) throws UnusableAnswerException {
        Optional<JsonPlace> metadata = place.field("metadata");
        return new Agent(
                place.need("name", "write the name that the agent registers with").text(LONGEST),
                metadata.isPresent() ? metadata(metadata.get()) : "");
    }

    /** Returns text unchanged; an object, which rule files may have as well, becomes its JSON. */
    private static String metadata(JsonPlace place) throws UnusableAnswerException {
        if (place.node().isTextual()) {
            return place.node().textValue();
        }
        return place.objectNode().toString();
    }
}
